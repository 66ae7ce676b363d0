package import EventSourcing

/// A day as London counts it: `2026-03-03`.
///
/// A day of the Gregorian calendar, without a clock: of a birth, a review, a huddle, or of somebody who asks now. It
/// begins at midnight on London's wall.
package struct LondonDay: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Days since 1970-01-01.
    package let number: Int64

    /// The day so many days after 1970-01-01.
    package init(number: Int64) {
        self.number = number
    }

    /// The day on which an instant falls.
    package init(of instant: Instant) {
        let offset = Int64(LondonCalendar.offsetMinutes(at: instant)) * 60_000_000
        number = LondonCalendar.wholeDays(instant.microseconds + offset)
    }

    /// The day, if the calendar has it.
    init?(year: Int64, month: Int64, day: Int64) {
        guard let date = CivilDate(year: year, month: month, day: day) else { return nil }
        number = date.daysSince1970
    }

    /// Reads `yyyy-mm-dd`; `nil` for anything else, and for a day that the calendar does not have.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        let hyphen = UInt8(ascii: "-")
        guard bytes.count == 10, bytes[4] == hyphen, bytes[7] == hyphen,
            let year = Self.digits(bytes[0..<4]), let month = Self.digits(bytes[5..<7]),
            let day = Self.digits(bytes[8..<10])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// `yyyy-mm-dd`.
    package var text: String {
        String(Instant(microseconds: number * LondonCalendar.dayMicroseconds).iso8601.prefix { $0 != "T" })
    }

    /// Nothing of the day: a birthday is patient data, and descriptions end in logs.
    package var description: String { "LondonDay" }

    /// When it begins: 00:00 on the wall, which every London day has.
    package var start: Instant {
        let midnight = Instant(microseconds: number * LondonCalendar.dayMicroseconds)
        // Clocks change at 01:00 UTC, never between 23:00 and 00:00 UTC, so the offset at 23:00 UTC is that of
        // midnight.
        let offset = LondonCalendar.offsetMinutes(at: midnight - .seconds(3_600))
        return midnight - .seconds(60 * offset)
    }

    /// The instant of a full hour on the wall, from 2 to 23: clocks change before.
    package func start(ofHour hour: Int) -> Instant {
        let wall = Instant(microseconds: number * LondonCalendar.dayMicroseconds) + .seconds(hour * 3_600)
        // Clocks change at 01:00 UTC, so the hour by the wall and by UTC lie on the same side of any change.
        return wall - .seconds(60 * LondonCalendar.offsetMinutes(at: wall))
    }

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

    /// The number that one to four digits write.
    static func digits(_ bytes: ArraySlice<UInt8>) -> Int64? {
        guard (1...4).contains(bytes.count) else { return nil }
        var value: Int64 = 0
        for byte in bytes {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            value = value * 10 + Int64(byte - UInt8(ascii: "0"))
        }
        return value
    }
}

extension JSONReader {
    /// Reads what `LondonDay.text` writes.
    mutating func readDay() throws(JSONError) -> LondonDay {
        let start = offset
        guard let day = LondonDay(try readString()) else { throw JSONError(.unexpectedValue, offset: start) }
        return day
    }
}
