import Admissions
import EventSourcing
import HL7v2
import Testing

/// `Admissions.LondonCalendar` and `LondonDay` may say nothing that `HL7v2.LondonTime` does not.
@Suite struct LondonCalendarTests {
    @Test func `the offset is LondonTime's at every half hour around each change from 1996 to 2100`() throws {
        for year in 1996...2100 {
            for month in ["03", "10"] {
                let start = try #require(Instant(iso8601: "\(year)-\(month)-24T00:00:00Z"))
                for half in 0..<(9 * 48) {
                    let instant = Instant(microseconds: start.microseconds + Int64(half) * 1_800_000_000)
                    #expect(
                        LondonCalendar.offsetMinutes(at: instant)
                            == LondonTime.offsetMinutes(at: instant.microseconds))
                }
            }
        }
    }

    @Test func `a day begins at midnight on the wall`() {
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<2_000 {
            let day = LondonDay(number: Int64.random(in: 10_000..<40_000, using: &generator))
            let civil = LondonTime.civil(day.start.microseconds)
            #expect((civil.hour, civil.minute, civil.second) == (0, 0, 0))
            #expect(LondonDay(of: day.start) == day)
            #expect(LondonDay(of: Instant(microseconds: day.start.microseconds - 1)) == day + -1)
        }
    }

    @Test func `an hour of a day is that hour on the wall, on the days of a change too`() throws {
        for year in 1996...2100 {
            for month in ["03", "10"] {
                for date in 24...31 {
                    let day = try #require(LondonDay("\(year)-\(month)-\(date)"))
                    for hour in [2, 3, 8, 18, 23] {
                        let civil = LondonTime.civil(day.start(ofHour: hour).microseconds)
                        #expect((civil.day, civil.hour, civil.minute) == (date, hour, 0))
                    }
                }
            }
        }
    }
}
