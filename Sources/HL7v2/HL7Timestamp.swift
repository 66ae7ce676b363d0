/// A time as a sender writes it: as exact as it was told, with or without its distance from UTC.
///
/// HL7 v2 chapter 2A, TS and DTM: `YYYY[MM[DD[HH[MM[SS[.S[S[S[S]]]]]]]]][+/-ZZZZ]`. Without an offset it is local time in the
/// United Kingdom (domain.md 2.9). A date is a date: `resolved` gives its first instant, but it means the whole day.
package struct HL7Timestamp: Hashable, Sendable {
    /// The last part that was told.
    package enum Precision: Int, Comparable, Hashable, Sendable {
        case year, month, day, hour, minute, second, fraction

        package static func < (left: Precision, right: Precision) -> Bool { left.rawValue < right.rawValue }
    }

    package typealias Resolved = LondonTime.Resolved

    /// 1 to 9999.
    package let year: Int
    /// 1 to 12; 1 if not told.
    package let month: Int
    /// 1 to 31; 1 if not told.
    package let day: Int
    /// 0 to 23; 0 if not told.
    package let hour: Int
    /// 0 to 59; 0 if not told.
    package let minute: Int
    /// 0 to 59; 0 if not told.
    package let second: Int
    /// 0 to 999999; digits beyond are dropped.
    package let microsecond: Int
    package let precision: Precision
    /// Minutes ahead of UTC as told; nil if not told.
    package let offsetMinutes: Int?

    /// Takes parts as they are; nil if they are no real date and time of day.
    package init?(
        year: Int, month: Int = 1, day: Int = 1, hour: Int = 0, minute: Int = 0, second: Int = 0, microsecond: Int = 0,
        precision: Precision, offsetMinutes: Int? = nil
    ) {
        guard (1...9999).contains(year), (1...12).contains(month),
            day >= 1, day <= CivilDay.count(year: year, month: month),
            (0...23).contains(hour), (0...59).contains(minute), (0...59).contains(second),
            (0...999_999).contains(microsecond), (-Self.offsetMinutesMax...Self.offsetMinutesMax).contains(offsetMinutes ?? 0)
        else { return nil }
        self.year = year
        self.month = month
        self.day = day
        self.hour = hour
        self.minute = minute
        self.second = second
        self.microsecond = microsecond
        self.precision = precision
        self.offsetMinutes = offsetMinutes
    }

    /// The farthest any zone is from UTC: +14:00.
    package static let offsetMinutesMax = 14 * 60

    /// The local time in the United Kingdom at an instant (microseconds since 1970), to write into a message.
    ///
    /// Parts beyond `precision` are dropped. Instants outside the years 1 to 9999 are moved to the nearest of them.
    package init(londonTimeAt microseconds: Int64, precision: Precision = .second, withOffset: Bool = true) {
        let limits = Int64(-62_135_596_800_000_000)...253_402_300_799_999_999
        let civil = LondonTime.civil(min(max(microseconds, limits.lowerBound), limits.upperBound))
        year = civil.year
        month = precision >= .month ? civil.month : 1
        day = precision >= .day ? civil.day : 1
        hour = precision >= .hour ? civil.hour : 0
        minute = precision >= .minute ? civil.minute : 0
        second = precision >= .second ? civil.second : 0
        microsecond = precision >= .fraction ? civil.microsecond : 0
        self.precision = precision
        offsetMinutes = withOffset ? civil.offsetMinutes : nil
    }

    /// The instant, in microseconds since 1970; for less than a full time, the first instant of what was told.
    ///
    /// With an offset it is what it says. Without, it is local time: `hint` (microseconds since 1970, when the time was
    /// told) chooses in the hour that happens twice, see `LondonTime`. Only a time of day can be ambiguous or shifted.
    package func resolved(hint: Int64? = nil) -> Resolved {
        guard let offsetMinutes else {
            return LondonTime.utcMicroseconds(
                year: year, month: month, day: day, hour: hour, minute: minute, second: second,
                microsecond: microsecond, hint: hint)
        }
        let days = CivilDay.number(year: year, month: month, day: day)
        let seconds = hour * 3600 + (minute - offsetMinutes) * 60 + second
        return Resolved(
            microseconds: Int64(days) * CivilDay.microseconds + Int64(seconds) * 1_000_000 + Int64(microsecond),
            isAmbiguous: false, wasShifted: false)
    }

    /// The date as told: `1938-04-12`, `1938-04` or `1938`. The time of day and the offset play no part.
    package var dateText: String {
        let year = Self.padded(year, 4)
        return switch precision {
        case .year: year
        case .month: "\(year)-\(Self.padded(month, 2))"
        default: "\(year)-\(Self.padded(month, 2))-\(Self.padded(day, 2))"
        }
    }

    /// Whether the date is one that stands for "not known" or "no end": 9999-12-31 or 1900-01-01.
    ///
    /// All zeros, which mean the same, are no date and give no timestamp at all.
    package var isSentinel: Bool {
        (year, month, day) == (9999, 12, 31) || (year, month, day) == (1900, 1, 1) && precision >= .day
    }

    /// The time as HL7 writes it, to its precision: `20260303075911.25+0000`; a fraction has up to four digits.
    package var text: String {
        var text = Self.padded(year, 4)
        for (part, value) in [(Precision.month, month), (.day, day), (.hour, hour), (.minute, minute), (.second, second)]
        where precision >= part {
            text += Self.padded(value, 2)
        }
        if precision == .fraction { text += "." + Self.padded(microsecond / 100, 4) }
        if let offsetMinutes {
            let distance = abs(offsetMinutes)
            text += (offsetMinutes < 0 ? "-" : "+") + Self.padded(distance / 60, 2) + Self.padded(distance % 60, 2)
        }
        return text
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
