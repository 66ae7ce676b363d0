import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

@testable import PracticeService
@testable import Projections

@Suite struct FreshnessTests {
    @Test func `one silent feed makes a list incomplete, a quiet one does not`() async throws {
        for (state, isComplete) in [(FeedFreshness.State.fresh, true), (.quiet, true), (.silent, false)] {
            let fixture = try await ServiceFixture()
            fixture.lists.change { $0.feeds = [Given.feed("ZX901"), Given.feed("ZX902", state)] }
            for path in [ServiceFixture.path, "/api/v1/feeds"] {
                let object = try await fixture.ask(path).object
                #expect(object["complete"] as? Bool == isComplete)
                let feeds = object["feeds"] as? [[String: Any]]
                #expect(feeds?.map { $0["state"] as? String } == ["fresh", state.rawValue])
            }
        }
    }

    @Test func `without any feed nothing is complete and nothing was told`() async throws {
        let fixture = try await ServiceFixture()
        fixture.lists.change { $0.feeds = [] }
        let object = try await fixture.ask().object
        #expect(object["complete"] as? Bool == false)
        #expect((object["as_of"] as? [String: Any])?["told_through"] is NSNull)
    }

    @Test func `the feeds are answered alone, without a patient`() async throws {
        let fixture = try await ServiceFixture()
        fixture.lists.change {
            var quiet = Given.feed("ZX903", lastHeard: "2026-03-03T07:10:00.999999Z", .quiet)
            quiet.usual = .seconds(3_120)
            var silent = Given.feed("ZX902", lastHeard: "2026-03-03T04:10:03Z", .silent)
            silent.silenceToldAt = Given.instant("2026-03-03T07:10:15Z")
            $0.feeds = [Given.feed("ZX901"), quiet, silent]
        }
        #expect(
            try await fixture.ask("/api/v1/feeds").text
                == #"{"as_of":{"told_through":"2026-03-03T07:59:11Z","made_at":"2026-03-03T08:02:04Z"},"#
                + #""complete":false,"feeds":[{"feed":"southmoor","state":"fresh","last_heard":"2026-03-03T07:59:11Z","behind":0,"hospital":"ZX901","position":100,"#
                + #""silent_since":null,"silence_told_at":null,"usual_gap_seconds":null},"#
                + #"{"feed":"zx903","state":"quiet","last_heard":"2026-03-03T07:10:00Z","behind":0,"hospital":"ZX903","position":100,"#
                + #""silent_since":null,"silence_told_at":null,"usual_gap_seconds":3120},"#
                + #"{"feed":"castlemead","state":"silent","last_heard":"2026-03-03T04:10:03Z","behind":0,"hospital":"ZX902","position":100,"#
                + #""silent_since":"2026-03-03T04:10:03Z","silence_told_at":"2026-03-03T07:10:15Z","#
                + #""usual_gap_seconds":null}]}"#)
    }
}

@Suite struct ConditionalTests {
    @Test func `a poll for what one has is answered 304 without a body`() async throws {
        let fixture = try await ServiceFixture()
        let first = try await fixture.ask()
        let tag = try #require(first.headers[.eTag])
        let opaque = tag.dropFirst().dropLast()
        let cases: [(field: String, isMatch: Bool)] = [
            (tag, true), ("W/\(tag)", true), ("*", true), (" * ", true), ("\"a\", \(tag)", true),
            ("\"a\",W/\(tag) , \"b\"", true), (", ,\(tag),", true), ("\"a,b\",\(tag)", true), ("\"\", \(tag)", true),
            ("\"a\"", false), ("\"\(opaque)x\"", false), ("W/\"a\", \"b\"", false), ("", false),
            (String(opaque), false), ("w/\(tag)", false), ("\(tag) \"a\"", false), ("*, \(tag)", false),
            ("\"\(opaque)", false), ("\"a b\", \(tag)", false), ("\(tag)\(tag)", false),
        ]
        for (field, isMatch) in cases {
            let response = try await fixture.ask(headers: [.ifNoneMatch: field])
            #expect(response.status == (isMatch ? .notModified : .ok), "\(field)")
            #expect(response.body.readableBytes == (isMatch ? 0 : first.body.readableBytes), "\(field)")
            #expect(response.headers[.eTag] == tag, "\(field)")
            #expect(response.headers[.cacheControl] == "private, no-store")
            if isMatch {
                #expect(response.headers[.contentLength] == nil)
                #expect(response.headers[.contentType] == nil)
            }
        }
        var lines: HTTPFields = [.ifNoneMatch: "\"a\""]
        lines.append(HTTPField(name: .ifNoneMatch, value: tag))
        #expect(try await fixture.ask(headers: lines).status == .notModified)
    }

    @Test func `a poll is a look and needs its token like any other`() async throws {
        let fixture = try await ServiceFixture()
        let tag = try #require(try await fixture.ask().headers[.eTag])
        _ = try await fixture.ask(headers: [.ifNoneMatch: tag])
        #expect(fixture.lists.looks.count == 2)
        #expect(try await fixture.askBare(ServiceFixture.path, headers: [.ifNoneMatch: "*"]).status == .unauthorized)
        let other = try await fixture.ask("/api/v1/practices/Z99002/lists/in-hospital", headers: [.ifNoneMatch: "*"])
        #expect(other.status == .notFound)
    }

    @Test func `the entity tag changes with what is shown and with a feed's state, and not with the clock`()
        async throws
    {
        let fixture = try await ServiceFixture()
        func tag(_ path: String = ServiceFixture.path) async throws -> String? {
            try await fixture.ask(path).headers[.eTag]
        }
        let first = try await tag()
        fixture.lists.change { $0.feeds = [Given.feed("ZX901", lastHeard: "2026-03-03T08:01:00Z")] }
        #expect(try await tag() == first)
        fixture.lists.change { $0.feeds = [Given.feed("ZX901", .silent)] }
        let silent = try await tag()
        #expect(silent != first)
        fixture.lists.change { state in
            state.feeds = [Given.feed("ZX901")]
            var row = Given.stay()
            row.version += 1
            state.items[MemoryLists.key(Given.practice, .inHospital)] = [Given.item(row)]
        }
        let changed = try await tag()
        #expect(changed != first && changed != silent)
        #expect(try await tag("/api/v1/practices/Z99001/lists/admissions") != first)
        fixture.lists.change { $0.items[MemoryLists.key(Given.practice, .inHospital)] = [Given.item(Given.stay())] }
        #expect(try await tag() == first)
    }
}
