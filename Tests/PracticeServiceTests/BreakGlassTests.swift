import HTTPTypes
import HummingbirdTesting
import Postgres
import TestSupport
import Testing

@testable import PracticeService
@testable import Projections

@Suite(.timeLimit(.minutes(1)))
struct BreakGlassTests {
    private static let reason = "Patient before me, registered elsewhere"
    private static let list = "/api/v1/practices/Z99002/lists/in-hospital"

    private func claims(_ subject: String = "kay", role: Role = .practiceClinician) -> TokenClaims {
        var claims = TestKeys.claims(practices: role == .operator ? [] : ["Z99001"], role: role.rawValue)
        claims.sub = subject
        return claims
    }

    private func grant(
        _ service: StoredService, _ claims: TokenClaims, practice: String = "Z99002"
    ) async throws -> String {
        let answer = try await service.ask(
            .post, "/api/v1/break-glass", as: claims, body: #"{"practice":"\#(practice)","reason":"\#(Self.reason)"}"#)
        #expect(answer.status == .created && answer.object["practice"] as? String == practice)
        return try #require(answer.object["grant"] as? String)
    }

    @Test func `a clinician opens another practice for a reason, alone and for a while, and it waits for review`()
        async throws
    {
        try await StoredService.with { service in
            #expect(try await service.ask(.get, Self.list, as: claims()).status == .notFound)
            let grant = try await grant(service, claims())
            func look(_ claims: TokenClaims, _ path: String = Self.list) async throws -> Int {
                Int(try await service.ask(.get, path, as: claims, headers: [.breakGlass: grant]).status.code)
            }
            #expect(try await look(claims()) == 200)
            #expect(try await look(claims(), "/api/v1/practices/Z99001/lists/in-hospital") == 200)
            #expect(try await look(claims("sam")) == 404)
            #expect(try await look(claims(), "/api/v1/practices/Z99003/lists/in-hospital") == 404)
            var coach = claims()
            coach.role = Role.practiceCoach.rawValue
            #expect(try await look(coach) == 404)
            #expect(
                try await service.texts(
                    """
                    select concat_ws(' ', practice, purpose, coalesce(denial, outcome),
                                     (break_glass = \(grant)::uuid)::text)
                    from audit.access order by at
                    """) == [
                        "Z99002 direct-care practice-out-of-scope", "Z99002 break-glass granted true",
                        "Z99001 direct-care granted", "Z99002 break-glass break-glass-not-open",
                        "Z99003 break-glass break-glass-not-open", "Z99002 direct-care practice-out-of-scope",
                    ])

            let auditor = PostgresPool(service.database.configuration(user: "primary_conect_auditor"))
            let reader = BreakGlassReader(pool: auditor)
            let waiting = try #require(try await reader.waiting().first)
            #expect(waiting.grant == grant && waiting.reason == Self.reason && waiting.looks == 1)
            #expect(waiting.subject == "kay" && waiting.practice == "Z99002" && waiting.patients == 0)
            #expect(try await reader.review(grant, by: "kay", .justified, note: "") == .own)
            #expect(try await reader.review(grant, by: "jo", .justified, note: "rang the surgery") == .reviewed)
            #expect(try await reader.review(grant, by: "jo", .notJustified, note: "") == .before)
            #expect(try await reader.waiting().isEmpty)
            await auditor.close()

            // An hour later the grant has closed by itself: not even the service's own login opens the rows with it.
            try await service.database.withSession { session in
                try session.script(
                    """
                    alter table audit.break_glass disable trigger break_glass_refuse_change;
                    update audit.break_glass set at = at - interval '1 hour', until = until - interval '1 hour'
                    """)
            }
            #expect(try await look(claims()) == 404)
            let error = try await service.database.withSession(user: "primary_conect_service") { session in
                #expect(throws: PostgresError.self) {
                    try session.execute(
                        """
                        select audit.open_access('Z99002', 'kay', 'practice-clinician', 'levels-mdt', 'break-glass',
                                                 'r', 'r', null, \(grant)::uuid)
                        """)
                }
            }
            #expect(error?.sqlState == "42501")
            #expect(!service.log.text.contains { $0.contains("registered elsewhere") })
            #expect(service.log.text.contains { $0.hasPrefix("notice glass broken") })
        }
    }

    @Test func `an operator sees patients by break-glass alone, those of no practice too`() async throws {
        try await StoredService.with { service in
            let ops = claims("ops", role: .operator)
            #expect(try await service.ask(.get, Self.list, as: ops).code == "scope_missing")
            for practice in ["Z99002", "UNKNOWN"] {
                let grant = try await grant(service, ops, practice: practice)
                let path = "/api/v1/practices/\(practice)/lists/in-hospital"
                #expect(try await service.ask(.get, path, as: ops, headers: [.breakGlass: grant]).status == .ok)
            }
            let clinician = try await service.ask(
                .post, "/api/v1/break-glass", as: claims(), body: #"{"practice":"UNKNOWN","reason":"\#(Self.reason)"}"#)
            #expect(clinician.code == "invalid_parameter")
        }
    }

    @Test func `without a reason, a practice or the right to it the glass holds`() async throws {
        try await StoredService.with { service in
            let long = String(repeating: "a", count: 501)
            for body in [
                "", "[]", "{}", #"{"practice":"Z99002"}"#, #"{"practice":"Z99002","reason":"short"}"#,
                #"{"practice":"Z99002","reason":"          x"}"#, #"{"practice":"Z99002","reason":"\#(long)"}"#,
                #"{"practice":"Z99002","reason":"two\nlines of reason"}"#,
                #"{"practice":"9990000018","reason":"\#(Self.reason)"}"#,
                #"{"practice":"Z99002","reason":"\#(Self.reason)","minutes":"600"}"#,
            ] {
                let answer = try await service.ask(.post, "/api/v1/break-glass", as: claims(), body: body)
                #expect(answer.code == "invalid_parameter", "\(body.prefix(60))")
            }
            var narrow = claims()
            narrow.scope = "lists:read"
            let refused = try await service.ask(
                .post, "/api/v1/break-glass", as: narrow, body: #"{"practice":"Z99002","reason":"\#(Self.reason)"}"#)
            #expect(refused.code == "scope_missing")
            #expect(try await service.texts("select id::text from audit.break_glass").isEmpty)
        }
    }

    @Test func `the organisation that a system asks for is noted and opens nothing`() async throws {
        try await StoredService.with { service in
            let own = "/api/v1/practices/Z99001/lists/in-hospital"
            let name: HTTPField.Name = .endUserOrganisation
            #expect(try await service.ask(.get, own, as: claims(), headers: [name: "Z99002"]).status == .ok)
            #expect(try await service.ask(.get, Self.list, as: claims(), headers: [name: "Z99002"]).status == .notFound)
            let wrong = try await service.ask(.get, own, as: claims(), headers: [name: "9990000018"])
            #expect(wrong.code == "invalid_parameter")
            #expect(
                try await service.texts(
                    "select outcome || ' ' || organisation from audit.access order by at") == [
                        "granted Z99002", "denied Z99002",
                    ])
        }
    }
}
