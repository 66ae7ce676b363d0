package import EventSourcing

/// How a feed is used to speak: for each hour of the week, the longest silence that is usual in it.
///
/// A fold of the instants at which a feed was heard, in order; the whole says the same however it is cut. Nothing here
/// reads a clock. What is kept of an hour is how long the feed had been silent at the worst moment *of that hour*,
/// counted from when it was last heard: a night's silence weighs on the hours it lasted and with what had passed of it
/// by then, and a feed that is chatty from 08:00 is not excused at 08:20 by how quiet it was at 05:00.
///
/// Usual is the **second longest of the latest eight weeks** (product.md 4.4 learns over eight):
/// - Not the longest: a week out of order (a bank holiday, an outage) is one of eight and spoils nothing.
/// - Not the middle one: silent is over three times the usual. A feed of seven messages an hour by day and one in two
///   by night is over three times a median of longest gaps by mere chance in six hours of each week, and over three
///   times the second longest in one hour of each second week (messages at random, 60 weeks tried). Warnings without
///   cause are not read.
/// - At least five minutes, so that a chatty feed is silent after fifteen (domain.md H6: by day within 15 minutes).
/// - At most a day, so that no feed goes unheard for more than three and is not called silent, weekend or not.
///
/// An outage is no rhythm. Once an hour has its eight weeks, a silence is learned as three times the usual at most: two
/// outages in eight weeks cannot hide the third, and yet a feed that slows down for good is learned in steps. Beyond
/// the first three days of a silence nothing is learned at all. Of an hour that was not watched from its beginning
/// neither.
///
/// ```
/// heard   •        •          •              hour 7: max(a, b)     hour 8: max(b', c)
///         ├── a ───┼── b ─┊ ──┼── c ──▶ …    ┊ the hour ends: b' = b, counted on
/// ```
///
/// Memory is bounded: 168 hours, at most eight weeks each, two numbers a week.
package struct FeedRhythm: Sendable, Hashable {
    /// The longest silence of one hour in one week.
    struct Week: Sendable, Hashable {
        /// As `LondonHour.week` counts them.
        var week: Int32
        /// Whole seconds.
        var longest: Int32
    }

    /// Weeks until an hour is learned, and the most that are kept.
    static let weeks = 8
    /// Over so many times the usual a feed is silent.
    static let silentTimes: Int32 = 3
    /// The shortest and the longest that counts as usual, in seconds.
    static let usualRange: ClosedRange<Int32> = 5 * 60...24 * 3_600
    /// The part of a silence from which something is learned: three days.
    private static let learnedSecondsMax = Int64(silentTimes) * Int64(usualRange.upperBound)

    /// When the feed was last heard.
    private(set) package var lastHeard: Instant?
    /// The longest silence so far, in seconds, in the hour in which the feed was last heard; `nil` where that hour was
    /// not watched from its beginning.
    private(set) var hourLongest: Int32?
    /// What is known of each hour of the week, latest week last.
    private(set) var hours: [[Week]]

    /// Nothing heard yet.
    package init() {
        hours = Array(repeating: [], count: LondonHour.ofWeekCount)
    }

    /// As it was stored.
    init(lastHeard: Instant?, hourLongest: Int32?, hours: [[Week]]) {
        self.lastHeard = lastHeard
        self.hourLongest = hourLongest
        self.hours = hours
    }

    /// The longest silence that is usual in the hour of an instant; `nil` while it is not learned.
    package func usual(at instant: Instant) -> Duration? {
        usual(hour: LondonHour(of: instant).ofWeek).map { .seconds(Int64($0)) }
    }

    /// The same in seconds, for an hour of the week.
    func usual(hour: Int) -> Int32? {
        guard hours[hour].count == Self.weeks else { return nil }
        let second = hours[hour].map(\.longest).sorted()[Self.weeks - 2]
        return min(max(second, Self.usualRange.lowerBound), Self.usualRange.upperBound)
    }

    /// The feed was heard; an instant before the last one counts as that one.
    package mutating func hear(at instant: Instant) {
        guard let last = lastHeard else {
            lastHeard = instant
            return
        }
        guard instant > last else { return }
        lastHeard = instant
        var hour = LondonHour(of: last)
        let arrival = LondonHour(of: instant)
        guard hour < arrival else {
            hourLongest = hourLongest.map { max($0, Self.seconds(instant - last)) }
            return
        }
        if let hourLongest { learn(max(hourLongest, Self.seconds(hour.next.start - last)), of: hour) }
        hour = hour.next
        while hour < arrival, (hour.next.start - last).components.seconds <= Self.learnedSecondsMax {
            learn(Self.seconds(hour.next.start - last), of: hour)
            hour = hour.next
        }
        let silence = instant - last
        hourLongest = silence.components.seconds <= Self.learnedSecondsMax ? Self.seconds(silence) : nil
    }

    private mutating func learn(_ seconds: Int32, of hour: LondonHour) {
        let place = hour.ofWeek
        let longest = min(seconds, usual(hour: place).map { $0 * Self.silentTimes } ?? seconds)
        if let latest = hours[place].last, latest.week == hour.week {
            hours[place][hours[place].count - 1].longest = max(latest.longest, longest)
            return
        }
        if hours[place].count == Self.weeks { hours[place].removeFirst() }
        hours[place].append(Week(week: hour.week, longest: longest))
    }

    private static func seconds(_ duration: Duration) -> Int32 {
        Int32(clamping: duration.components.seconds)
    }
}
