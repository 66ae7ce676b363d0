import EventSourcing
import Testing

struct InstantTests {
    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00Z"),
            (1_772_524_751_000_000, "2026-03-03T07:59:11Z"),
            (1_772_524_751_500_000, "2026-03-03T07:59:11.5Z"),
            (1_772_524_751_000_001, "2026-03-03T07:59:11.000001Z"),
            (951_782_400_000_000, "2000-02-29T00:00:00Z"),
            (-1, "1969-12-31T23:59:59.999999Z"),
            (-62_167_219_200_000_000, "0000-01-01T00:00:00Z"),
            (253_402_300_799_999_999, "9999-12-31T23:59:59.999999Z"),
        ] as [(Int64, String)])
    func `text and microseconds stand for each other`(microseconds: Int64, text: String) {
        #expect(Instant(microseconds: microseconds).iso8601 == text)
        #expect(Instant(iso8601: text) == Instant(microseconds: microseconds))
    }

    @Test func `an offset is taken off`() {
        #expect(Instant(iso8601: "2026-07-01T09:00:00+01:00") == Instant(iso8601: "2026-07-01T08:00:00Z"))
        #expect(Instant(iso8601: "2026-06-30T20:30:00-04:30") == Instant(iso8601: "2026-07-01T01:00:00Z"))
    }

    @Test(arguments: [
        "", "2026", "2026-03-03", "2026-03-03T07:59Z", "2026-03-03T07:59:11", "2026-02-29T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-00-01T00:00:00Z", "2026-01-00T00:00:00Z", "2026-04-31T00:00:00Z", "1900-02-29T00:00:00Z",
        "2026-01-01T24:00:00Z",
        "2026-01-01T00:60:00Z", "2026-01-01T00:00:60Z", "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00.1234567Z",
        "2026-01-01T00:00:00+1:00", "2026-01-01T00:00:00+24:00", "2026-01-01T00:00:00ZZ", " 2026-01-01T00:00:00Z",
        "+026-01-01T00:00:00Z",
    ])
    func `what is not a date-time is refused`(text: String) {
        #expect(Instant(iso8601: text) == nil)
    }

    @Test func `every day of eight centuries survives the round trip`() {
        for day in stride(from: Int64(-146_097), through: 146_097, by: 1) {
            let instant = Instant(microseconds: day * 86_400_000_000 + 45_296_000_789)
            #expect(Instant(iso8601: instant.iso8601) == instant)
        }
    }

    @Test func `the ends of the range do not trap`() {
        #expect(Instant(microseconds: .min).iso8601.hasPrefix("-290308-"))
        #expect(Instant(microseconds: .max).iso8601.hasPrefix("294247-"))
        #expect(Instant(microseconds: .max) + .seconds(1) == Instant(microseconds: .max))
        #expect(Instant(microseconds: .min) - .seconds(1) == Instant(microseconds: .min))
    }

    @Test func `durations move an instant and measure between two`() throws {
        let morning = try #require(Instant(iso8601: "2026-03-03T07:59:11Z"))
        #expect((morning + .milliseconds(1_500)).iso8601 == "2026-03-03T07:59:12.5Z")
        #expect(morning + .seconds(60) - morning == .seconds(60))
        #expect(morning - .seconds(60) < morning)
    }
}
