import EventSourcing

/// The hour of the day in Europe/London at an instant.
///
/// Asks only whether summer time is in force: from 01:00 GMT on the last Sunday in March to 01:00 GMT on the last
/// Sunday in October (Summer Time Act 1972 as amended by SI 2002/262). Local text is converted in one other place only.
enum LondonHour {
    /// The hour, 0...23.
    static func of(_ instant: Instant) -> Int {
        let utcHour = floorDivide(instant.microseconds, microsecondsPerHour)
        let hour = utcHour + (isSummer(utcHour: utcHour) ? 1 : 0)
        return Int(hour - floorDivide(hour, 24) * 24)
    }

    private static let microsecondsPerHour: Int64 = 3_600_000_000

    private static func isSummer(utcHour: Int64) -> Bool {
        let year = yearOf(day: floorDivide(utcHour, 24))
        let begins = lastSunday(onOrBefore: dayNumber(year: year, month: 3, day: 31)) * 24 + 1
        let ends = lastSunday(onOrBefore: dayNumber(year: year, month: 10, day: 31)) * 24 + 1
        return begins <= utcHour && utcHour < ends
    }

    private static func lastSunday(onOrBefore day: Int64) -> Int64 {
        // Day 3 after 1970-01-01, a Thursday, was a Sunday.
        day - (day - 3 - floorDivide(day - 3, 7) * 7)
    }

    private static func yearOf(day: Int64) -> Int64 {
        var year = 1970 + floorDivide(day * 400, 146_097)
        while dayNumber(year: year, month: 1, day: 1) > day { year -= 1 }
        while dayNumber(year: year + 1, month: 1, day: 1) <= day { year += 1 }
        return year
    }

    /// Days from 1970-01-01 to a date of the proleptic Gregorian calendar.
    private static func dayNumber(year: Int64, month: Int64, day: Int64) -> Int64 {
        let marchYear = month > 2 ? year : year - 1
        let era = floorDivide(marchYear, 400)
        let yearOfEra = marchYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    private static func floorDivide(_ dividend: Int64, _ divisor: Int64) -> Int64 {
        let quotient = dividend / divisor
        return dividend % divisor < 0 ? quotient - 1 : quotient
    }
}
