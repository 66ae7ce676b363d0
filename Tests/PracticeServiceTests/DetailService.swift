import Admissions
import EventLog
import EventSourcing
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Postgres
import Projections
import TestSupport
import Testing

@testable import PracticeService

/// Two hospitals that have told of five people, and the detail routes and the FHIR facade over what a projector made of
/// it.
///
/// | person | practice | stays and attendances |
/// |---|---|---|
/// | Nightingale-Ashworth 9990000018 | Z99001 | A&E 20 Feb, from there in hospital since, ward 7B |
/// | Abernathy 9990000026 | Z99001 | in hospital 10 to 14 Feb, ward 3A; A&E of the other hospital on 1 Mar |
/// | Tregenza 9990000042, restricted | Z99001 | in hospital since 2 Mar, ward 9Z |
/// | Pemberton 9990000050 | Z99001 | admission of 1 Mar cancelled |
/// | Okafor 9990000034 | Z99002 | in hospital since 2 Mar, ward 7B |
struct DetailService {
    static let people = ["Nightingale-Ashworth", "Abernathy", "Tregenza", "Pemberton"]

    let database: TestDatabase
    let owner: PostgresPool
    let keys: TestKeys
    let server: PracticeServer
    private let log: GroupCommit
    private let projectorPool: PostgresPool
    private let servicePool: PostgresPool
    private let archive: PostgresPool

    /// Runs a test over a service of its own.
    static func with(
        now: Instant = Given.now, _ body: (DetailService) async throws -> Void
    ) async throws {
        let service = try await DetailService(now: now)
        do {
            try await service.tellAll()
            try await body(service)
        } catch {
            await service.close()
            throw error
        }
        await service.close()
    }

    private init(now: Instant) async throws {
        let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        database = try await PostgresFixture.database()
        log = GroupCommit(
            configuration: database.configuration(user: "primary_conect_ingest"), now: { Given.now - .seconds(60) })
        projectorPool = PostgresPool(database.configuration(user: "primary_conect_projector"))
        let servicePool = PostgresPool(database.configuration(user: "primary_conect_service"))
        self.servicePool = servicePool
        let archive = PostgresPool(database.configuration(user: "primary_conect_auditor"))
        self.archive = archive
        owner = PostgresPool(database.configuration())
        keys = try await TestKeys()
        let details = DetailReader(pool: servicePool, now: { now })
        server = PracticeServer(
            configuration: .init(providers: Given.providers),
            source: ProjectedLists(reader: ListReader(pool: servicePool, now: { now })) { true },
            verifier: keys.verifier,
            groups: [
                DetailRoutes(reader: details), FHIRRoutes(reader: details),
                HistoryRoutes(
                    reader: HistoryReader(
                        pool: servicePool, now: { now }, past: AsAtReader(desk: servicePool, archive: archive)),
                    messages: HistoryMessages(reader: HistoryReader(pool: archive, login: .auditor)) { bytes in
                        [HistoryMessage.Field(name: "PV1-19", text: "•••\(bytes.count)")]
                    }),
            ],
            now: { Given.now }, logger: quiet)
        log.start()
    }

    private func close() async {
        await log.stop()
        for pool in [projectorPool, servicePool, archive, owner] { await pool.close() }
    }

    // MARK: Telling

