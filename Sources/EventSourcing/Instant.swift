/// A moment in time, counted in microseconds.
///
/// Microseconds since 1970-01-01T00:00:00Z without leap seconds (POSIX time), the resolution of PostgreSQL's
/// `timestamptz`, so that an instant survives the round trip through the log unchanged. Instants carry no zone;
/// local time is made and read in `HL7v2.LondonTime` only.
package struct Instant: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Microseconds since 1970-01-01T00:00:00Z; negative before it.
    package var microseconds: Int64

    /// Makes the instant that lies `microseconds` after 1970-01-01T00:00:00Z.
    package init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    package static func < (lhs: Instant, rhs: Instant) -> Bool {
        lhs.microseconds < rhs.microseconds
    }

    package var description: String { iso8601 }

    /// Moves an instant forward by a duration.
    ///
    /// Parts of a microsecond are cut off towards zero; overflow stops at the ends of `Int64`.
    package static func + (lhs: Instant, rhs: Duration) -> Instant {
        let (sum, overflow) = lhs.microseconds.addingReportingOverflow(rhs.wholeMicroseconds)
        guard overflow else { return Instant(microseconds: sum) }
        return Instant(microseconds: lhs.microseconds < 0 ? .min : .max)
    }

    /// Moves an instant back by a duration, under the same limits as `+`.
    package static func - (lhs: Instant, rhs: Duration) -> Instant {
        let (difference, overflow) = lhs.microseconds.subtractingReportingOverflow(rhs.wholeMicroseconds)
        guard overflow else { return Instant(microseconds: difference) }
        return Instant(microseconds: lhs.microseconds < 0 ? .min : .max)
    }

    /// The time from one instant to a later one; negative when `rhs` is the later.
    package static func - (lhs: Instant, rhs: Instant) -> Duration {
        .microseconds(lhs.microseconds) - .microseconds(rhs.microseconds)
    }
}

extension Duration {
    /// The duration in microseconds, cut off towards zero, held within `Int64`.
    fileprivate var wholeMicroseconds: Int64 {
        let (seconds, attoseconds) = components
        let (scaled, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
        guard !overflow else { return seconds < 0 ? .min : .max }
        let (sum, overflowed) = scaled.addingReportingOverflow(attoseconds / 1_000_000_000_000)
        guard !overflowed else { return seconds < 0 ? .min : .max }
        return sum
    }
}
