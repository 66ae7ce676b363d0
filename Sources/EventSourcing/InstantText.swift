/// RFC 3339 text of an instant, read and written without Foundation.
extension Instant {
    /// The instant in UTC as RFC 3339 section 5.6: `2026-03-03T07:59:11Z`.
    ///
    /// A fraction of up to six digits, without trailing zeros, appears only when it is not zero. Equal instants give
    /// equal text. Years below 0 or above 9999 are written with their sign or their extra digits (ISO 8601 expanded
    /// form).
    package var iso8601: String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(27)
        appendISO8601(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends the bytes of `iso8601`, for writers that build no strings.
    package func appendISO8601(to bytes: inout [UInt8]) {
        if let words = iso8601Words {
            withUnsafeBytes(of: words.first.littleEndian) { bytes.append(contentsOf: $0) }
            withUnsafeBytes(of: words.second.littleEndian) { bytes.append(contentsOf: $0) }
            withUnsafeBytes(of: words.last.littleEndian) { bytes.append(contentsOf: $0) }
            return
        }
        let (day, inDay) = Self.floorDivide(microseconds, by: Self.microsecondsPerDay)
        let date = CivilDate(daysSince1970: day)
        let second = inDay / 1_000_000
        var fraction = inDay % 1_000_000
        if date.year < 0 { bytes.append(UInt8(ascii: "-")) }
        if date.year.magnitude > 9_999 { Self.appendDigits(Int64(date.year.magnitude) / 10_000, width: 1, to: &bytes) }
        Self.appendDigits(Int64(date.year.magnitude) % 10_000, width: 4, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        Self.appendDigits(date.month, width: 2, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        Self.appendDigits(date.day, width: 2, to: &bytes)
        bytes.append(UInt8(ascii: "T"))
        Self.appendDigits(second / 3_600, width: 2, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        Self.appendDigits(second / 60 % 60, width: 2, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        Self.appendDigits(second % 60, width: 2, to: &bytes)
        if fraction != 0 {
            var width = 6
            while fraction % 10 == 0 {
                fraction /= 10
                width -= 1
            }
            bytes.append(UInt8(ascii: "."))
            Self.appendDigits(fraction, width: width, to: &bytes)
        }
        bytes.append(UInt8(ascii: "Z"))
    }

    /// The twenty bytes of `iso8601` where that is the usual `2026-03-03T07:59:11Z`, as numbers, first byte lowest;
    /// `nil` where it has a fraction or a year outside 0 to 9999.
    package var iso8601Words: (first: UInt64, second: UInt64, last: UInt32)? {
        let (day, inDay) = Self.floorDivide(microseconds, by: Self.microsecondsPerDay)
        let date = CivilDate(daysSince1970: day)
        let (second, fraction) = inDay.quotientAndRemainder(dividingBy: 1_000_000)
        guard fraction == 0, date.year >= 0, date.year <= 9_999 else { return nil }
        let (year, time) = (UInt64(truncatingIfNeeded: date.year), UInt64(truncatingIfNeeded: second))
        let dash = UInt64(UInt8(ascii: "-"))
        let colon = UInt64(UInt8(ascii: ":"))
        let yearAndMonth =
            Self.twoDigits(year / 100) | Self.twoDigits(year % 100) << 16 | dash << 32
            | Self.twoDigits(UInt64(truncatingIfNeeded: date.month)) << 40 | dash << 56
        let dayToMinute =
            Self.twoDigits(UInt64(truncatingIfNeeded: date.day)) | UInt64(UInt8(ascii: "T")) << 16
            | Self.twoDigits(time / 3_600) << 24 | colon << 40 | Self.twoDigits(time / 60 % 60) << 48
        let rest = colon | Self.twoDigits(time % 60) << 8 | UInt64(UInt8(ascii: "Z")) << 24
        return (yearAndMonth, dayToMinute, UInt32(truncatingIfNeeded: rest))
    }

    /// A number below 100 as two bytes of text, the tens lowest.
    @inline(__always)
    private static func twoDigits(_ number: UInt64) -> UInt64 {
        0x3030 | number / 10 | (number % 10) << 8
    }

    /// Reads an RFC 3339 section 5.6 date-time, with `Z` or a numeric offset.
    ///
    /// Years 0000 to 9999, seconds 00 to 59 (a leap second has no place in POSIX time), a fraction of one to six
    /// digits. Anything else, and any date the calendar does not have, is `nil`.
    package init?(iso8601 text: String) {
        self.init(iso8601Bytes: Array(text.utf8)[...])
    }

    /// Reads the same form as `init(iso8601:)` from its UTF-8 bytes.
    package init?(iso8601Bytes bytes: ArraySlice<UInt8>) {
        var rest = bytes
        guard let year = Self.takeDigits(4, from: &rest), Self.take("-", from: &rest),
            let month = Self.takeDigits(2, from: &rest), Self.take("-", from: &rest),
            let day = Self.takeDigits(2, from: &rest), Self.take("T", from: &rest) || Self.take("t", from: &rest),
            let hour = Self.takeDigits(2, from: &rest), Self.take(":", from: &rest),
            let minute = Self.takeDigits(2, from: &rest), Self.take(":", from: &rest),
            let second = Self.takeDigits(2, from: &rest),
            hour < 24, minute < 60, second < 60,
            let date = CivilDate(year: year, month: month, day: day)
        else { return nil }
        var fraction: Int64 = 0
        if Self.take(".", from: &rest) {
            var width = 0
            while width < 6, let digit = Self.takeDigits(1, from: &rest) {
                fraction = fraction * 10 + digit
                width += 1
            }
            guard width > 0 else { return nil }
            for _ in width..<6 { fraction *= 10 }
        }
        guard let offset = Self.takeOffset(from: &rest), rest.isEmpty else { return nil }
        let seconds = date.daysSince1970 * 86_400 + hour * 3_600 + minute * 60 + second - offset
        self.init(microseconds: seconds * 1_000_000 + fraction)
    }

    private static let microsecondsPerDay: Int64 = 86_400_000_000

    private static func floorDivide(_ value: Int64, by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }

    private static func appendDigits(_ value: Int64, width: Int, to bytes: inout [UInt8]) {
        var divisor: Int64 = 1
        for _ in 1..<max(width, 1) { divisor *= 10 }
        while value / divisor >= 10 { divisor *= 10 }
        while divisor > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value / divisor % 10))
            divisor /= 10
        }
    }

    private static func takeDigits(_ count: Int, from rest: inout ArraySlice<UInt8>) -> Int64? {
        guard rest.count >= count else { return nil }
        var value: Int64 = 0
        for byte in rest.prefix(count) {
            guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
            value = value * 10 + Int64(byte - UInt8(ascii: "0"))
        }
        rest.removeFirst(count)
        return value
    }

    private static func take(_ character: Unicode.Scalar, from rest: inout ArraySlice<UInt8>) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest.removeFirst()
        return true
    }

    /// Seconds east of UTC, or `nil` when there is neither `Z` nor a sound numeric offset.
    private static func takeOffset(from rest: inout ArraySlice<UInt8>) -> Int64? {
        if take("Z", from: &rest) || take("z", from: &rest) { return 0 }
        let sign: Int64
        if take("+", from: &rest) { sign = 1 } else if take("-", from: &rest) { sign = -1 } else { return nil }
        guard let hours = takeDigits(2, from: &rest), take(":", from: &rest), let minutes = takeDigits(2, from: &rest),
            hours < 24, minutes < 60
        else { return nil }
        return sign * (hours * 3_600 + minutes * 60)
    }
}
