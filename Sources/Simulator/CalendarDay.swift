/// A day of the Gregorian calendar, without a time or a zone.
///
/// Kept as days since 1970-01-01, so that ages and intervals are subtraction. Conversions by Hinnant's
/// days-from-civil algorithm; right for every year that a patient can be born in.
package struct CalendarDay: Hashable, Comparable, Sendable {
    /// Days since 1970-01-01; negative before.
    package let number: Int

    /// The day `number` days after 1970-01-01.
    package init(number: Int) {
        self.number = number
    }

    /// The day with this year, month (1–12) and day of the month (1–31).
    package init(year: Int, month: Int, day: Int) {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        number = era * 146_097 + dayOfEra - 719_468
    }

    /// Year, month (1–12) and day of the month (1–31).
    package var civil: (year: Int, month: Int, day: Int) {
        let shifted = number + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
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

    package static func < (left: CalendarDay, right: CalendarDay) -> Bool { left.number < right.number }
}
