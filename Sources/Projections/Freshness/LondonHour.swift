import Admissions
import EventSourcing

/// One hour as it passes in London, and its place in the week.
///
/// London is always whole hours ahead of UTC and its clocks change on the hour, so an hour of the wall is an hour of
/// UTC: in the autumn night two of them have the same place in the week, in the spring night one place has none.
struct LondonHour: Hashable, Comparable, Sendable {
    /// Hours since 1970-01-01T00:00:00Z.
    let number: Int64

    /// Hours of a week.
    static let ofWeekCount = 168
    private static let microseconds: Int64 = 3_600_000_000

    init(number: Int64) { self.number = number }

    /// The hour in which an instant falls.
    init(of instant: Instant) {
        number = Self.floor(instant.microseconds, Self.microseconds)
    }

    var start: Instant { Instant(microseconds: number * Self.microseconds) }
    var next: LondonHour { LondonHour(number: number + 1) }

    /// 0 is Monday 00:00 to 00:59 on London's wall, 167 Sunday 23:00 to 23:59.
    var ofWeek: Int { Int(sinceFirstMonday - Int64(week) * Int64(Self.ofWeekCount)) }

    /// Weeks since Monday, 29 December 1969.
    var week: Int32 { Int32(truncatingIfNeeded: Self.floor(sinceFirstMonday, Int64(Self.ofWeekCount))) }

    static func < (lhs: LondonHour, rhs: LondonHour) -> Bool { lhs.number < rhs.number }

    /// Hours of the wall since that Monday; 1970-01-01 was a Thursday.
    private var sinceFirstMonday: Int64 {
        number + Int64(LondonCalendar.offsetMinutes(at: start) / 60) + 72
    }

    private static func floor(_ dividend: Int64, _ divisor: Int64) -> Int64 {
        let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
