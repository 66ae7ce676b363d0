package import EventSourcing
import HL7v2

/// What London's clocks and calendar say of instants: offsets, days, nights, working evenings.
///
/// The conversion itself is `HL7v2.LondonTime`'s alone. Here only the sure direction is used, from an instant to the
/// wall, and one wall time, 18:00, that no clock change touches; so nothing is ever guessed.
package enum LondonClock {
    /// The London day of an instant, counted in days from 1970-01-01.
    package static func day(of instant: Instant) -> Int64 {
        let local = local(instant).microseconds
        let day = local / microsecondsPerDay
        return local % microsecondsPerDay < 0 ? day - 1 : day
    }

    /// London midnights that lie after `start` and not after `end`: a stay's nights. 0 where `end` is not after `start`.
    package static func midnights(from start: Instant, to end: Instant) -> Int64 {
        max(0, day(of: end) - day(of: start))
    }

    /// The hour of London's clock, 0 to 23.
    package static func hour(of instant: Instant) -> Int {
        LondonTime.civil(instant.microseconds).hour
    }

    /// 18:00 London time on the working day before the day of `now`: the start of the window of a list that is asked
    /// for without `since` (domain.md section 6.1).
    ///
    /// Working days are Monday to Friday, so a Monday's window opens on Friday at 18:00, and so do Saturday's and
    /// Sunday's. Bank holidays are not known here and count as working days: the day after one sees a day less.
    package static func eveningOfPreviousWorkingDay(before now: Instant) -> Instant {
        var day = day(of: now) - 1
        while !isMondayToFriday(day) { day -= 1 }
        let wall = Instant(microseconds: day * microsecondsPerDay) + .seconds(18 * 3_600)
        // Clocks change at 01:00 UTC, so 18:00 by the wall and 18:00 UTC lie on the same side of any change.
        return wall - .seconds(60 * LondonTime.offsetMinutes(at: wall.microseconds))
    }

    /// Appends RFC 3339 text with London's offset: `2026-07-01T09:30:00+01:00`.
    static func append(_ instant: Instant, to bytes: inout [UInt8]) {
        local(instant).appendISO8601(to: &bytes)
        bytes.removeLast()  // the Z that appendISO8601 ends with
        let isSummer = LondonTime.offsetMinutes(at: instant.microseconds) == 60
        bytes.append(contentsOf: (isSummer ? "+01:00" : "+00:00").utf8)
    }

    private static let microsecondsPerDay: Int64 = 86_400_000_000

    /// London's wall time written as if it were UTC.
    private static func local(_ instant: Instant) -> Instant {
        instant + .seconds(60 * LondonTime.offsetMinutes(at: instant.microseconds))
    }

    /// 1970-01-01, day 0, was a Thursday.
    private static func isMondayToFriday(_ day: Int64) -> Bool {
        let daysSinceMonday = ((day + 3) % 7 + 7) % 7
        return daysSinceMonday < 5
    }
}
