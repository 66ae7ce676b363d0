import EventSourcing
import Testing

@testable import Projections

/// The rhythm that is learned of feeds that speak as hospitals' feeds do.
@Suite struct FeedRhythmTests {
    /// Messages an hour, as whole numbers of them, spread evenly over each hour from its first second on.
    typealias Profile = @Sendable (_ hour: LondonHour) -> Int

    /// Busy by day, one message an hour by night.
    static let ward: Profile = { hour in (7..<22).contains(hour.ofWeek % 24) ? 12 : 1 }
    /// A clinic: from Monday to Friday, 08:00 to 18:00, and nothing between.
    static let clinic: Profile = { hour in
        hour.ofWeek < 5 * 24 && (8..<18).contains(hour.ofWeek % 24) ? 4 : 0
    }
    /// A message each half minute, day and night.
    static let district: Profile = { _ in 120 }

    static func rhythm(
        _ profile: Profile, from start: String, weeks: Double, except quiet: [Range<Instant>] = []
    ) -> FeedRhythm {
        var rhythm = FeedRhythm()
        let first = LondonHour(of: instant(start))
        for number in first.number..<first.number + Int64((weeks * 168).rounded()) {
            let hour = LondonHour(number: number)
            let count = profile(hour)
            for place in 0..<count {
                let heard = hour.start + .seconds(3_600 * place / count)
                if !quiet.contains(where: { $0.contains(heard) }) { rhythm.hear(at: heard) }
            }
        }
        return rhythm
    }

    static func state(_ rhythm: FeedRhythm, at now: String) throws -> FeedFreshness.State {
        let now = instant(now)
        return FreshnessRule().state(
            lastHeard: try #require(rhythm.lastHeard), now: now, usual: rhythm.usual(at: now))
    }

    // 2026-01-05 is a Monday.

    @Test func `the hours of the week are London's`() {
        for (text, place) in [
            ("2026-01-05T00:00:00Z", 0), ("2026-01-11T23:59:59.999999Z", 167), ("2026-07-05T23:00:00Z", 0),
            ("2026-07-06T07:30:00Z", 8), ("2026-03-29T00:59:00Z", 144), ("2026-03-29T01:00:00Z", 146),
            ("2026-10-25T00:30:00Z", 145), ("2026-10-25T01:30:00Z", 145), ("2026-10-25T02:00:00Z", 146),
            ("1969-12-29T00:00:00Z", 0), ("1969-12-28T23:59:59Z", 167),
        ] {
            #expect(LondonHour(of: instant(text)).ofWeek == place, "\(text)")
        }
        #expect(LondonHour(of: instant("1969-12-28T23:00:00Z")).week == -1)
        #expect(LondonHour(of: instant("1970-01-04T23:00:00Z")).week == 0)
        #expect(
            LondonHour(of: instant("2026-07-05T23:00:00Z")).week == LondonHour(of: instant("2026-07-06T12:00:00Z")).week
        )
    }

    @Test func `nothing is learned before the eighth week, and then each hour by itself`() {
        let seven = Self.rhythm(Self.ward, from: "2026-01-05T00:00:00Z", weeks: 7)
        #expect(seven.hours.indices.allSatisfy { seven.usual(hour: $0) == nil })
        // The first hour was not watched from its beginning: it is learned a week later than the rest.
        let learned = Self.rhythm(Self.ward, from: "2026-01-05T00:00:00Z", weeks: 8.9)
        #expect(learned.hours.allSatisfy { $0.count == 8 })
        #expect(learned.usual(at: instant("2026-03-03T12:30:00Z")) == .seconds(300))
        #expect(learned.usual(at: instant("2026-03-03T03:30:00Z")) == .seconds(3_600))
        // At 07:00 an hour of silence ends; by 07:59 none is left.
        #expect(learned.usual(at: instant("2026-03-03T07:10:00Z")) == .seconds(3_600))
        #expect(learned.usual(at: instant("2026-03-03T22:10:00Z")) == .seconds(3_600))
    }

