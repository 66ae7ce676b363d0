/// Between local time in the United Kingdom and UTC: the one place where that is done.
///
/// Summer time, one hour ahead, as the tz database has it for Europe/London from 1972 on:
///
/// | years | begins | ends |
/// |---|---|---|
/// | 1972–1980 | Sunday on or after 16 March, 02:00 UTC | Sunday on or after 23 October, 02:00 UTC |
/// | 1981–1989 | last Sunday of March, 01:00 UTC | Sunday on or after 23 October, 01:00 UTC |
/// | 1990–1995 | last Sunday of March, 01:00 UTC | Sunday on or after 22 October, 01:00 UTC |
/// | 1996 on | last Sunday of March, 01:00 UTC | last Sunday of October, 01:00 UTC |
///
/// Times before 1972 are taken as UTC: a feed has dates from then, and dates do not move with the clock. The years from
/// 0 to 9999 are known; others are taken as the nearest of these.
package enum LondonTime {
    /// A local time as an instant, and how sure that is.
    package struct Resolved: Hashable, Sendable {
        /// Since 1970-01-01T00:00:00Z.
        package let microseconds: Int64
        /// The local time happened twice (clocks go back) and the hint did not settle which was meant.
        package let isAmbiguous: Bool
        /// The local time did not happen (clocks go forward) and was moved one hour on.
        package let wasShifted: Bool
    }

    /// A local date and time.
    package struct Civil: Hashable, Sendable {
        package let year: Int
        package let month: Int
        package let day: Int
        package let hour: Int
        package let minute: Int
        package let second: Int
        package let microsecond: Int
        /// Minutes ahead of UTC: 0 or 60.
        package let offsetMinutes: Int
    }

    /// How far two clocks may differ before the one is taken to prove the other's hour.
    package static let clockSkewMicrosecondsMax: Int64 = 5 * 60 * 1_000_000

    private static let hourMicroseconds: Int64 = 3_600_000_000

    /// The instant of a local time.
    ///
    /// A time in the hour that happens twice is the first of the two (summer time), unless `hint` says otherwise. The
    /// hint, in microseconds since 1970, is when the time was told (the message's own time if that is sure, or when it
    /// was received), and what is told has happened: told before the second, it was the first, and that is sure; told
    /// within an hour after the second, it was more likely the second; told later, the hint says nothing. Unless sure,
    /// `isAmbiguous` is set. The fields must make a real date and time of day, as `HL7Timestamp` sees to.
    package static func utcMicroseconds(
        year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0, microsecond: Int = 0,
        hint: Int64? = nil
    ) -> Resolved {
        let year = min(max(year, 0), 9999)
        let local =
            Int64(CivilDay.number(year: year, month: month, day: day)) * CivilDay.microseconds
            + Int64(hour) * hourMicroseconds + Int64(minute * 60 + second) * 1_000_000 + Int64(microsecond)
        let first = local - hourMicroseconds
        // Clocks change in March and October only: most times need no look at the days on which they do.
        switch month {
        case 1, 2, 11, 12: return Resolved(microseconds: local, isAmbiguous: false, wasShifted: false)
        case 4...9 where year >= 1972: return Resolved(microseconds: first, isAmbiguous: false, wasShifted: false)
        default: break
        }
        guard let summer = summer(of: year) else {
            return Resolved(microseconds: local, isAmbiguous: false, wasShifted: false)
        }
        switch (summer.contains(first), summer.contains(local)) {
        case (true, true):
            return Resolved(microseconds: first, isAmbiguous: false, wasShifted: false)
        case (false, false):
            return Resolved(microseconds: local, isAmbiguous: false, wasShifted: false)
        case (false, true):
            // Neither an hour ahead nor level: the hour left out in spring. Read as winter time it shows one hour on.
            return Resolved(microseconds: local, isAmbiguous: false, wasShifted: true)
        case (true, false):
            guard let hint else { return Resolved(microseconds: first, isAmbiguous: true, wasShifted: false) }
            // A hint far out of range must not overflow; only its place beside the two instants counts.
            let (lateness, overflow) = hint.subtractingReportingOverflow(local)
            if hint < local, overflow || lateness < -clockSkewMicrosecondsMax {
                return Resolved(microseconds: first, isAmbiguous: false, wasShifted: false)
            }
            let isJustAfter = !overflow && lateness < hourMicroseconds
            return Resolved(microseconds: isJustAfter ? local : first, isAmbiguous: true, wasShifted: false)
        }
    }

    /// The local date and time at an instant, in microseconds since 1970-01-01T00:00:00Z.
    package static func civil(_ microseconds: Int64) -> Civil {
        let offset = offsetMinutes(at: microseconds)
        let (sum, overflow) = microseconds.addingReportingOverflow(Int64(offset) * 60_000_000)
        let local = overflow ? microseconds : sum
        let (day, rest) = floorDivision(local, CivilDay.microseconds)
        let date = CivilDay.date(Int(day))
        let seconds = Int(rest / 1_000_000)
        return Civil(
            year: date.year, month: date.month, day: date.day, hour: seconds / 3600, minute: seconds / 60 % 60,
            second: seconds % 60, microsecond: Int(rest % 1_000_000), offsetMinutes: offset)
    }

    /// How many minutes local time is ahead of UTC at an instant: 0 or 60.
    package static func offsetMinutes(at microseconds: Int64) -> Int {
        let year = CivilDay.date(Int(floorDivision(microseconds, CivilDay.microseconds).quotient)).year
        // Summer time never touches the turn of the year, so the year by UTC is the right one.
        return summer(of: year)?.contains(microseconds) == true ? 60 : 0
    }

    /// The instants between which summer time is kept; nil for a year without a known rule.
    private static func summer(of year: Int) -> Range<Int64>? {
        let begins: Int
        let ends: Int
        switch year {
        case 1972...1980:
            begins = CivilDay.sunday(onOrAfter: year, 3, 16)
            ends = CivilDay.sunday(onOrAfter: year, 10, 23)
        case 1981...1989:
            begins = CivilDay.sunday(onOrAfter: year, 3, 25)
            ends = CivilDay.sunday(onOrAfter: year, 10, 23)
        case 1990...1995:
            begins = CivilDay.sunday(onOrAfter: year, 3, 25)
            ends = CivilDay.sunday(onOrAfter: year, 10, 22)
        case 1996...9999:
            begins = CivilDay.sunday(onOrAfter: year, 3, 25)
            ends = CivilDay.sunday(onOrAfter: year, 10, 25)
        default:
            return nil
        }
        let timeOfDay = hourMicroseconds * (year <= 1980 ? 2 : 1)
        return Int64(begins) * CivilDay.microseconds + timeOfDay..<Int64(ends) * CivilDay.microseconds + timeOfDay
    }

    private static func floorDivision(_ dividend: Int64, _ divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
