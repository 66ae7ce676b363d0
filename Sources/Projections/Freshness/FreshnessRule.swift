package import EventSourcing

/// When a feed counts as quiet and when as silent.
///
/// Over the usual longest silence of the hour (`FeedRhythm`) it is quiet, over three times that silent. Until the hour
/// is learned: 60 and 180 minutes by day, 180 and 360 by night, in Europe/London (product.md 4.4). Which limits hold
/// depends on the moment of asking, not on when the feed was last heard. A gap of exactly the limit is still the milder
/// state. What was once told to be silent stays so until it is heard, whatever the hour allows. A feed that beats (a
/// setting) is silent after 60 minutes at any hour.
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

    /// Limits by day, before the hour is learned.
    package var day: Limits
    /// Limits by night, before the hour is learned.
    package var night: Limits
    /// First and last hour of the day, London time: night is before the first and from the last on.
    package var dayHours: Range<Int>
    /// Hospitals whose interface engine sends something at least hourly, patients or none.
    package var beating: Set<LogName>
    /// How long a beating feed may be without a beat.
    package var beatEvery: Duration
    /// Logs that are no hospital's feed, such as the one of unlisted senders: they speak when somebody errs.
    package var unwatched: Set<LogName>

    /// Sets the rule; the defaults are product.md's.
    package init(
        day: Limits = Limits(quietAfter: .seconds(60 * 60), silentAfter: .seconds(180 * 60)),
        night: Limits = Limits(quietAfter: .seconds(180 * 60), silentAfter: .seconds(360 * 60)),
        dayHours: Range<Int> = 7..<22, beating: Set<LogName> = [], beatEvery: Duration = .seconds(60 * 60),
        unwatched: Set<LogName> = []
    ) {
        self.day = day
        self.night = night
        self.dayHours = dayHours
        self.beating = beating
        self.beatEvery = beatEvery
        self.unwatched = unwatched
    }

    /// Tells the state of a feed last heard at one instant, asked at another.
    ///
    /// A feed heard in the future (a clock was set back) is fresh.
    ///
    /// - Parameters:
    ///   - usual: the usual longest silence in the hour of `now`; `nil` while it is not learned.
    ///   - isToldSilent: whether the log has been told that it fell silent, and it was not heard since.
    package func state(
        of hospital: LogName? = nil, lastHeard: Instant, now: Instant, usual: Duration? = nil,
        isToldSilent: Bool = false
    ) -> FeedFreshness.State {
        let limits = limits(at: now, usual: usual)
        let gap = now - lastHeard
        if isToldSilent || gap > limits.silentAfter { return .silent }
        if let hospital, beating.contains(hospital), gap > beatEvery { return .silent }
        return gap > limits.quietAfter ? .quiet : .fresh
    }

    /// Which row of `practice.feed_rhythm` is of an instant: 0 is Monday 00:00 to 00:59 in London.
    package static func hourOfWeek(at instant: Instant) -> Int32 { Int32(LondonHour(of: instant).ofWeek) }

    private func limits(at now: Instant, usual: Duration?) -> Limits {
        if let usual { return Limits(quietAfter: usual, silentAfter: usual * Int(FeedRhythm.silentTimes)) }
        return dayHours.contains(LondonHour(of: now).ofWeek % 24) ? day : night
    }
}
