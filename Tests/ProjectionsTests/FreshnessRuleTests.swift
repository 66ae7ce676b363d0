import EventSourcing
import Projections
import Testing

@Suite struct FreshnessRuleTests {
    /// Last heard, asked at, state.
    static let table: [(String, String, FeedFreshness.State)] = [
        // By day, winter: London is UTC.
        ("2026-01-14T11:00:00Z", "2026-01-14T12:00:00Z", .fresh),
        ("2026-01-14T10:59:59.999999Z", "2026-01-14T12:00:00Z", .quiet),
        ("2026-01-14T09:00:00Z", "2026-01-14T12:00:00Z", .quiet),
        ("2026-01-14T08:59:59Z", "2026-01-14T12:00:00Z", .silent),
        // By night.
        ("2026-01-14T00:00:00Z", "2026-01-14T03:00:00Z", .fresh),
        ("2026-01-13T23:59:59Z", "2026-01-14T03:00:00Z", .quiet),
        ("2026-01-13T21:00:00Z", "2026-01-14T03:00:00Z", .quiet),
        ("2026-01-13T20:59:59Z", "2026-01-14T03:00:00Z", .silent),
        // The day begins at 07:00 and ends at 22:00 London time.
        ("2026-01-14T04:30:00Z", "2026-01-14T06:59:59Z", .fresh),
        ("2026-01-14T04:30:00Z", "2026-01-14T07:00:00Z", .quiet),
        ("2026-01-14T20:30:00Z", "2026-01-14T21:59:59Z", .quiet),
        ("2026-01-14T20:30:00Z", "2026-01-14T22:00:00Z", .fresh),
        // In summer London is an hour ahead.
        ("2026-07-14T03:30:00Z", "2026-07-14T05:59:59Z", .fresh),
        ("2026-07-14T03:30:00Z", "2026-07-14T06:00:00Z", .quiet),
        ("2026-07-14T19:30:00Z", "2026-07-14T21:00:00Z", .fresh),
        // Clocks go forward on 29 March 2026 and back on 25 October 2026, both at 01:00 UTC.
        ("2026-03-29T03:30:00Z", "2026-03-29T06:00:00Z", .quiet),
        ("2026-03-28T04:30:00Z", "2026-03-28T06:30:00Z", .fresh),
        ("2026-10-25T04:30:00Z", "2026-10-25T06:30:00Z", .fresh),
        ("2026-10-25T04:30:00Z", "2026-10-25T07:00:00Z", .quiet),
        // A clock that was set back.
        ("2026-01-14T13:00:00Z", "2026-01-14T12:00:00Z", .fresh),
    ]

    @Test(arguments: table)
    func `a feed is fresh, quiet or silent by its gap and the hour`(
        lastHeard: String, now: String, state: FeedFreshness.State
    ) {
        #expect(FreshnessRule().state(lastHeard: instant(lastHeard), now: instant(now)) == state)
    }

    @Test func `the usual gap decides once it is learned, a beat is due each hour, and a told silence lasts`() throws {
        let (heard, later) = (instant("2026-01-14T10:00:00Z"), instant("2026-01-14T11:00:01Z"))
        let hospital = try #require(LogName("ZX901"))
        let beating = FreshnessRule(beating: [hospital])
        #expect(FreshnessRule().state(lastHeard: heard, now: later) == .quiet)
        for (minutes, state) in [(61, FeedFreshness.State.fresh), (30, .quiet), (20, .silent)] {
            #expect(FreshnessRule().state(lastHeard: heard, now: later, usual: .seconds(60 * minutes)) == state)
        }
        #expect(beating.state(of: hospital, lastHeard: heard, now: later, usual: .seconds(36_000)) == .silent)
        #expect(beating.state(of: hospital, lastHeard: heard, now: later - .seconds(1)) == .fresh)
        #expect(beating.state(of: LogName("ZX902"), lastHeard: heard, now: later) == .quiet)
        #expect(FreshnessRule().state(lastHeard: heard, now: heard, isToldSilent: true) == .silent)
    }

    @Test func `limits are settings`() {
        let rule = FreshnessRule(
            day: .init(quietAfter: .seconds(1), silentAfter: .seconds(2)),
            night: .init(quietAfter: .seconds(3), silentAfter: .seconds(4)), dayHours: 0..<24)
        #expect(rule.state(lastHeard: instant("2026-01-14T03:00:00Z"), now: instant("2026-01-14T03:00:03Z")) == .silent)
    }
}
