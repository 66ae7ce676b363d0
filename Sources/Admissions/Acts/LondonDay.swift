package import EventSourcing

/// A day as London counts it: `2026-03-03`.
package struct LondonDay: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Days since 1970-01-01.
    package let number: Int64

    /// The day so many days after 1970-01-01.
    package init(number: Int64) {
        self.number = number
    }

    /// The day on which an instant falls.
    package init(of instant: Instant) {
        number = LondonCalendar.day(of: instant)
    }

    /// Reads `yyyy-mm-dd`; `nil` for anything else, and for a day that the calendar does not have.
    package init?(_ text: String) {
        guard text.utf8.count == 10, let midnight = Instant(iso8601: text + "T00:00:00Z") else { return nil }
        // No rest is left, before 1970 either: it is midnight.
        number = midnight.microseconds / 86_400_000_000
    }

    /// The day as `yyyy-mm-dd`.
    package var description: String {
        String(Instant(microseconds: number * 86_400_000_000).iso8601.prefix { $0 != "T" })
    }

    /// When it begins.
    package var start: Instant { LondonCalendar.start(ofDay: number) }

    /// Saturday or Sunday.
    package var isWeekend: Bool {
        // 1970-01-01 was a Thursday.
        let weekday = (number % 7 + 11) % 7
        return weekday == 0 || weekday == 6
    }

    package static func < (lhs: LondonDay, rhs: LondonDay) -> Bool {
        lhs.number < rhs.number
    }

    package static func + (day: LondonDay, days: Int) -> LondonDay {
        LondonDay(number: day.number + Int64(days))
    }
}

extension JSONReader {
    mutating func readDay() throws(JSONError) -> LondonDay {
        let start = offset
        guard let day = LondonDay(try readString()) else { throw JSONError(.unexpectedValue, offset: start) }
        return day
    }
}
