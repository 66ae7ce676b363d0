import HL7v2

/// A day of the calendar, without a time or a zone.
///
/// Kept as days since 1970-01-01, so that ages and intervals are subtraction. The calendar itself is that of
/// `LondonTime`, asked at noon, when London and Greenwich have the same date.
package struct CalendarDay: Hashable, Comparable, Sendable {
    /// Days since 1970-01-01; negative before.
    package let number: Int

    private static let microseconds: Int64 = 86_400_000_000

    /// The day `number` days after 1970-01-01.
    package init(number: Int) {
        self.number = number
    }

    /// The day with this year, month (1–12) and day of the month (1–31), which the calendar must have.
    package init(year: Int, month: Int, day: Int) {
        let noon = LondonTime.utcMicroseconds(year: year, month: month, day: day, hour: 12).microseconds
        number = Int(noon / Self.microseconds) - (noon < 0 ? 1 : 0)
    }

    /// The London day of an instant, in microseconds since 1970-01-01T00:00:00Z.
    init(londonAt microseconds: Int64) {
        let local = LondonTime.civil(microseconds)
        self.init(year: local.year, month: local.month, day: local.day)
    }

    /// Year, month (1–12) and day of the month (1–31).
    package var civil: (year: Int, month: Int, day: Int) {
        let noon = LondonTime.civil(Int64(number) * Self.microseconds + Self.microseconds / 2)
        return (noon.year, noon.month, noon.day)
    }

    /// Day of the week: 0 is Monday, 6 is Sunday.
    package var weekday: Int {
        let remainder = (number + 3) % 7
        return remainder < 0 ? remainder + 7 : remainder
    }

    /// Whether the day is a Saturday or a Sunday.
    package var isWeekend: Bool { weekday >= 5 }

    /// The day that comes `days` later.
    package func adding(days: Int) -> CalendarDay { CalendarDay(number: number + days) }

    /// Whole years from this day to `day`, as an age is counted.
    package func years(to day: CalendarDay) -> Int {
        let from = civil
        let until = day.civil
        let hadBirthday = (until.month, until.day) >= (from.month, from.day)
        return until.year - from.year - (hadBirthday ? 0 : 1)
    }

    /// The instant, in microseconds since 1970-01-01T00:00:00Z, of a minute of this day by London clocks.
    ///
    /// A minute that the clocks leave out in spring comes out one hour on; of one that comes twice in autumn, the
    /// first.
    func microseconds(atMinute minute: Int) -> Int64 {
        let civil = civil
        return LondonTime.utcMicroseconds(
            year: civil.year, month: civil.month, day: civil.day, hour: minute / 60, minute: minute % 60
        ).microseconds
    }

    package static func < (left: CalendarDay, right: CalendarDay) -> Bool { left.number < right.number }
}
