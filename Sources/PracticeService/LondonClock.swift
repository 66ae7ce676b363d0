import Admissions
package import EventSourcing

/// What London's clock and calendar say of instants, for answers: offsets, nights, working evenings.
///
/// `LondonCalendar` and `LondonDay` do the conversion.
package enum LondonClock {
    /// London midnights that lie after `start` and not after `end`: a stay's nights. 0 where `end` is not after
    /// `start`.
    package static func midnights(from start: Instant, to end: Instant) -> Int64 {
        max(0, LondonDay(of: end).number - LondonDay(of: start).number)
    }

    /// 18:00 London time on the working day before the day of `now`: the start of the window of a list that is asked
    /// for without `since` (domain.md section 6.1).
    ///
    /// Working days are Monday to Friday, so a Monday's window opens on Friday at 18:00, and so do Saturday's and
    /// Sunday's. Bank holidays are not known here and count as working days: the day after one sees a day less.
    package static func eveningOfPreviousWorkingDay(before now: Instant) -> Instant {
        var day = LondonDay(of: now) + -1
        while day.isWeekend { day = day + -1 }
        return day.start(ofHour: 18)
    }

    /// Appends RFC 3339 text with London's offset: `2026-07-01T09:30:00+01:00`.
    static func append(_ instant: Instant, to bytes: inout [UInt8]) {
        let minutes = LondonCalendar.offsetMinutes(at: instant)
        (instant + .seconds(60 * minutes)).appendISO8601(to: &bytes)
        bytes.removeLast()  // the Z that appendISO8601 ends with
        bytes.append(contentsOf: (minutes == 0 ? "+00:00" : "+01:00").utf8)
    }
}