    private func tellAll() async throws {
        let billie = Self.person("L1", "9990000018", "Nightingale-Ashworth", "1931-12-25", gender: .female)
        let kit = Self.person("L2", "9990000026", "Abernathy", "1944-05-01")
        let sam = Self.person("L4", "9990000042", "Tregenza", "1950-06", isRestricted: true)
        let pem = Self.person("L5", "9990000050", "Pemberton", "1960-01-01")
        let mo = Self.person("L3", "9990000034", "Okafor", "1970-01-01", practice: "Z99002")

        try await tell(
            .registered, "2026-02-20T17:00:00Z", billie,
            Self.visit("AE1", .emergency, ward: "ED") {
                $0.admittedAt = Moment(Given.instant("2026-02-20T16:58:00Z"))
            })
        try await tell(
            .discharged, "2026-02-20T20:00:00Z", billie,
            Self.visit("AE1", .emergency, ward: "ED") {
                $0.dischargedAt = .value(Moment(Given.instant("2026-02-20T19:55:00Z")))
                $0.disposal = .value("1")
            })
        try await tell(
            .admitted, "2026-02-20T20:05:00Z", billie,
            Self.visit("SP1", .inpatient, ward: "7B") {
                $0.admittedAt = Moment(Given.instant("2026-02-20T20:00:00Z"))
                $0.admissionMethod = .value("21")
                $0.admissionSource = .value("19")
                $0.consultant = .value(Clinician(code: "C1234567", name: "Mr Imran Khan"))
                $0.specialty = "430"
                $0.reason = "Fall at home"
                $0.expectedDischarge = .value("20260305")
            })
        try await tell(
            .admitted, "2026-02-10T10:00:00Z", kit,
            Self.visit("SP2", .inpatient, ward: "3A") {
                $0.admittedAt = Moment(Given.instant("2026-02-10T09:30:00Z"))
                $0.admissionMethod = .value("11")
            })
        try await tell(
            .discharged, "2026-02-14T12:00:00Z", kit,
            Self.visit("SP2", .inpatient, ward: "3A") {
                $0.dischargedAt = .value(Moment(Given.instant("2026-02-14T11:00:00Z")))
                $0.dischargeMethod = .value("1")
                $0.dischargeDestination = .value("19")
            })
        try await tell(
            .registered, "2026-03-01T22:00:00Z", Self.person("X2", "9990000026", "Abernathy", "1944-05-01"),
            Self.visit("AE2", .emergency, ward: "MIU", hospital: "ZX902") {
                $0.admittedAt = Moment(Given.instant("2026-03-01T21:50:00Z"))
            }, by: "ZX902")
        try await tell(
            .admitted, "2026-03-02T09:00:00Z", sam,
            Self.visit("SP4", .inpatient, ward: "9Z") {
                $0.admittedAt = Moment(Given.instant("2026-03-02T09:00:00Z"))
                $0.reason = "Private matter"
            })
        for kind in [AdmissionEvent.Kind.admitted, .admissionCancelled] {
            try await tell(
                kind, "2026-03-01T07:00:00Z", pem,
                Self.visit("SP5", .inpatient, ward: "3A") {
                    $0.admittedAt = Moment(Given.instant("2026-03-01T07:00:00Z"))
                })
        }
        try await tell(
            .admitted, "2026-03-02T21:15:00Z", mo,
            Self.visit("SP3", .inpatient, ward: "7B") {
                $0.admittedAt = Moment(Given.instant("2026-03-02T21:14:00Z"))
            })
        let projector = Projector(
            pool: projectorPool, reader: EventReader(pool: projectorPool),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        for hospital in ["ZX901", "ZX902"] { _ = try await projector.catchUp(Given.hospital(hospital)) }
    }

    private static func person(
        _ number: String, _ nhsNumber: String, _ family: String, _ born: String, practice: String = "Z99001",
        gender: Gender? = nil, isRestricted: Bool = false
    ) -> PatientDetails {
        PatientDetails(
            local: Identifier(value: number, issuer: "ZX901", type: "MR"), nhsNumber: NHSNumber(nhsNumber),
            name: PersonName(family: family, given: ["Kit"], prefix: "Mx"), born: born,
            gender: Told(gender),
            practice: ODSPracticeCode(practice).map { .value($0) } ?? .absent,
            restricted: isRestricted ? .value(true) : .absent)
    }

    private static func visit(
        _ number: String, _ encounterClass: EncounterClass, ward: String, hospital: String = "ZX901",
        _ change: (inout EncounterDetails) -> Void
    ) -> EncounterDetails {
        var details = EncounterDetails(
            number: number, issuer: hospital, encounterClass: encounterClass,
            location: .value(HospitalLocation(site: hospital, ward: ward, bay: "1", bed: "3")))
        change(&details)
        return details
    }

    private func tell(
        _ kind: AdmissionEvent.Kind, _ at: String, _ patient: PatientDetails, _ encounter: EncounterDetails,
        by hospital: String = "ZX901"
    ) async throws {
        let event = AdmissionEvent(
            kind: kind, telling: Telling(trigger: "A00", recorded: Moment(Given.instant(at))), patient: patient,
            encounter: encounter)
        let id = "\(encounter.number)\(kind)"
        let message = ReceivedMessage(
            sender: "TEST|\(hospital)", controlID: id, bytes: Array(id.utf8), trigger: "ADT^A00", disposition: .read,
            reason: nil, answer: "AA", receivedFrom: "test")
        _ = try await log.append(Entry(log: Given.hospital(hospital), message: message, events: [event.newEvent]))
    }

    // MARK: Asking

    /// Asks with a clinician's token for Z99001, unless told otherwise; `form` and `json` are content to be posted.
    func ask(
        _ path: String, practices: [String] = [Given.practice], role: String = "practice-clinician",
        form: String? = nil, json: String? = nil, headers: HTTPFields = [:]
    ) async throws -> TestResponse {
        var headers = headers
        headers[.authorization] = "Bearer \(try await keys.token(TestKeys.claims(practices: practices, role: role)))"
        if form != nil { headers[.contentType] = "application/x-www-form-urlencoded" }
        if json != nil { headers[.contentType] = "application/json" }
        return try await askBare(
            path, method: form == nil && json == nil ? .get : .post, content: form ?? json, headers: headers)
    }

    func askBare(
        _ path: String, method: HTTPRequest.Method = .get, content: String? = nil, headers: HTTPFields = [:]
    ) async throws -> TestResponse {
        let answer = try await server.application().test(.router) { client in
            try await client.execute(
                uri: path, method: method, headers: headers, body: content.map { ByteBuffer(string: $0) })
        }
        OpenAPIConformance.check(method, path, answer)
        return answer
    }

    /// The ref of a patient, as the practice finds it.
    func match(_ nhsNumber: String, born: String, practices: [String] = [Given.practice]) async throws -> String {
        let response = try await ask(
            "/api/v1/patients/$match", practices: practices,
            json: #"{"nhs_number":"\#(nhsNumber)","born":"\#(born)"}"#)
        return try #require(response.object["patient"] as? String)
    }

    func count(_ sql: SQL) async throws -> Int {
        let result = try await owner.query(sql)
        return Int(try #require(result.first).decode(0, as: Int64.self))
    }

    /// Family name behind each ref of a patient, as FHIR has the refs.
    func families() async throws -> [String: String] {
        let result = try await owner.query("select distinct patient_ref, family from practice.encounter")
        return try Dictionary(
            result.map {
                ("Patient/\(FHIRText.id(ref: try $0.decode(0, as: String.self)))", try $0.decode(1, as: String.self))
            },
            uniquingKeysWith: { first, _ in first })
    }
}

extension TestResponse {
    /// The resources of a Bundle, of one mode.
    func resources(_ mode: String = "match") -> [[String: Any]] {
        (object["entry"] as? [[String: Any]] ?? []).filter {
            ($0["search"] as? [String: Any])?["mode"] as? String == mode
        }
        .compactMap { $0["resource"] as? [String: Any] }
    }

    /// A link of a Bundle.
    func link(_ relation: String) -> String? {
        (object["link"] as? [[String: String]])?.first { $0["relation"] == relation }?["url"]
    }

    /// The code of an OperationOutcome.
    var issue: String? {
        let issue = (object["issue"] as? [[String: Any]])?.first
        let details = issue?["details"] as? [String: Any]
        return ((details?["coding"] as? [[String: Any]])?.first)?["code"] as? String
    }
}
