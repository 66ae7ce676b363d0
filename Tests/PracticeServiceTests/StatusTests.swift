import EventSourcing
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import PracticeService
@testable import Projections

@Suite struct StatusTests {
    static let logs = [
        ServiceStanding.Log(
            name: Given.hospital("ZX901"), head: Position(1_200), projected: Position(1_186),
            toldThrough: Given.instant("2026-03-03T07:59:11Z")),
        ServiceStanding.Log(name: Given.hospital("Z99001"), head: Position(40), projected: .origin, toldThrough: nil),
    ]

    @Test func `the status tells feeds, positions and what is behind, and is recorded as a look`() async throws {
        let fixture = try await ServiceFixture()
        fixture.lists.change { $0.logs = Self.logs }
        let response = try await fixture.ask("/api/v1/status")
        #expect(response.status == .ok)
        #expect(
            response.text
                == #"{"as_of":{"told_through":"2026-03-03T07:59:11Z","made_at":"2026-03-03T08:02:04Z"},"complete":true,"#
                + #""feeds":[{"feed":"southmoor","state":"fresh","last_heard":"2026-03-03T07:59:11Z","behind":0,"hospital":"ZX901","position":100,"silent_since":null,"#
                + #""silence_told_at":null,"usual_gap_seconds":null}],"events":1240,"behind":54,"logs":["#
                + #"{"log":"ZX901","position":1200,"projected":1186,"told_through":"2026-03-03T07:59:11Z"},"#
                + #"{"log":"Z99001","position":40,"projected":0,"told_through":null}]}"#)
        #expect(fixture.lists.feedLooks.map(\.route) == ["status"])
        #expect(try await fixture.ask("/api/v1/status?x=1").status == .badRequest)
        #expect(try await fixture.askBare("/api/v1/status").status == .unauthorized)
    }

    @Test func `a silent feed, or none at all, makes the status incomplete, and what cannot be read is no status`()
        async throws
    {
        for feeds in [[], [Given.feed("ZX901"), Given.feed("ZX902", .silent)]] {
            let fixture = try await ServiceFixture()
            fixture.lists.change { $0.feeds = feeds }
            #expect(try await fixture.ask("/api/v1/status").object["complete"] as? Bool == false)
        }
        let broken = try await ServiceFixture()
        broken.lists.change { $0.isBroken = true }
        #expect(try await broken.ask("/api/v1/status").status == .serviceUnavailable)
    }
}
