import Admissions
import EventLog
import EventSourcing
import Foundation
import HTTPTypes
import HummingbirdTesting
import Logging
import Postgres
import Projections
import TestSupport
import Testing

@testable import PracticeService

/// The routes over what the projector has really made, in a database of the test's own.
@Suite struct ProjectedListsTests {
    @Test func `an admission told by a hospital is read by its practice over HTTP`() async throws {
        try await withService { service in
            try await service.tell("SP1", nhsNumber: "9990000018", family: "Nightingale-Ashworth", practice: "Z99001")
            try await service.tell("SP2", nhsNumber: "9990000026", family: "Okafor", practice: "Z99002")
            try await service.project()

            let response = try await service.ask("/api/v1/practices/Z99001/lists/admissions")
            #expect(response.status == .ok)
            let object = response.object
            #expect(object["total"] as? Int == 1)
            #expect(object["complete"] as? Bool == true)
            let item = try #require((object["items"] as? [[String: Any]])?.first)
            let patient = try #require(item["patient"] as? [String: Any])
            #expect(patient["nhs_number"] as? String == "9990000018")
            #expect(patient["family"] as? String == "Nightingale-Ashworth")
            let admitted = try #require(item["admitted"] as? [String: Any])
            #expect(admitted["happened_at"] as? String == "2026-03-02T21:14:00+00:00")
            #expect(admitted["method_text"] as? String == "Emergency, via A&E")
            let location = try #require(item["location"] as? [String: Any])
            #expect(location["site"] as? String == "ZX901")
            #expect(location["site_name"] as? String == "Southmoor District")
            #expect(location["ward"] as? String == "7B")
            #expect(!response.text.contains("Okafor"))

            let tag = try #require(response.headers[.eTag])
            let again = try await service.ask(
                "/api/v1/practices/Z99001/lists/admissions", headers: [.ifNoneMatch: tag])
            #expect(again.status == .notModified)
            #expect(try await service.count("select count(*) from audit.access where outcome = 'granted'") == 2)
        }
    }

