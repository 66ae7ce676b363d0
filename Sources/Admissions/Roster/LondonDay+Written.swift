/// Days as practices' systems write them.
extension LondonDay {
    /// Reads `03/02/2026` (day first), `3-Feb-2026`, `3 February 2026`, `2026-02-03`, `20260203`, each with or without
    /// a time of day behind a blank or a `T`.
    ///
    /// A year of two digits is refused: of someone born in 26 it would be a guess. The month never comes first. Years
    /// from 1850 to 2199; anything else is no day of a practice's list.
    package init?(written text: String) {
        let parts = Self.parts(of: Array(text.utf8))
        guard let (year, month, day) = Self.eightDigits(parts) ?? Self.threeParts(parts), Self.years.contains(year)
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    private static let years: ClosedRange<Int64> = 1850...2199
    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

    private typealias Fields = (year: Int64, month: Int64, day: Int64)

    /// What stands between separators, empty parts left out.
    private static func parts(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        var parts: [ArraySlice<UInt8>] = []
        var start = 0
        for index in 0...bytes.count {
            guard index == bytes.count || isSeparator(bytes, index) else { continue }
            if index > start { parts.append(bytes[start..<index]) }
            start = index + 1
        }
        return parts
    }

    private static func eightDigits(_ parts: [ArraySlice<UInt8>]) -> Fields? {
        guard let whole = parts.first, whole.count == 8, parts.count == 1 || isTime(parts[1...]),
            let year = digits(whole.prefix(4)), let month = digits(whole.dropFirst(4).prefix(2)),
            let day = digits(whole.suffix(2))
        else { return nil }
        return (year, month, day)
    }

    private static func threeParts(_ parts: [ArraySlice<UInt8>]) -> Fields? {
        guard parts.count == 3 || (parts.count > 3 && isTime(parts[3...])) else { return nil }
        let isYearFirst = parts[0].count == 4
        guard isYearFirst || (parts[0].count <= 2 && parts[2].count == 4),
            let year = digits(parts[isYearFirst ? 0 : 2]), let month = month(parts[1]),
            let day = digits(parts[isYearFirst ? 2 : 0])
        else { return nil }
        return (year, month, day)
    }

    /// `/ - .` and blank, and the `T` between a day and its time.
    private static func isSeparator(_ bytes: [UInt8], _ index: Int) -> Bool {
        switch bytes[index] {
        case UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: " "): true
        case UInt8(ascii: "T"): index > 0 && digits(bytes[(index - 1)..<index]) != nil
        default: false
        }
    }

    private static func month(_ bytes: ArraySlice<UInt8>) -> Int64? {
        if let number = digits(bytes) { return bytes.count <= 2 ? number : nil }
        guard (3...9).contains(bytes.count) else { return nil }
        let beginning = String(decoding: bytes.prefix(3), as: UTF8.self).lowercased()
        return months.firstIndex(of: beginning).map { Int64($0 + 1) }
    }

    /// Whether it is a time of day, such as `00:00` or `09:30:00`, with its fraction, zone or AM.
    private static func isTime(_ parts: ArraySlice<ArraySlice<UInt8>>) -> Bool {
        guard let clock = parts.first, clock.contains(UInt8(ascii: ":")), let first = clock.first else { return false }
        return (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first)
    }
}