    @Test func `a feed that is chatty by day is silent within a quarter of an hour, and by night it is left alone`()
        throws
    {
        // Up to Tuesday noon.
        let rhythm = Self.rhythm(Self.ward, from: "2026-01-05T00:00:00Z", weeks: 9 + 36.0 / 168)
        #expect(rhythm.lastHeard == instant("2026-03-10T11:55:00Z"))
        #expect(try Self.state(rhythm, at: "2026-03-10T12:00:00Z") == .fresh)
        #expect(try Self.state(rhythm, at: "2026-03-10T12:00:01Z") == .quiet)
        #expect(try Self.state(rhythm, at: "2026-03-10T12:10:00Z") == .quiet)
        #expect(try Self.state(rhythm, at: "2026-03-10T12:10:01Z") == .silent)
        // Up to midnight: what was heard last was at 23:00.
        let night = Self.rhythm(Self.ward, from: "2026-01-05T00:00:00Z", weeks: 9 + 48.0 / 168)
        #expect(night.lastHeard == instant("2026-03-10T23:00:00Z"))
        #expect(try Self.state(night, at: "2026-03-11T00:00:00Z") == .fresh)
        #expect(try Self.state(night, at: "2026-03-11T02:00:00Z") == .quiet)
        #expect(try Self.state(night, at: "2026-03-11T02:00:01Z") == .silent)
        // Without a rhythm that would have been quiet until five o'clock.
        #expect(
            FreshnessRule().state(lastHeard: instant("2026-03-10T23:00:00Z"), now: instant("2026-03-11T04:59:00Z"))
                == .quiet)
    }

    @Test func `a clinic that is shut over the weekend is not silent until it should have opened`() throws {
        // Up to Friday's end.
        let rhythm = Self.rhythm(Self.clinic, from: "2026-01-05T00:00:00Z", weeks: 10 + 120.0 / 168)
        #expect(rhythm.lastHeard == instant("2026-03-20T17:45:00Z"))
        #expect(try Self.state(rhythm, at: "2026-03-21T12:00:00Z") == .fresh)
        #expect(try Self.state(rhythm, at: "2026-03-23T07:59:00Z") != .silent)
        #expect(try Self.state(rhythm, at: "2026-03-23T09:00:00Z") == .silent)
        // No feed is unheard for more than three days and not silent, whatever it is used to.
        #expect(rhythm.hours.indices.allSatisfy { (rhythm.usual(hour: $0) ?? 0) <= 24 * 3_600 })
    }

    @Test func `a chatty feed may be silent for five minutes and no longer than fifteen`() throws {
        let rhythm = Self.rhythm(Self.district, from: "2026-01-05T00:00:00Z", weeks: 9)
        #expect(rhythm.usual(at: instant("2026-03-09T00:00:00Z")) == .seconds(300))
        #expect(try Self.state(rhythm, at: "2026-03-09T00:04:00Z") == .fresh)
        #expect(try Self.state(rhythm, at: "2026-03-09T00:16:00Z") == .silent)
    }

    @Test func `a week out of order spoils nothing`() {
        let whole = Self.rhythm(Self.ward, from: "2026-01-05T00:00:00Z", weeks: 12)
        // A week of outage, or a bank holiday on which a Monday is as quiet as a night.
        for quiet in [
            instant("2026-02-23T06:30:00Z")..<instant("2026-03-02T06:30:00Z"),
            instant("2026-03-09T00:00:00Z")..<instant("2026-03-10T00:00:00Z"),
        ] {
            let broken = Self.rhythm(Self.ward, from: "2026-01-05T00:00:00Z", weeks: 12, except: [quiet])
            for hour in 0..<LondonHour.ofWeekCount { #expect(broken.usual(hour: hour) == whole.usual(hour: hour)) }
        }
    }

    @Test func `outages are learned as three times the usual at most, and three months without a word as three days`() {
        let whole = Self.rhythm(Self.ward, from: "2026-01-05T00:00:00Z", weeks: 12)
        let mondays = [
            instant("2026-03-09T08:00:00Z")..<instant("2026-03-09T20:00:00Z"),
            instant("2026-03-16T08:00:00Z")..<instant("2026-03-16T20:00:00Z"),
        ]
        let twice = Self.rhythm(Self.ward, from: "2026-01-05T00:00:00Z", weeks: 12, except: mondays)
        for hour in 0..<LondonHour.ofWeekCount {
            #expect((twice.usual(hour: hour) ?? 0) <= 3 * (whole.usual(hour: hour) ?? 0))
        }
        var long = whole
        long.hear(at: instant("2026-06-30T12:00:00Z"))
        let changed = whole.hours.indices.filter { whole.hours[$0] != long.hours[$0] }
        #expect(changed.count == 72)
        #expect(changed.allSatisfy { long.usual(hour: $0) == whole.usual(hour: $0) })
        #expect(long.hourLongest == nil)
    }

    @Test func `a feed that slows down for good is learned in steps`() {
        var rhythm = Self.rhythm(Self.district, from: "2026-01-05T00:00:00Z", weeks: 9)
        // One message in two hours from now on.
        for step in 0..<84 * 30 { rhythm.hear(at: instant("2026-03-09T01:00:00Z") + .seconds(7_200 * step)) }
        #expect(rhythm.usual(hour: 13).map { (3_600...7_200).contains($0) } == true)
    }

    @Test(arguments: ["2026-03-09T00:00:00Z", "2026-10-05T00:00:00Z"])
    func `clock changes move nothing but the hour that is left out or comes twice`(monday: String) {
        // Eight weeks before, two or three behind.
        let start = instant(monday) - .seconds(8 * 604_800)
        let rhythm = Self.rhythm(Self.ward, from: start.iso8601, weeks: 12)
        for hour in 0..<LondonHour.ofWeekCount where hour != 145 {
            let isDay = (8..<22).contains(hour % 24)
            #expect(rhythm.usual(hour: hour) == (isDay ? 300 : 3_600), "\(hour)")
        }
        #expect(rhythm.usual(hour: 145) == 3_600)
        #expect(Set(rhythm.hours[145].map(\.week)).count == 8)
    }

    @Test func `however the instants are cut, stored or repeated, the rhythm is the same`() throws {
        var generator = SeededGenerator(seed: 4)
        var heard: [Instant] = []
        var at = instant("2026-02-01T05:12:00Z")
        for _ in 0..<4_000 {
            at = at + .seconds(Int.random(in: 0...4_000, using: &generator))
            heard.append(at)
        }
        var whole = FeedRhythm()
        for instant in heard { whole.hear(at: instant) }
        var parts = FeedRhythm()
        for instant in heard {
            if Bool.random(using: &generator) {
                parts = FeedRhythm(lastHeard: parts.lastHeard, hourLongest: parts.hourLongest, hours: parts.hours)
            }
            parts.hear(at: instant)
            parts.hear(at: instant)
            parts.hear(at: instant - .seconds(90))
        }
        #expect(parts == whole)
        #expect(whole.hours.allSatisfy { $0.count <= 8 })
    }
}
