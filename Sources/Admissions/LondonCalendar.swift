package import EventSourcing

/// How far London's clock is ahead of UTC; its days are `LondonDay`.
///
/// Only the direction that is never in doubt: from an instant to the clock on the wall. (Local text to an instant is
/// `HL7v2.LondonTime`'s affair alone; a test holds the two equal.) Clocks go forward at 01:00 UTC on the last Sunday of
/// March and back at 01:00 UTC on the last Sunday of October, the rule since 1996, applied to all years.
package enum LondonCalendar {
    static let dayMicroseconds: Int64 = 86_400_000_000

    /// Minutes that London is ahead of UTC at `instant`: 0 or 60.
    package static func offsetMinutes(at instant: Instant) -> Int {
        let day = wholeDays(instant.microseconds)
        let date = CivilDate(daysSince1970: day)
        switch date.month {
        case 4...9: return 60
        case 3, 10:
            // Both have 31 days.
            let change = lastSunday(through: day + 31 - date.day) * dayMicroseconds + 3_600_000_000
            return (instant.microseconds >= change) == (date.month == 3) ? 60 : 0
        default: return 0
        }
    }

    /// Whole days in a time since 1970-01-01T00:00, rounded down.
    static func wholeDays(_ microseconds: Int64) -> Int64 {
        let days = microseconds / dayMicroseconds
        return microseconds % dayMicroseconds < 0 ? days - 1 : days
    }

    private static func lastSunday(through day: Int64) -> Int64 {
        // Day 0, 1970-01-01, was a Thursday.
        day - ((day + 4) % 7 + 7) % 7
    }
}
