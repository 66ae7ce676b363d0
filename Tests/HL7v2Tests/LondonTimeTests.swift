import Foundation
import Testing

@testable import HL7v2

@Suite struct LondonTimeTests {
    private func utc(_ text: String) throws -> Int64 {
        try #require(HL7Timestamp(parsing: text + "+0000")).resolved().microseconds
    }

    private func local(_ text: String, hint: Int64? = nil) throws -> LondonTime.Resolved {
        try #require(HL7Timestamp(parsing: text)).resolved(hint: hint)
    }

    @Test func `the hour that happens twice is the first of the two, marked`() throws {
        let resolved = try local("20261025013000")
        #expect(resolved.microseconds == (try utc("20261025003000")))
        #expect(resolved.isAmbiguous && !resolved.wasShifted)
        #expect(try local("20241027013000").isAmbiguous)
    }

    @Test func `told before the second of the two it was surely the first`() throws {
        let resolved = try local("20261025013000", hint: try utc("20261025003500"))
        #expect(resolved.microseconds == (try utc("20261025003000")))
        #expect(!resolved.isAmbiguous)
    }

    @Test func `told soon after the second it was more likely the second, and stays marked`() throws {
        let resolved = try local("20261025013000", hint: try utc("20261025013500"))
        #expect(resolved.microseconds == (try utc("20261025013000")))
        #expect(resolved.isAmbiguous)
        // Clocks differ a little: told four minutes too early is told at the time.
        #expect(try local("20261025013000", hint: try utc("20261025012600")).microseconds == utc("20261025013000"))
    }

    @Test func `told the next day it may be either`() throws {
        let resolved = try local("20261025013000", hint: try utc("20261026090000"))
        #expect(resolved.microseconds == (try utc("20261025003000")))
        #expect(resolved.isAmbiguous)
    }

    @Test(arguments: [Int64.min, Int64.max])
    func `a hint out of all range does no harm`(hint: Int64) throws {
        #expect(try local("20261025013000", hint: hint).microseconds == utc("20261025003000"))
    }

    @Test func `the hour that does not happen is moved one hour on, marked`() throws {
        let resolved = try local("20260329013000")
        #expect(resolved.microseconds == (try utc("20260329013000")))
        #expect(resolved.wasShifted && !resolved.isAmbiguous)
        let shown = LondonTime.civil(resolved.microseconds)
        #expect((shown.hour, shown.minute, shown.offsetMinutes) == (2, 30, 60))
    }

    @Test(arguments: [
        ("20260329005959", "20260329005959", false, false), ("20260329010000", "20260329010000", false, true),
        ("20260329015959", "20260329015959", false, true), ("20260329020000", "20260329010000", false, false),
        ("20261025005959", "20261024235959", false, false), ("20261025010000", "20261025000000", true, false),
        ("20261025015959", "20261025005959", true, false), ("20261025020000", "20261025020000", false, false),
        ("20240331005900", "20240331005900", false, false), ("20240331020100", "20240331010100", false, false),
    ])
    func `the edges of both nights are right`(
        text: String, instant: String, isAmbiguous: Bool, wasShifted: Bool
    ) throws {
        let resolved = try local(text)
        #expect(resolved.microseconds == (try utc(instant)))
        #expect(resolved.isAmbiguous == isAmbiguous && resolved.wasShifted == wasShifted)
    }

    @Test func `a night is thirteen hours in spring and fifteen in autumn`() throws {
        let hour: Int64 = 3_600_000_000
        #expect(try local("202603290800").microseconds - local("202603281800").microseconds == 13 * hour)
        #expect(try local("202610250800").microseconds - local("202610241800").microseconds == 15 * hour)
    }

    @Test func `the offset is the one the operating system knows, from 1972 to 2037`() throws {
        let zone = try #require(TimeZone(identifier: "Europe/London"))
        for day in 2 * 365..<68 * 365 {
            // Every hour of the months in which the clocks change, and noon of every other day.
            let month = CivilDay.date(day).month
            for hour in month == 3 || month == 10 ? Array(0...23) : [12] {
                let seconds = Int64(day) * 86_400 + Int64(hour) * 3_600
                let offset = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds))) / 60
                guard LondonTime.offsetMinutes(at: seconds * 1_000_000) == offset else {
                    Issue.record("offset differs at \(seconds)")
                    return
                }
            }
        }
    }

    @Test func `local time and back is the same instant except where it is told otherwise`() {
        var generator = SplitMix64(seed: 11)
        for _ in 0..<5_000 {
            let instant = Int64.random(in: 0...4_102_444_800_000_000, using: &generator)
            let civil = LondonTime.civil(instant)
            let back = LondonTime.utcMicroseconds(
                year: civil.year, month: civil.month, day: civil.day, hour: civil.hour, minute: civil.minute,
                second: civil.second, microsecond: civil.microsecond)
            #expect(!back.wasShifted)
            #expect(back.microseconds == instant || back.isAmbiguous && instant - back.microseconds == 3_600_000_000)
        }
    }

    @Test func `days count forth and back over ten thousand years`() {
        var expected = CivilDay.number(year: 1, month: 1, day: 1)
        for year in 1...9999 {
            for month in 1...12 {
                #expect(CivilDay.number(year: year, month: month, day: 1) == expected)
                let date = CivilDay.date(expected)
                #expect(date == (year, month, 1))
                expected += CivilDay.count(year: year, month: month)
            }
        }
        #expect(CivilDay.number(year: 1970, month: 1, day: 1) == 0)
        #expect(CivilDay.date(-1) == (1969, 12, 31))
    }

    @Test func `the ends of time do not trap`() {
        for instant in [Int64.min, Int64.min + 1, -1, 0, Int64.max - 1, Int64.max] {
            #expect(LondonTime.civil(instant).month >= 1)
        }
        #expect(LondonTime.utcMicroseconds(year: 1968, month: 7, day: 1).microseconds % 86_400_000_000 == 0)
    }
}
