/// Reads one timestamp from left to right.
struct TimestampReader {
    /// Longer than any form of a timestamp: what is longer is none.
    private static let bytesMax = 40
    /// `YYYYMMDDHHMMSS`
    private static let fullDigits = 14

    private var bytes = InlineArray<40, UInt8>(repeating: 0)
    private var count = 0
    private var offset = 0

    private var parts = (year: 0, month: 1, day: 1, hour: 0, minute: 0, second: 0, microsecond: 0)
    private var precision = HL7Timestamp.Precision.year
    private var offsetMinutes: Int?

    init(_ source: Span<UInt8>) {
        var start = 0
        var end = source.count
        while end > start, source[end - 1] <= 0x20 { end -= 1 }
        while start < end, source[start] <= 0x20 { start += 1 }
        guard end - start <= Self.bytesMax else { return }
        for place in start..<end { bytes[place - start] = source[place] }
        count = end - start
    }

    mutating func read() -> HL7Timestamp? {
        guard readDateAndTime(), readFraction(), readOffset(), offset == count, settle() else { return nil }
        return HL7Timestamp(
            year: parts.year, month: parts.month, day: parts.day, hour: parts.hour, minute: parts.minute,
            second: parts.second, microsecond: parts.microsecond, precision: precision, offsetMinutes: offsetMinutes)
    }

    private mutating func readDateAndTime() -> Bool {
        let run = digitRun(from: 0)
        guard run >= 4, let year = number(4) else { return false }
        parts.year = year
        guard run == 4 else { return readCompact(run) }
        // `2026-03` and `2026-03-03` are ISO dates, `2026-0500` is a year with an offset.
        let isISO = byte(4) == UInt8(ascii: "-") && digitRun(from: 5) == 2 && (count == 7 || byte(7) == UInt8(ascii: "-"))
        guard isISO else { return true }
        offset += 1
        guard let month = number(2) else { return false }
        parts.month = month
        precision = .month
        guard take("-") else { return true }
        guard digitRun(from: offset) == 2, let day = number(2) else { return false }
        parts.day = day
        precision = .day
        return readTimeOfDay()
    }

    private mutating func readCompact(_ run: Int) -> Bool {
        guard run.isMultiple(of: 2) || run > Self.fullDigits, let month = number(2) else { return false }
        parts.month = month
        precision = .month
        guard run > 6, let day = number(2) else { return run == 6 }
        parts.day = day
        precision = .day
        guard run > 8 else { return readTimeOfDay() }
        guard readHourMinuteSecond(colons: false) else { return false }
        if run > Self.fullDigits { readFractionDigits() }
        return true
    }

    /// The time after `T` or a blank, with or without colons.
    private mutating func readTimeOfDay() -> Bool {
        let mark = offset
        if !take("T"), !take("t") {
            while take(" ") {}
        }
        // An offset may stand alone after a date, and a date may stand alone.
        guard offset > mark, digitRun(from: offset) > 0 else { return offset == mark || byte(mark) == 0x20 }
        return readHourMinuteSecond(colons: true)
    }

    private mutating func readHourMinuteSecond(colons: Bool) -> Bool {
        guard digitRun(from: offset) >= 2, let hour = number(2) else { return false }
        parts.hour = hour
        precision = .hour
        if colons { _ = take(":") }
        guard digitRun(from: offset) > 0 else { return true }
        guard digitRun(from: offset) >= 2, let minute = number(2) else { return false }
        parts.minute = minute
        precision = .minute
        if colons { _ = take(":") }
        guard digitRun(from: offset) > 0 else { return true }
        guard digitRun(from: offset) >= 2, let second = number(2) else { return false }
        parts.second = second
        precision = .second
        return true
    }

    private mutating func readFraction() -> Bool {
        guard byte(offset) == UInt8(ascii: ".") || byte(offset) == UInt8(ascii: ",") else { return true }
        guard precision >= .second else { return false }
        offset += 1
        readFractionDigits()
        return true
    }

    private mutating func readFractionDigits() {
        var scale = 100_000
        while let digit = digit(offset) {
            parts.microsecond += digit * scale
            scale /= 10
            precision = .fraction
            offset += 1
        }
    }

    private mutating func readOffset() -> Bool {
        while take(" ") {}
        if take("Z") || take("z") {
            offsetMinutes = 0
            return true
        }
        let isAhead = byte(offset) == UInt8(ascii: "+")
        guard isAhead || byte(offset) == UInt8(ascii: "-") else { return true }
        offset += 1
        let run = digitRun(from: offset)
        guard run == 1 || run == 2 || run == 4, let hours = number(run == 1 ? 1 : 2) else { return false }
        var minutes = 0
        if run == 4 || run == 2 && take(":") {
            guard digitRun(from: offset) == 2, let told = number(2), told < 60 else { return false }
            minutes = told
        }
        offsetMinutes = (hours * 60 + minutes) * (isAhead ? 1 : -1)
        return true
    }

    /// Gives `00` days and months, 24:00 and leap seconds their meaning.
    private mutating func settle() -> Bool {
        let isMidnight = (parts.hour, parts.minute, parts.second, parts.microsecond) == (0, 0, 0, 0)
        if parts.month == 0 || parts.day == 0 {
            guard isMidnight, parts.month > 0 || precision == .month || parts.day == 0 else { return false }
            precision = parts.month == 0 ? .year : .month
            parts.month = max(parts.month, 1)
            parts.day = 1
        }
        if parts.second == 60 { parts.second = 59 }
        if parts.hour == 24 {
            guard (parts.minute, parts.second, parts.microsecond) == (0, 0, 0),
                parts.day <= CivilDay.count(year: parts.year, month: parts.month)
            else { return false }
            let next = CivilDay.date(CivilDay.number(year: parts.year, month: parts.month, day: parts.day) + 1)
            (parts.year, parts.month, parts.day, parts.hour) = (next.year, next.month, next.day, 0)
        }
        return true
    }

    // MARK: Bytes

    private func byte(_ place: Int) -> UInt8 {
        place < count ? bytes[place] : 0
    }

    private func digit(_ place: Int) -> Int? {
        let byte = byte(place)
        return (0x30...0x39).contains(byte) ? Int(byte - 0x30) : nil
    }

    private func digitRun(from place: Int) -> Int {
        var length = 0
        while digit(place + length) != nil { length += 1 }
        return length
    }

    private mutating func number(_ digits: Int) -> Int? {
        var number = 0
        for _ in 0..<digits {
            guard let digit = digit(offset) else { return nil }
            number = number * 10 + digit
            offset += 1
        }
        return number
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard offset < count, bytes[offset] == UInt8(ascii: character) else { return false }
        offset += 1
        return true
    }
}
