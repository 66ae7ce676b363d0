import Admissions
import EventLog
import EventSourcing
import Foundation
import HTTPTypes
import HummingbirdTesting
import Logging
import NIOCore
import Postgres
import Projections
import TestSupport
import Testing

@testable import PracticeService

/// Hot onboarding as its users meet it, over what the projector has really made.
@Suite struct OnboardingRouteTests {
    private static let cases = "/api/v1/onboarding-cases"
    private static let inpatients = "/api/v1/hospitals/ZX901/inpatients"

    @Test func `staff flag an inpatient and take them through, and each sees what is theirs`() async throws {
        try await withService { service in
            try await service.tell("SP1", nhsNumber: "9990000018", practice: "Z99001")
            try await service.tell("SP2", nhsNumber: "9990000026", practice: "Z99002")
            try await service.settle()

            // The hospital's staff find whom to flag, of whatever practice; rules have suggested both.
            let inside = try await service.get(Self.inpatients, .hospital)
            #expect(inside.object["total"] as? Int == 2)
            let items = try #require(inside.object["items"] as? [[String: Any]])
            #expect(Set(items.compactMap { $0["practice"] as? String }) == ["Z99001", "Z99002"])
            let stay = try #require(
                items.first { $0["practice"] as? String == "Z99001" }?["stay"] as? [String: Any])
            let encounter = try #require(stay["encounter"] as? String)

            let flag = #"{"encounter":"\#(encounter)","reasons":["lives-alone"],"note":"Found by her daughter"}"#
            let flagged = try await service.post(Self.cases, flag, .hospital, key: 1)
            #expect(flagged.status == .created && flagged.object["state"] as? String == "flagged")
            #expect(flagged.headers[.eTag] == "\"2\"" && flagged.object["next"] as? String == "triaged")
            let path = try #require(flagged.headers[.location])
            let again = try await service.post(Self.cases, flag, .hospital, key: 1)
            #expect(again.headers[.idempotentReplay] == "true" && again.text == flagged.text)
            let reused = try await service.post(
                Self.cases, flag.replacingOccurrences(of: "daughter", with: "son"), .hospital, key: 1)
            #expect(reused.code == "idempotency_key_reused")

            // A step is taken from the version that was seen.
            let triage = #"{"to":"triaged","priority":"urgent","note":"Frail"}"#
            #expect(
                try await service.post(path + "/transitions", triage, .hospital, key: 2).code
                    == "precondition_required")
            #expect(
                try await service.post(path + "/transitions", triage, .hospital, key: 2, seen: 1).code
                    == "precondition_failed")
            #expect(
                try await service.post(
                    path + "/transitions", #"{"to":"triaged","reason":"x"}"#, .hospital, key: 2, seen: 2
                ).code == "invalid_parameter")
            let triaged = try await service.post(path + "/transitions", triage, .hospital, key: 2, seen: 2)
            #expect(triaged.status == .ok && triaged.headers[.eTag] == "\"3\"")
            let list = try await service.get(Self.cases + "?hospital=ZX901", .hospital)
            let states = (list.object["items"] as? [[String: Any]])?.compactMap { $0["state"] as? String }
            #expect(Set(states ?? []) == ["triaged", "identified"])
            #expect(list.text.contains("Frail") && list.text.contains(#""rule":"aged-emergency""#))

            // The practice sees where it stands, not what was noted; complex care nothing before the patient agreed.
            let practice = try await service.get(Self.cases + "?practice=Z99001", .clinician)
            #expect(practice.object["total"] as? Int == 1)
            #expect(practice.text.contains(#""board":"accepted""#))
            for word in ["Frail", "daughter", "detail", "aged-emergency"] { #expect(!practice.text.contains(word)) }
            #expect(try await service.get(path, .careTeam).code == "not_found")
            #expect(try await service.get(Self.cases, .careTeam).object["total"] as? Int == 0)
            #expect(try await service.get(path, .otherClinician).code == "not_found")

            for (number, step) in [
                #"{"to":"visit-planned","visit_at":"2026-03-03T14:00:00Z"}"#, #"{"to":"visit-offered"}"#,
                #"{"to":"consented","consent":{"version":"2","given_on":"2026-03-03","capacity":"Has capacity"}}"#,
            ].enumerated() {
                let answer = try await service.post(
                    path + "/transitions", step, .hospital, key: 10 + number, seen: 3 + number)
                #expect(answer.status == .ok, "\(number)")
            }
            let agreed = try await service.get(path, .careTeam)
            #expect(agreed.object["section"] as? String == "waiting" && agreed.text.contains("Has capacity"))
            let steps: [(String, Token)] = [
                (#"{"to":"onboarding","keyworker":"ann"}"#, .careTeam), (#"{"to":"handed-over"}"#, .careTeam),
                (#"{"to":"closed","outcome":"completed"}"#, .clinician),
            ]
            for (number, step) in steps.enumerated() {
                let answer = try await service.post(
                    path + "/transitions", step.0, step.1, key: 20 + number, seen: 6 + number)
                #expect(answer.status == .ok, "\(number)")
            }
            #expect(try await service.get(path, .clinician).object["state"] as? String == "closed")
            // Whom the hospital's staff saw is on record, under the hospital.
            #expect(
                try await service.count(
                    """
                    select max(s.patients)::bigint from audit.shown s join audit.access a on a.id = s.access
                    where a.practice = 'ZX901' and a.route = 'hospitals/inpatients'
                    """) == 2)
        }
    }

    @Test func `what is not one's own to see or do is refused, and recorded`() async throws {
        try await withService { service in
            try await service.tell("SP1", nhsNumber: "9990000018", practice: "Z99001")
            try await service.tell("SP2", nhsNumber: "9990000026", practice: "Z99002")
            try await service.settle()
            let (own, other) = (try await service.encounter("Z99001"), try await service.encounter("Z99002"))

            #expect(try await service.get(Self.inpatients, .otherHospital).code == "not_found")
            #expect(try await service.get(Self.inpatients, .clinician).code == "scope_missing")
            #expect(try await service.get(Self.inpatients, .careTeam).code == "scope_missing")
            #expect(try await service.get(Self.inpatients + "?ward=7B", .hospital).code == "unknown_parameter")
            #expect(try await service.get(Self.cases + "?hospital=ZX902", .hospital).code == "not_found")
            #expect(
                try await service.get(Self.cases + "?hospital=ZX901&state=ill", .hospital).code == "invalid_parameter")

            let flag = { (ref: String) in #"{"encounter":"\#(ref)","reasons":["frequent"]}"# }
            #expect(try await service.post(Self.cases, flag(other), .clinician, key: 1).code == "not_found")
            for nobody in ["enc_nobody", #"enc_\u0000"#] {
                #expect(try await service.post(Self.cases, flag(nobody), .hospital, key: 1).code == "not_found")
            }
            #expect(try await service.get(Self.cases + "?cursor=o1.MSAA", .hospital).code == "invalid_parameter")
            #expect(try await service.post(Self.cases, flag(own), .admin, key: 1).code == "scope_missing")
            #expect(try await service.post(Self.cases, flag(own), .clinician, key: nil).code == "invalid_parameter")
            #expect(
                try await service.post(Self.cases, #"{"encounter":"\#(own)","reasons":[]}"#, .clinician, key: 1).code
                    == "invalid_parameter")
            let flagged = try await service.post(Self.cases, flag(own), .clinician, key: 2)
            #expect(flagged.status == .created && !flagged.text.contains("detail"))
            let path = try #require(flagged.headers[.location])
            #expect(
                try await service.post(
                    path + "/transitions", #"{"to":"triaged","priority":"soon"}"#, .clinician, key: 3, seen: 2
                ).code == "scope_missing")
            #expect(
                try await service.count(
                    "select count(*) from audit.access where outcome = 'denied' and practice = 'ZX902'") == 1)
            #expect(
                try await service.count(
                    """
                    select count(*) from audit.access where outcome = 'denied' and practice = 'Z99001'
                      and route = 'onboarding-cases/flag'
                    """) == 2)
        }
    }

    @Test func `of two who flag one patient at once the second is told so`() async throws {
        try await withService { service in
            try await service.tell("SP1", nhsNumber: "9990000018", practice: "Z99001")
            try await service.settle()
            let flag = #"{"encounter":"\#(try await service.encounter("Z99001"))","reasons":["frequent"]}"#
            async let one = service.post(Self.cases, flag, .hospital, key: 1)
            async let two = service.post(Self.cases, flag, .clinician, key: 2)
            let answers = try await [one, two]
            #expect(Set(answers.map(\.status.code)) == [201, 409])
            #expect(answers.compactMap(\.code) == ["version_conflict"])
        }
    }

    @Test func `of a restricted patient nobody is told a ward, and the practice no hospital`() async throws {
        try await withService { service in
            try await service.tell("SP1", nhsNumber: "9990000042", practice: "Z99001", isRestricted: true)
            try await service.settle()
            let flag = #"{"encounter":"\#(try await service.encounter("Z99001"))","reasons":["frequent"]}"#
            let flagged = try await service.post(Self.cases, flag, .hospital, key: 1)
            let path = try #require(flagged.headers[.location])
            let planned = [
                #"{"to":"triaged","priority":"soon"}"#, #"{"to":"visit-planned","visit_at":"2026-03-03T14:00:00Z"}"#,
            ]
            for (number, step) in planned.enumerated() {
                _ = try await service.post(path + "/transitions", step, .hospital, key: 5 + number, seen: 2 + number)
            }
            let texts = try await [
                service.get(Self.inpatients, .hospital), service.get(Self.cases, .hospital),
                service.get(path, .hospital), service.get(Self.cases, .clinician), service.get(path, .clinician),
            ].map(\.text)
            for text in texts { #expect(!text.contains("7B") && !text.contains("Fall")) }
            for text in texts[3...] { #expect(!text.contains("ZX901") && text.contains(#""state":"visit-planned""#)) }
            // Nor does the log remember a ward for the visit.
            #expect(
                try await service.count(
                    "select count(*) from event_log.event where type like 'onboarding.%' and payload like '%7B%'") == 0)
        }
    }

    // MARK: The service

    /// Who asks.
    private enum Token {
        case hospital, otherHospital, clinician, otherClinician, admin, careTeam

        var claims: TokenClaims {
            switch self {
            case .hospital: TestKeys.claims(practices: ["ZX901"], role: "hospital-onboarding")
            case .otherHospital: TestKeys.claims(practices: ["ZX902"], role: "hospital-onboarding")
            case .clinician: TestKeys.claims()
            case .otherClinician: TestKeys.claims(practices: ["Z99002"])
            case .admin: TestKeys.claims(role: "practice-admin")
            case .careTeam: TestKeys.claims(role: "complex-care")
            }
        }
    }

    private func withService(_ body: (Service) async throws -> Void) async throws {
        let service = try await Service()
        let projecting = Task { try await service.projector.run() }
        do {
            try await body(service)
        } catch {
            projecting.cancel()
            await service.close()
            throw error
        }
        projecting.cancel()
        await service.close()
    }

    /// A database, a hospital that tells, a projector, the follower, and the service over them.
    private struct Service {
        let database: TestDatabase
        let log: GroupCommit
        let projectorPool: PostgresPool
        let servicePool: PostgresPool
        let owner: PostgresPool
        let projector: Projector
        let follower: OnboardingFollower
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
            let reader = EventReader(pool: projectorPool)
            projector = Projector(pool: projectorPool, reader: reader, logger: quiet)
            let desk = OnboardingDesk(pool: servicePool, log: StaffLog(now: { Given.now }))
            follower = OnboardingFollower(
                pool: projectorPool, reader: reader, desk: desk, now: { Given.now }, logger: quiet)
            keys = try await TestKeys()
            let lists = ProjectedLists(reader: ListReader(pool: servicePool, now: { Given.now })) { true }
            server = PracticeServer(
                configuration: .init(providers: Given.providers), source: lists, verifier: keys.verifier,
                groups: [OnboardingRoutes(reader: OnboardingReader(pool: servicePool), desk: desk)],
                now: { Given.now }, logger: quiet)
            log.start()
        }

        func close() async {
            await log.stop()
            for pool in [projectorPool, servicePool, owner] { await pool.close() }
        }

        func tell(_ number: String, nhsNumber: String, practice: String, isRestricted: Bool = false) async throws {
            var encounter = EncounterDetails(
                number: number, issuer: "ZX901", encounterClass: .inpatient,
                location: .value(HospitalLocation(site: "ZX901", ward: "7B", bay: "1", bed: "3")))
            encounter.admittedAt = Moment(Given.instant("2026-03-02T21:14:00Z"))
            encounter.admissionMethod = .value("21")
            encounter.reason = "Fall"
            let patient = PatientDetails(
                local: Identifier(value: "L\(number)", issuer: "ZX901", type: "MR"), nhsNumber: NHSNumber(nhsNumber),
                name: PersonName(family: "Tregenza", given: ["Kit"]), born: "1931-12-25",
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

        /// Projects, and lets follow what follows, until nothing does.
        func settle() async throws {
            let hospital = Given.hospital("ZX901")
            var before = Position(-1)
            while try await projector.catchUp(hospital) != before {
                before = try await projector.catchUp(hospital)
                try await follower.catchUp(hospital)
            }
        }

        /// The ref of the stay at a practice.
        func encounter(_ practice: String) async throws -> String {
            let result = try await owner.query(
                "select encounter_ref from practice.encounter where practice = \(practice)")
            return try #require(result.first).decode(0)
        }

        func get(_ path: String, _ token: Token) async throws -> TestResponse {
            try await ask(path, .get, [.authorization: "Bearer \(try await keys.token(token.claims))"], nil)
        }

        func post(
            _ path: String, _ content: String, _ token: Token, key: Int?, seen: Int? = nil
        ) async throws -> TestResponse {
            var headers: HTTPFields = [
                .authorization: "Bearer \(try await keys.token(token.claims))", .contentType: "application/json",
            ]
            if let key { headers[.idempotencyKey] = "00000000-0000-4000-8000-\(100_000_000_000 + key)" }
            if let seen { headers[.ifMatch] = "\"\(seen)\"" }
            return try await ask(path, .post, headers, ByteBuffer(string: content))
        }

        private func ask(
            _ path: String, _ method: HTTPRequest.Method, _ headers: HTTPFields, _ body: ByteBuffer?
        ) async throws -> TestResponse {
            let answer = try await server.application().test(.router) { client in
                try await client.execute(uri: path, method: method, headers: headers, body: body)
            }
            OpenAPIConformance.check(method, path, answer)
            return answer
        }

        func count(_ sql: SQL) async throws -> Int {
            let result = try await owner.query(sql)
            return Int(try #require(result.first).decode(0, as: Int64.self))
        }
    }
}
