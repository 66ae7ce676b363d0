import HTTPTypes
import HummingbirdTesting
import Postgres
import TestSupport
import Testing

@testable import PracticeService
@testable import Projections

/// The past over HTTP: who may ask for it, what it says of its moment, and what the record says of the look.
@Suite(.timeLimit(.minutes(1))) struct PastListRouteTests {
    private static let list = "/api/v1/practices/Z99001/lists/in-hospital"
    private static let board = "/api/v1/audit/board?practice=Z99001&list=in-hospital"

    @Test func `a list of the past says which moment it shows, and so does the record of the look`() async throws {
        try await StoredService.with { service in
            let claims = TestKeys.claims(practices: ["Z99001"], role: Role.practiceCoach.rawValue)
            let past = try await service.ask(.get, "\(Self.list)?as_of=2026-03-02T08:00:00.5Z", as: claims)
            #expect(past.status == .ok)
            let asOf = try #require(past.object["as_of"] as? [String: Any])
            #expect(asOf["at"] as? String == "2026-03-02T08:00:00.5Z")
            #expect(asOf["made_at"] as? String == "2026-03-03T08:02:04Z")
            let present = try await service.ask(.get, Self.list, as: claims)
            #expect((present.object["as_of"] as? [String: Any])?["at"] == nil)
            let huddle = try await service.ask(
                .get, "/api/v1/practices/Z99001/lists/huddle?as_of=2026-03-02T09:00:00%2B01:00", as: claims)
            #expect(huddle.status == .ok)
            #expect(try await service.ask(.get, "\(Self.list)?position=ZX901:1", as: claims).status == .badRequest)
            let routes = try await service.texts("select route from audit.access where outcome = 'granted' order by route")
            #expect(
                routes == ["lists/huddle@2026-03-02T08:00:00Z", "lists/in-hospital", "lists/in-hospital@2026-03-02T08:00:00.5Z"])
        }
    }

    @Test func `an auditor looks within a case, and its number is the purpose`() async throws {
        try await StoredService.with { service in
            let auditor = TestKeys.claims(practices: ["Z99001"], role: Role.auditor.rawValue)
            for missing in ["", "&case=", "&case=9990000018", "&case=a%20b"] {
                let refused = try await service.ask(.get, "\(Self.board)&at=2026-03-02T08:00:00Z\(missing)", as: auditor)
                #expect(refused.status == .badRequest, "\(missing)")
            }
            for moment in ["", "&at=2027-01-01T00:00:00Z", "&at=2026-03-02T08:00:00Z&position=ZX901:1"] {
                let refused = try await service.ask(.get, "\(Self.board)&case=IG-7\(moment)", as: auditor)
                #expect(refused.status == .badRequest, "\(moment)")
            }
            let found = try await service.ask(.get, "\(Self.board)&case=IG-7&at=2026-03-02T08:00:00Z", as: auditor)
            #expect(found.status == .ok)
            for part in ["differences", "shown_then", "known_now"] { #expect(found.object[part] != nil) }
            #expect(
                try await service.texts("select purpose || ' ' || route from audit.access where outcome = 'granted'")
                    == ["audit: IG-7 audit/board/in-hospital@2026-03-02T08:00:00Z"])
            // The list itself is the practice's own.
            #expect(try await service.ask(.get, "\(Self.list)?as_of=2026-03-02T08:00:00Z", as: auditor).status == .forbidden)
        }
    }
}
