import Admissions
import EventLog
import EventSourcing
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Postgres
import TestSupport
import Testing

@testable import PracticeService
@testable import Projections

/// A database with patients of two practices, a projector, and the service with its routes of acts.
struct ActService: Sendable {
    let database: TestDatabase
    let projectorPool: PostgresPool
    let servicePool: PostgresPool
    let owner: PostgresPool
    let projector: Projector
    let keys: TestKeys
    let server: PracticeServer
    /// Refs of two patients of Z99001, and of one of Z99002.
    let (wilhelmina, kit, other): (String, String, String)

    static func with(
        projectionWaitMax: Duration = .zero, _ body: (ActService) async throws -> Void
    ) async throws {
        let service = try await ActService(projectionWaitMax: projectionWaitMax)
        do {
            try await body(service)
        } catch {
            await service.close()
            throw error
        }
        await service.close()
    }

    private init(projectionWaitMax: Duration) async throws {
        let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        database = try await PostgresFixture.database()
        projectorPool = PostgresPool(database.configuration(user: "primary_conect_projector"))
        servicePool = PostgresPool(database.configuration(user: "primary_conect_service"))
        owner = PostgresPool(database.configuration())
        projector = Projector(pool: projectorPool, reader: EventReader(pool: projectorPool), logger: quiet)
        keys = try await TestKeys()
        let acts = ActRoutes(
            store: ActStore(pool: servicePool, now: { Given.now }, projectionWaitMax: projectionWaitMax),
            rosters: RosterStore(
                configuration: database.configuration(user: "primary_conect_service"), isLive: false,
                now: { Given.now }))
        let pool = servicePool
        server = PracticeServer(
            configuration: .init(providers: Given.providers),
            source: ProjectedLists(reader: ListReader(pool: pool, now: { Given.now })) { true },
            verifier: keys.verifier, groups: [acts], now: { Given.now }, logger: quiet)
        let log = GroupCommit(
            configuration: database.configuration(user: "primary_conect_ingest"), now: { Given.now - .seconds(60) })
        log.start()
        for (number, person) in [("SP1", "9990000018"), ("SP2", "9990000026"), ("SP3", "9990000034")].enumerated() {
            try await Self.tell(log, person.0, person.1, practice: number == 2 ? "Z99002" : "Z99001")
        }
        await log.stop()
        try await projector.catchUp(Given.hospital("ZX901"))
        let refs = try await owner.query("select patient_ref from practice.encounter order by nhs_number")
            .map { try $0.decode(0, as: String.self) }
        (wilhelmina, kit, other) = (refs[0], refs[1], refs[2])
    }

    private static func tell(_ log: GroupCommit, _ number: String, _ nhsNumber: String, practice: String) async throws {
        let encounter = EncounterDetails(number: number, issuer: "ZX901", encounterClass: .inpatient)
        let patient = PatientDetails(
            local: Identifier(value: "L\(number)", issuer: "ZX901", type: "MR"), nhsNumber: NHSNumber(nhsNumber),
            name: PersonName(family: "Tregenza", given: ["Kit"]), born: "1931-12-25",
            practice: ODSPracticeCode(practice).map { .value($0) } ?? .absent)
        let event = AdmissionEvent(
            kind: .admitted,
            telling: Telling(trigger: "A01", recorded: Moment(Given.instant("2026-03-02T21:15:00Z"))),
            patient: patient, encounter: encounter)
        let message = ReceivedMessage(
            sender: "TEST|ZX901", controlID: number, bytes: Array(number.utf8), trigger: "ADT^A01",
            disposition: .read, reason: nil, answer: "AA", receivedFrom: "test")
        _ = try await log.append(Entry(log: Given.hospital("ZX901"), message: message, events: [event.newEvent]))
    }

    private func close() async {
        for pool in [projectorPool, servicePool, owner] { await pool.close() }
    }

    /// Brings the views up to the acts of the practice.
    func project() async throws {
        try await projector.catchUp(Given.hospital("Z99001"))
    }

    /// A command's key.
    static func key(_ number: Int) -> String {
        let digits = String(number)
        return "7b1e0000-0000-4000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits
    }

    /// Asks as somebody of a practice; `key` is the number of a command.
    func ask(
        _ method: HTTPRequest.Method, _ path: String, _ body: String = "", key: Int? = nil, ifMatch: String? = nil,
        role: String = "practice-clinician", practices: [String] = ["Z99001"]
    ) async throws -> TestResponse {
        var headers: HTTPFields = [
            .authorization: "Bearer \(try await keys.token(TestKeys.claims(practices: practices, role: role)))"
        ]
        if let key { headers[.idempotencyKey] = Self.key(key) }
        if let ifMatch { headers[.ifMatch] = ifMatch }
        let sent = headers
        let answer = try await server.application().test(.router) { client in
            try await client.execute(
                uri: path, method: method, headers: sent, body: body.isEmpty ? nil : ByteBuffer(string: body))
        }
        OpenAPIConformance.check(method, path, answer)
        return answer
    }

    func count(_ sql: SQL) async throws -> Int {
        Int(try #require(try await owner.query(sql).first).decode(0, as: Int64.self))
    }
}

extension TestResponse {
    var tag: String? { headers[.eTag] }
    var isReplay: Bool { headers[.idempotentReplay] == "true" }

    /// A member of a member that is an object.
    func member(_ name: String, _ inner: String) -> Any? { (object[name] as? [String: Any])?[inner] }
}
