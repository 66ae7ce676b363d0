package import EventSourcing

/// A day as people write it, without a clock: a birth, a registration, a review.
///
/// Days of the Gregorian calendar from 1850-01-01 to 2199-12-31; anything else is no day of a practice's list.
package struct CalendarDay: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Days since 1970-01-01.
    package let number: Int32

    /// The day, if the calendar has it.
    package init?(year: Int, month: Int, day: Int) {
        guard Self.years.contains(year),
            let date = CivilDate(year: Int64(year), month: Int64(month), day: Int64(day))
        else { return nil }
        // Within the years allowed it fits.
        number = Int32(truncatingIfNeeded: date.daysSince1970)
    }

    /// The London day of an instant; the first or the last day there is for an instant beyond.
    package init(londonDayOf instant: Instant) {
        let day = LondonCalendar.day(of: instant)
        number = Int32(clamping: max(Self.first, min(Self.last, day)))
    }

    /// Reads `yyyy-mm-dd`.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            let year = Self.digits(bytes[0..<4]), let month = Self.digits(bytes[5..<7]),
            let day = Self.digits(bytes[8..<10])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// Reads a day as practices' systems write it: `03/02/2026` (day first), `3-Feb-2026`, `3 February 2026`,
    /// `2026-02-03`, `20260203`, each with or without a time of day behind a blank or a `T`.
    ///
    /// A year of two digits is refused: of someone born in 26 it would be a guess. The month never comes first.
    package init?(written text: String) {
        var parts: [ArraySlice<UInt8>] = []
        let bytes = Array(text.utf8)
        var start = 0
        for index in 0...bytes.count {
            guard index == bytes.count || Self.isSeparator(bytes, index) else { continue }
            if index > start { parts.append(bytes[start..<index]) }
            start = index + 1
        }
        if let whole = parts.first, whole.count == 8, parts.count == 1 || Self.isTime(parts[1...]),
            let year = Self.digits(whole.prefix(4)), let month = Self.digits(whole.dropFirst(4).prefix(2)),
            let day = Self.digits(whole.suffix(2))
        {
            self.init(year: year, month: month, day: day)
            return
        }
        guard parts.count == 3 || (parts.count > 3 && Self.isTime(parts[3...])) else { return nil }
        if parts[0].count == 4 {
            guard let year = Self.digits(parts[0]), let month = Self.month(parts[1]), let day = Self.digits(parts[2])
            else { return nil }
            self.init(year: year, month: month, day: day)
        } else {
            guard parts[0].count <= 2, parts[2].count == 4, let day = Self.digits(parts[0]),
                let month = Self.month(parts[1]), let year = Self.digits(parts[2])
            else { return nil }
            self.init(year: year, month: month, day: day)
        }
    }

    /// `yyyy-mm-dd`.
    package var text: String {
        let date = CivilDate(daysSince1970: Int64(number))
        var bytes: [UInt8] = []
        bytes.reserveCapacity(10)
        for (value, divisor) in [(date.year, 1_000), (date.month, 10), (date.day, 10)] {
            if !bytes.isEmpty { bytes.append(UInt8(ascii: "-")) }
            var divisor = Int64(divisor)
            while divisor > 0 {
                bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value / divisor % 10))
                divisor /= 10
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The instant at which the day begins in London.
    package var start: Instant { LondonCalendar.start(ofDay: Int64(number)) }

    /// Nothing of the day: a birthday is patient data, and descriptions end in logs.
    package var description: String { "CalendarDay" }

    package static func < (lhs: CalendarDay, rhs: CalendarDay) -> Bool {
        lhs.number < rhs.number
    }

    private static let years = 1850...2199
    /// 1850-01-01 and 2199-12-31.
    private static let first: Int64 = -43_829
    private static let last: Int64 = 84_005
    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

    /// `/ - .` and blank, and the `T` between a day and its time.
    private static func isSeparator(_ bytes: [UInt8], _ index: Int) -> Bool {
        switch bytes[index] {
        case UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: " "): true
        case UInt8(ascii: "T"): index > 0 && digits(bytes[(index - 1)..<index]) != nil
        default: false
        }
    }

    private static func digits(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard !bytes.isEmpty, bytes.count <= 4 else { return nil }
        var value = 0
        for byte in bytes {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            value = value * 10 + Int(byte - UInt8(ascii: "0"))
        }
        return value
    }

    private static func month(_ bytes: ArraySlice<UInt8>) -> Int? {
        if let number = digits(bytes) { return bytes.count <= 2 ? number : nil }
        guard (3...9).contains(bytes.count) else { return nil }
        let beginning = String(decoding: bytes.prefix(3), as: UTF8.self).lowercased()
        return months.firstIndex(of: beginning).map { $0 + 1 }
    }

    /// Whether it is a time of day, such as `00:00` or `09:30:00`, with its fraction, zone or AM.
    private static func isTime(_ parts: ArraySlice<ArraySlice<UInt8>>) -> Bool {
        guard let clock = parts.first, clock.contains(UInt8(ascii: ":")), let first = clock.first else { return false }
        return (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first)
    }
}

extension CalendarDay {
    /// Reads what `text` writes.
    init(reading json: inout JSONReader) throws(JSONError) {
        let start = json.offset
        guard let day = CalendarDay(try json.readString()) else { throw JSONError(.unexpectedValue, offset: start) }
        self = day
    }
}
