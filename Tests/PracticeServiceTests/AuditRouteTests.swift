import EventSourcing
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Postgres
import Testing

@testable import PracticeService
@testable import Projections

/// What auditors are told over HTTP, and in FHIR.
@Suite struct AuditRouteTests {
    private static func auditor(_ practices: [String] = ["Z99001"]) -> TokenClaims {
        TestKeys.claims(practices: practices, role: Role.auditor.rawValue)
    }

    private static func members(_ answer: TestResponse) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(answer.body.readableBytesView)) as? [String: Any])
    }

    /// One look with a patient, one without, and one that is turned away.
    private static func looks(_ service: StoredService) async throws {
        let clinician = TestKeys.claims(practices: ["Z99001"], role: Role.practiceClinician.rawValue)
        _ = try await service.ask(.get, "/api/v1/practices/Z99001/lists/in-hospital", as: clinician)
        _ = try await service.ask(.get, "/api/v1/practices/Z99002/lists/in-hospital", as: clinician)
        _ = try await service.texts(
            """
            with opened as (select o.id from audit.open_access('Z99001', 'dr-test', 'practice-clinician', 'board',
                                                             'direct-care', 'patients', 'r-77', 'ZX901') o)
            select audit.record_shown(array['pt_0123456789abc'])::text from opened
            """)
    }

    @Test func `an auditor reads the records of their practices alone, page by page, and that is recorded`() async throws
    {
        try await StoredService.with { service in
            try await Self.looks(service)
            let first = try Self.members(
                try await service.ask(.get, "/api/v1/audit/access?limit=1&kind=look", as: Self.auditor()))
            let cursor = try #require(first["next_cursor"] as? String)
            let second = try Self.members(
                try await service.ask(.get, "/api/v1/audit/access?kind=look&cursor=\(cursor)", as: Self.auditor()))
            let lines = try #require(second["items"] as? [[String: Any]])
            let shown = try #require(lines.first { $0["request_id"] as? String == "r-77" })
            #expect(shown["refs"] as? [String] == ["pt_0123456789abc"] && shown["organisation"] as? String == "ZX901")
            #expect(shown["deed"] as? String == "Saw one patient's page")
            // The denial stands under the practice that was asked for: it is that practice's auditor who sees it.
            let denials = try Self.members(
                try await service.ask(.get, "/api/v1/audit/access?kind=denial", as: Self.auditor(["Z99002"])))
            #expect((denials["items"] as? [[String: Any]])?.first?["denial"] as? String == "practice-out-of-scope")

            let several = Self.auditor(["Z99001", "Z99002"])
            #expect(try await service.ask(.get, "/api/v1/audit/access", as: several).status == .badRequest)
            let body = #"{"patient":"pt_0123456789abc","practice":"Z99001","reason":"subject access request"}"#
            let found = try Self.members(try await service.ask(.post, "/api/v1/audit/access", as: several, body: body))
            let own = try #require(found["items"] as? [[String: Any]])
            #expect(own.contains { $0["request_id"] as? String == "r-77" })
            #expect(own.allSatisfy { $0["refs"] as? [String] == ["pt_0123456789abc"] })
            let recorded = try await service.texts(
                """
                select a.purpose from audit.access a join audit.shown s on s.practice = a.practice and s.access = a.id
                where a.role = 'auditor' and 'pt_0123456789abc' = any (s.refs) order by a.at
                """)
            #expect(recorded == ["audit", "audit: subject access request"])
        }
    }

    @Test func `an audit event has the client, the server, the user, the patient and the request`() async throws {
        try await StoredService.with { service in
            try await Self.looks(service)
            let bundle = try Self.members(
                try await service.ask(
                    .get, "/fhir/R4/AuditEvent?action=R&agent=dr-test&entity=Patient/pt-0123456789abc&date=ge2026-01-01",
                    as: Self.auditor()))
            let entries = try #require(bundle["entry"] as? [[String: Any]])
            let event = try #require(entries.first?["resource"] as? [String: Any])
            #expect(entries.count == 1)
            #expect(event["action"] as? String == "R" && event["outcome"] as? String == "0")
            let agents = try #require(event["agent"] as? [[String: Any]])
            #expect(agents.map { $0["requestor"] as? Bool } == [false, false, true, false])
            let entities = try #require(event["entity"] as? [[String: Any]])
            let references = entities.compactMap { ($0["what"] as? [String: Any])?["reference"] as? String }
            #expect(references == ["Patient/pt-0123456789abc", "Organization/Z99001"])
            let id = try #require(event["id"] as? String)
            let read = try await service.ask(.get, "/fhir/R4/AuditEvent/\(id)", as: Self.auditor())
            #expect(try NSDictionary(dictionary: Self.members(read)) == NSDictionary(dictionary: event))
            // A search is an E with the query; a link goes on, and names no user.
            let searches = try await service.ask(.get, "/fhir/R4/AuditEvent?action=E&agent=dr-test&_count=1", as: Self.auditor())
            let links = try #require(try Self.members(searches)["link"] as? [[String: String]])
            #expect(links.allSatisfy { $0["url"]?.contains("dr-test") == false })
            #expect(
                try await service.ask(.get, "/fhir/R4/AuditEvent?entity=9990000018", as: Self.auditor()).status == .badRequest)
        }
    }
}
