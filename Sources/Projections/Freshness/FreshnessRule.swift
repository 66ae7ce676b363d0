import Admissions
package import EventSourcing

/// When a feed counts as quiet and when as silent, before its own rhythm has been learned.
///
/// 60 and 180 minutes by day, 180 and 360 by night, in Europe/London (product.md 4.4). Which pair holds depends on the
/// moment of asking, not on when the feed was last heard. A gap of exactly the limit is still the milder state.
package struct FreshnessRule: Sendable, Hashable {
    /// Two limits on the gap since the feed was last heard.
    package struct Limits: Sendable, Hashable {
        /// A longer gap is quiet.
        package var quietAfter: Duration
        /// A longer gap is silent.
        package var silentAfter: Duration

        /// Sets both limits.
        package init(quietAfter: Duration, silentAfter: Duration) {
            self.quietAfter = quietAfter
            self.silentAfter = silentAfter
        }
    }

    /// Limits by day.
    package var day: Limits
    /// Limits by night.
    package var night: Limits
    /// First and last hour of the day, London time: night is before the first and from the last on.
    package var dayHours: Range<Int>

    /// Sets the rule; the defaults are product.md's.
    package init(
        day: Limits = Limits(quietAfter: .seconds(60 * 60), silentAfter: .seconds(180 * 60)),
        night: Limits = Limits(quietAfter: .seconds(180 * 60), silentAfter: .seconds(360 * 60)),
        dayHours: Range<Int> = 7..<22
    ) {
        self.day = day
        self.night = night
        self.dayHours = dayHours
    }

    /// Tells the state of a feed last heard at one instant, asked at another.
    ///
    /// A feed heard in the future (a clock was set back) is fresh.
    package func state(lastHeard: Instant, now: Instant) -> FeedFreshness.State {
        let limits = dayHours.contains(Self.londonHour(of: now)) ? day : night
        let gap = now - lastHeard
        if gap > limits.silentAfter { return .silent }
        return gap > limits.quietAfter ? .quiet : .fresh
    }

    private static func londonHour(of instant: Instant) -> Int {
        let minutes = instant.microseconds / 60_000_000 + Int64(LondonCalendar.offsetMinutes(at: instant))
        return Int((minutes - LondonDay(of: instant).number * 1_440) / 60)
    }
}
