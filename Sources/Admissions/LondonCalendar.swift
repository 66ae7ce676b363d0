package import EventSourcing

/// Which London civil day an instant falls on.
///
/// Only the direction that is never in doubt: from an instant to the clock on the wall. (Local text to an instant is
/// `HL7v2.LondonTime`'s affair alone; a test holds the two equal.) Clocks go forward at 01:00 UTC on the last Sunday of
/// March and back at 01:00 UTC on the last Sunday of October, the rule since 1996, applied to all years.
package enum LondonCalendar {
    /// Minutes that London is ahead of UTC at `instant`: 0 or 60.
    package static func offsetMinutes(at instant: Instant) -> Int {
        let second = floorDivide(instant.microseconds, 1_000_000)
        let day = floorDivide(second, 86_400)
        let year = yearOf(day: day)
        let begins = lastSunday(of: 3, year: year) * 86_400 + 3_600
        let ends = lastSunday(of: 10, year: year) * 86_400 + 3_600
        return second >= begins && second < ends ? 60 : 0
    }

    /// The London civil day of `instant`, counted from 1970-01-01.
    package static func day(of instant: Instant) -> Int64 {
        let offset = Int64(offsetMinutes(at: instant)) * 60_000_000
        return floorDivide(instant.microseconds + offset, 86_400_000_000)
    }

    /// The day that `YYYY-MM-DD` names, counted from 1970-01-01; `nil` for anything else.
    package static func day(_ text: String) -> Int64? {
        guard text.utf8.count == 10, let midnight = Instant(iso8601: text + "T00:00:00Z") else { return nil }
        return floorDivide(midnight.microseconds, 86_400_000_000)
    }

    /// The instant at which a London civil day begins: 00:00 on the wall, which every London day has.
    package static func start(ofDay day: Int64) -> Instant {
        let midnight = Instant(microseconds: day * 86_400_000_000)
        // Clocks change at 01:00 UTC, never between 23:00 and 00:00 UTC, so the offset at 23:00 UTC is that of
        // midnight.
        let eve = Instant(microseconds: midnight.microseconds - 3_600_000_000)
        return Instant(microseconds: midnight.microseconds - Int64(offsetMinutes(at: eve)) * 60_000_000)
    }

    private static func lastSunday(of month: Int64, year: Int64) -> Int64 {
        // March and October have 31 days. Day 0 of the count, 1970-01-01, was a Thursday.
        let last = daysSince1970(year: year, month: month, day: 31)
        let weekday = (last + 4) % 7
        return last - (weekday < 0 ? weekday + 7 : weekday)
    }

    /// Hinnant's days-from-civil: the year begins in March.
    private static func daysSince1970(year: Int64, month: Int64, day: Int64) -> Int64 {
        let year = month <= 2 ? year - 1 : year
        let era = floorDivide(year, 400)
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func yearOf(day: Int64) -> Int64 {
        let shifted = day + 719_468
        let era = floorDivide(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        return yearOfEra + era * 400 + (dayOfYear >= 306 ? 1 : 0)
    }

    private static func floorDivide(_ value: Int64, _ divisor: Int64) -> Int64 {
        let quotient = value / divisor
        return value % divisor < 0 ? quotient - 1 : quotient
    }
}
