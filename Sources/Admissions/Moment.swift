package import EventSourcing

/// A time as a hospital tells it: an instant, and how closely it is known.
///
/// A time told to the minute or the day is the interval it covers; `instant` is its beginning. A discharge told by date
/// alone counts from the end of that day, an admission from its beginning (domain.md 2.9).
package struct Moment: Hashable, Sendable {
    /// The smallest part that was told.
    package enum Precision: String, Sendable, CaseIterable {
        case year, month, day, hour, minute, second, fraction
    }

    /// The beginning of the interval, in UTC.
    package let instant: Instant
    /// How closely the time is known.
    package let precision: Precision
    /// The clock on the wall read this twice that night, and the message did not say which.
    package let isAmbiguous: Bool
    /// The clock on the wall never read this: clocks had gone forward. Moved one hour on.
    package let wasShifted: Bool
    /// As sent; kept only where `isAmbiguous` or `wasShifted`, for the instant says the rest (and the message has it
    /// all).
    package let text: String?

    /// Makes a moment; a precision of `fraction` without a fraction is `second`.
    package init(
        _ instant: Instant, precision: Precision = .second, isAmbiguous: Bool = false, wasShifted: Bool = false,
        text: String? = nil
    ) {
        self.instant = instant
        self.precision =
            switch precision {
            case .second, .fraction: instant.microseconds % 1_000_000 == 0 ? .second : .fraction
            default: precision
            }
        self.isAmbiguous = isAmbiguous
        self.wasShifted = wasShifted
        self.text = isAmbiguous || wasShifted ? text : nil
    }

    /// The last microsecond of the interval.
    package var last: Instant {
        let next: Int64 =
            switch precision {
            case .fraction, .second: instant.microseconds + 1
            case .minute: instant.microseconds + 60_000_000
            case .hour: instant.microseconds + 3_600_000_000
            case .day: (LondonDay(of: instant) + 1).start.microseconds
            case .month: (LondonDay(of: instant) + 28).start.microseconds
            case .year: (LondonDay(of: instant) + 365).start.microseconds
            }
        return Instant(microseconds: next - 1)
    }

    /// Where a discharge at this moment stands in time: a date alone counts from the end of the day.
    package var asEnd: Instant {
        switch precision {
        case .year, .month, .day: last
        case .hour, .minute, .second, .fraction: instant
        }
    }

    /// Whether two tellings can be of the same time: the closer one lies within the coarser.
    package func agrees(with other: Moment) -> Bool {
        instant <= other.last && other.instant <= last
    }
}
