import EventSourcing
import Foundation
import Testing

@testable import PracticeService

@Suite struct LondonClockTests {
    @Test func `a list without since opens at 18 h of the previous working day`() {
        let cases: [(now: String, since: String)] = [
            // Monday's window, and the weekend's, opens on Friday.
            ("2026-03-02T08:00:00Z", "2026-02-27T18:00:00Z"),
            ("2026-03-01T12:00:00Z", "2026-02-27T18:00:00Z"),
            ("2026-02-28T00:00:00Z", "2026-02-27T18:00:00Z"),
            ("2026-02-27T23:59:59Z", "2026-02-26T18:00:00Z"),
            ("2026-03-03T08:00:00Z", "2026-03-02T18:00:00Z"),
            // After 18 h it is still the evening before.
            ("2026-03-03T20:00:00Z", "2026-03-02T18:00:00Z"),
            // In summer 18 h is 17 h UTC, and London's day begins an hour before UTC's.
            ("2026-07-07T07:00:00Z", "2026-07-06T17:00:00Z"),
            ("2026-07-06T23:30:00Z", "2026-07-06T17:00:00Z"),
            // Over the nights when clocks change (Sunday 2026-03-29, Sunday 2026-10-25).
            ("2026-03-30T07:00:00Z", "2026-03-27T18:00:00Z"),
            ("2026-03-31T07:00:00Z", "2026-03-30T17:00:00Z"),
            ("2026-10-26T08:00:00Z", "2026-10-23T17:00:00Z"),
            ("2026-10-27T08:00:00Z", "2026-10-26T18:00:00Z"),
            ("2026-01-01T08:00:00Z", "2025-12-31T18:00:00Z"),
        ]
        for (now, since) in cases {
            #expect(
                LondonClock.eveningOfPreviousWorkingDay(before: Given.instant(now)) == Given.instant(since), "\(now)")
        }
    }

    @Test func `nights are London's midnights`() {
        let cases: [(start: String, end: String, nights: Int64)] = [
            ("2026-03-28T23:30:00Z", "2026-03-29T07:00:00Z", 1),
            ("2026-02-09T15:22:00Z", "2026-03-03T08:02:04Z", 22),
            ("2026-03-03T00:00:00Z", "2026-03-03T23:59:59Z", 0),
            ("2026-07-01T22:59:59Z", "2026-07-01T23:00:00Z", 1),
            ("2026-07-01T23:00:00Z", "2026-07-02T22:59:59Z", 0),
            ("2026-10-24T23:00:00Z", "2026-10-25T23:59:59Z", 0),
            ("2026-03-03T08:00:00Z", "2026-03-01T08:00:00Z", 0),
        ]
        for (start, end, nights) in cases {
            #expect(LondonClock.midnights(from: Given.instant(start), to: Given.instant(end)) == nights, "\(start)")
        }
    }

    @Test func `clinical times are those of the tz database`() {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_GB_POSIX")
        formatter.timeZone = TimeZone(identifier: "Europe/London")
        formatter.dateFormat = "yyyy-MM-dd'T'HH:mm:ssxxx"
        var seed: UInt64 = 20_260_303
        var instants = ["2026-03-29T00:59:59Z", "2026-03-29T01:00:00Z", "2026-10-25T00:59:59Z", "2026-10-25T01:00:00Z"]
            .map(Given.instant)
        for _ in 0..<5_000 {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            // 1996 to 2037: the rule of today, and what the tz database holds.
            instants.append(Instant(microseconds: (820_454_400 + Int64(seed >> 33) % 1_325_376_000) * 1_000_000))
        }
        for instant in instants {
            var bytes: [UInt8] = []
            LondonClock.append(instant, to: &bytes)
            let date = Date(timeIntervalSince1970: Double(instant.microseconds / 1_000_000))
            #expect(String(decoding: bytes, as: UTF8.self) == formatter.string(from: date))
        }
    }
}

@Suite struct DayTextTests {
    @Test func `a day is read from the beginning of what hospitals write`() {
        let cases: [(String?, String?)] = [
            (nil, nil), ("", nil), ("20260305", "2026-03-05"), ("202603051200", "2026-03-05"),
            ("2026-03-05", "2026-03-05"), ("2026-03-05T12:00:00Z", "2026-03-05"), ("202603", nil), ("2026-03", nil),
            ("tomorrow", nil), ("2026-3-5", nil),
        ]
        for (text, day) in cases { #expect(DayText.day(of: text) == day) }
    }
}
