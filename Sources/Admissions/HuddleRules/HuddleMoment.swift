package import EventSourcing

/// One thing that happened, as far as rules ask: when, how exactly, and when we were told.
package struct HuddleMoment: Sendable, Hashable {
    /// `nil` where the hospital says no day. Of a day alone: its London midnight.
    package var at: Instant?
    /// Whether only the day was said.
    package var isDayAlone: Bool
    package var toldAt: Instant?

    package init(at: Instant? = nil, isDayAlone: Bool = false, toldAt: Instant? = nil) {
        self.at = at
        self.isDayAlone = isDayAlone
        self.toldAt = toldAt
    }

    /// The day, in London.
    package var day: LondonDay? { at.map { LondonDay(of: $0) } }

    /// Whole minutes from what happened to the telling, a day alone counted from its end; `nil` where either is not
    /// known.
    var minutesUntilTold: Int? {
        guard let at, let toldAt else { return nil }
        let from = isDayAlone ? (LondonDay(of: at) + 1).start : at
        return Int((toldAt.microseconds - from.microseconds) / 60_000_000)
    }
}