    @Test func `another practice's list is not found, and the attempt is in the audit trail`() async throws {
        try await withService { service in
            let response = try await service.ask("/api/v1/practices/Z99002/lists/in-hospital")
            #expect(response.code == "not_found")
            #expect(
                try await service.count(
                    """
                    select count(*) from audit.access where outcome = 'denied' and practice = 'Z99002' \
                    and denial = 'practice-out-of-scope' and subject = 'kay' and client = 'levels-mdt'
                    """) == 1)
        }
    }

    @Test func `of a restricted patient neither hospital nor ward is told on any list`() async throws {
        try await withService { service in
            try await service.tell(
                "SP1", nhsNumber: "9990000042", family: "Tregenza", practice: "Z99001", isRestricted: true)
            try await service.project()
            for list in PracticeList.allCases where list != .unknownPractice {
                let text = try await service.ask("/api/v1/practices/Z99001/lists/\(list.rawValue)").text
                for place in ["ZX901", "Southmoor", "7B"] { #expect(!text.contains(place), "\(list)") }
                if list == .inHospital { #expect(text.contains(#""location":{"withheld":true}"#)) }
            }
        }
    }

    @Test func `pages are walked by the reader's own cursor, and no other is taken`() async throws {
        try await withService { service in
            for number in 0..<5 {
                try await service.tell(
                    "SP\(number)", nhsNumber: "9990000018", family: "Ashworth-\(number)", practice: "Z99001")
            }
            try await service.project()
            let path = "/api/v1/practices/Z99001/lists/in-hospital"
            var query = "?limit=2"
            var refs: [String] = []
            for _ in 0..<3 {
                let object = try await service.ask(path + query).object
                refs += (object["items"] as? [[String: Any]] ?? []).compactMap { $0["encounter"] as? String }
                guard let cursor = object["next_cursor"] as? String else { break }
                query = "?limit=2&cursor=\(cursor)"
            }
            #expect(refs.count == 5 && Set(refs).count == 5)
            let forged = PageCursor(list: .inHospital, practice: "Z99001", since: Given.now, position: "x").text
            #expect(try await service.ask(path + "?cursor=\(forged)").code == "invalid_parameter")
        }
    }

    @Test func `feeds are told with their state`() async throws {
        try await withService { service in
            try await service.tell("SP1", nhsNumber: "9990000018", family: "Ashworth", practice: "Z99001")
            try await service.project()
            let feeds = try await service.ask("/api/v1/feeds").object["feeds"] as? [[String: Any]]
            #expect(feeds?.map { $0["feed"] as? String } == ["southmoor"])
            #expect(feeds?.map { $0["state"] as? String } == ["fresh"])
        }
    }

    @Test func `without its database the service says so and is not ready`() async throws {
        let pool = PostgresPool(
            PostgresConfiguration(connectionString: "host=/nonexistent dbname=none", connectDeadline: .seconds(1)),
            connectionsMax: 1, waitMax: .seconds(1))
        let keys = try await TestKeys()
        let server = PracticeServer(
            configuration: .init(), source: Service.source(pool), verifier: keys.verifier, now: { Given.now },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        server.health.beganServing()
        let token = try await keys.token()
        let list = try await server.application().test(.router) { client in
            try await client.execute(
                uri: ServiceFixture.path, method: .get, headers: [.authorization: "Bearer \(token)"])
        }
        #expect(list.status == .serviceUnavailable && list.code == "database_unavailable")
        let ready = try await server.adminApplication().test(.router) { client in
            try await client.execute(uri: "/readyz", method: .get)
        }
        #expect(ready.status == .serviceUnavailable)
        await pool.close()
    }

    private func withService(_ body: (Service) async throws -> Void) async throws {
        let service = try await Service()
        do {
            try await body(service)
        } catch {
            await service.close()
            throw error
        }
        await service.close()
    }

    /// A database, a hospital that tells, a projector, and the service over them.
    private struct Service {
        let database: TestDatabase
        let log: GroupCommit
        let projectorPool: PostgresPool
        let servicePool: PostgresPool
        let owner: PostgresPool
        let projector: Projector
        let keys: TestKeys
        let server: PracticeServer

        init() async throws {
            let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            database = try await PostgresFixture.database()
            log = GroupCommit(
                configuration: database.configuration(user: "primary_conect_ingest"),
                now: { Given.now - .seconds(60) })
            projectorPool = PostgresPool(database.configuration(user: "primary_conect_projector"))
            servicePool = PostgresPool(database.configuration(user: "primary_conect_service"))
            owner = PostgresPool(database.configuration())
            projector = Projector(pool: projectorPool, reader: EventReader(pool: projectorPool), logger: quiet)
            keys = try await TestKeys()
            server = PracticeServer(
                configuration: .init(providers: Given.providers), source: Self.source(servicePool),
                verifier: keys.verifier, now: { Given.now }, logger: quiet)
            log.start()
        }

        static func source(_ pool: PostgresPool) -> ProjectedLists {
            ProjectedLists(reader: ListReader(pool: pool, now: { Given.now })) {
                (try? await pool.query("select 1")) != nil
            }
        }

        func close() async {
            await log.stop()
            for pool in [projectorPool, servicePool, owner] { await pool.close() }
        }

        func tell(
            _ number: String, nhsNumber: String, family: String, practice: String, isRestricted: Bool = false
        ) async throws {
            var encounter = EncounterDetails(
                number: number, issuer: "ZX901", encounterClass: .inpatient,
                location: .value(HospitalLocation(site: "ZX901", ward: "7B", bay: "1", bed: "3")))
            encounter.admittedAt = Moment(Given.instant("2026-03-02T21:14:00Z"))
            encounter.admissionMethod = .value("21")
            let patient = PatientDetails(
                local: Identifier(value: "L\(number)", issuer: "ZX901", type: "MR"), nhsNumber: NHSNumber(nhsNumber),
                name: PersonName(family: family, given: ["Kit"]), born: "1931-12-25",
                practice: ODSPracticeCode(practice).map { .value($0) } ?? .absent,
                restricted: isRestricted ? .value(true) : .absent)
            let event = AdmissionEvent(
                kind: .admitted,
                telling: Telling(trigger: "A01", recorded: Moment(Given.instant("2026-03-02T21:15:00Z"))),
                patient: patient, encounter: encounter)
            let message = ReceivedMessage(
                sender: "TEST|ZX901", controlID: number, bytes: Array(number.utf8), trigger: "ADT^A01",
                disposition: .read, reason: nil, answer: "AA", receivedFrom: "test")
            _ = try await log.append(
                Entry(log: Given.hospital("ZX901"), message: message, events: [event.newEvent]))
        }

        func project() async throws {
            _ = try await projector.catchUp(Given.hospital("ZX901"))
        }

        func ask(_ path: String, headers: HTTPFields = [:]) async throws -> TestResponse {
            var headers = headers
            headers[.authorization] = "Bearer \(try await keys.token())"
            let sent = headers
            return try await server.application().test(.router) { client in
                try await client.execute(uri: path, method: .get, headers: sent)
            }
        }

        func count(_ sql: SQL) async throws -> Int {
            let result = try await owner.query(sql)
            return Int(try #require(result.first).decode(0, as: Int64.self))
        }
    }
}
