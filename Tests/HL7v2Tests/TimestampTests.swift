import Testing

@testable import HL7v2

@Suite struct TimestampTests {
    @Test(arguments: [
        ("2026", HL7Timestamp.Precision.year, "2026"), ("202603", .month, "202603"), ("20260303", .day, "20260303"),
        ("2026030307", .hour, "2026030307"), ("202603030759", .minute, "202603030759"),
        ("20260303075911", .second, "20260303075911"),
        ("20260303075911.2", .fraction, "20260303075911.2000"), ("20260303075911.2415", .fraction, "20260303075911.2415"),
        ("2026+0100", .year, "2026+0100"), ("2026-0500", .year, "2026-0500"), ("20260303-0500", .day, "20260303-0500"),
        ("202603030759+0000", .minute, "202603030759+0000"), ("20260303075911.241+0100", .fraction, "20260303075911.2410+0100"),
    ])
    func `every legal precision is read with and without a zone`(
        text: String, precision: HL7Timestamp.Precision, written: String
    ) throws {
        let time = try #require(HL7Timestamp(parsing: text))
        #expect(time.precision == precision)
        #expect(time.text == written)
    }

    @Test(arguments: [
        ("20140529080238.241+0100", "20140529080238.2410+0100"),
        ("201610015080000", nil), ("201610011508000", "20161001150800.0000"), ("20180709162444249", "20180709162444.2490"),
        ("1928-01-01", "19280101"), ("2026-03", "202603"), ("2026-03-03T07:59:11Z", "20260303075911+0000"),
        ("2026-03-03T07:59:11.5+01:00", "20260303075911.5000+0100"), ("2026-03-03 07:59", "202603030759"),
        ("2026-03-03T07", "2026030307"), ("2026-03-03T075911", "20260303075911"), ("20260303T0759", "202603030759"),
        ("20260303 0759", "202603030759"), ("20260303 07:59:11", "20260303075911"), ("2026-03-03-0500", "20260303-0500"),
        ("20260303075911,25", "20260303075911.2500"), ("20260303075911.", "20260303075911"),
        ("20260303075911 +0100", "20260303075911+0100"), ("20260303075911+1", "20260303075911+0100"),
        ("20260303075911+01", "20260303075911+0100"), ("20260303075911+0530", "20260303075911+0530"),
        ("20260303075911z", "20260303075911+0000"), ("  20260303  ", "20260303"), ("20260303075911.1234567890", "20260303075911.1234"),
        ("19480700", "194807"), ("19480000", "1948"), ("19480700000000", "194807"), ("194800", "1948"),
        ("20260303240000", "20260304000000"), ("202612312400", "202701010000"), ("20260303235960", "20260303235959"),
        ("19480704000000", "19480704000000"),
    ] as [(String, String?)])
    func `sloppy forms seen on the wire are read`(text: String, written: String?) {
        #expect(HL7Timestamp(parsing: text)?.text == written)
    }

    @Test(arguments: [
        "", " ", "0", "0000", "00000000", "000000000000", "00000000000000", "20261301", "196513121515", "20260230", "20261131",
        "20250229", "20260332", "2026030324", "2026030325", "202603032460", "202603032500", "20260303075961", "2026030", "202603031",
        "20260303075", "2026030307591", "not-a-date", "\"\"", "20260303x", "20260303075911+", "20260303075911+2500",
        "20260303075911+0160", "20260303075911+010", "202603030759.5", "2026-3-3", "2026-03-3", "03/03/2026", "20260303T",
        "20260303T7", "-20260303", "2026 03 03", "20260303075911++0100", "20260303075911.5.5", "194800150000", "19480700120000",
        "20260303075911.11111111111111111111111111111111111111111", "99999999999999999999", "٢٠٢٦",
    ])
    func `what is no time is nil`(text: String) {
        let time = HL7Timestamp(parsing: text)
        // An hour alone may be 24: it is midnight.
        #expect(time == nil || text == "2026030324")
    }

    @Test func `leap days are days in leap years only`() {
        #expect(HL7Timestamp(parsing: "20240229") != nil)
        #expect(HL7Timestamp(parsing: "20000229") != nil)
        #expect(HL7Timestamp(parsing: "19000229") == nil)
    }

    @Test func `a date is told as far as it was told`() {
        #expect(HL7Timestamp(parsing: "1938")?.dateText == "1938")
        #expect(HL7Timestamp(parsing: "193804")?.dateText == "1938-04")
        #expect(HL7Timestamp(parsing: "19380412")?.dateText == "1938-04-12")
        #expect(HL7Timestamp(parsing: "20260702003000+0100")?.dateText == "2026-07-02")
    }

    @Test(arguments: [
        ("99991231", true), ("99991231235959", true), ("19000101", true), ("19000101000000", true), ("1900", false), ("19000102", false),
        ("20260303", false),
    ])
    func `dates that stand for nothing are marked`(text: String, isSentinel: Bool) {
        #expect(HL7Timestamp(parsing: text)?.isSentinel == isSentinel)
    }

    @Test(arguments: [
        ("20260303075911", "2026-03-03T07:59:11Z"), ("20260702075911", "2026-07-02T06:59:11Z"),
        ("20260702075911+0000", "2026-07-02T07:59:11Z"), ("20260702075911+0100", "2026-07-02T06:59:11Z"),
        ("20260702075911-0530", "2026-07-02T13:29:11Z"), ("20260702", "2026-07-01T23:00:00Z"), ("2026", "2026-01-01T00:00:00Z"),
        ("20260702075911.25", "2026-07-02T06:59:11.250000Z"), ("20260101000000+0100", "2025-12-31T23:00:00Z"),
    ])
    func `a time without a zone is local time in the United Kingdom`(text: String, instant: String) throws {
        let resolved = try #require(HL7Timestamp(parsing: text)).resolved()
        #expect(iso(resolved.microseconds) == instant)
        #expect(!resolved.isAmbiguous && !resolved.wasShifted)
    }

    @Test func `a time in a field is that of its first part`() throws {
        let message = try Sample.message("ZZZ|20260303^D|20260303&x~20260404|\"\"|")
        let segment = try #require(message.segment("ZZZ"))
        #expect(segment.field(1).timestamp?.text == "20260303")
        #expect(segment.field(2).timestamp?.text == "20260303")
        #expect(segment.field(3).timestamp == nil)
        #expect(segment.field(4).timestamp == nil)
    }

    @Test func `what is written is read again as it was`() throws {
        var generator = SplitMix64(seed: 3)
        for _ in 0..<2_000 {
            let instant = Int64.random(in: 0...4_102_444_800_000_000, using: &generator)
            let precision = try #require(HL7Timestamp.Precision(rawValue: Int.random(in: 0...5, using: &generator)))
            let time = HL7Timestamp(londonTimeAt: instant, precision: precision, withOffset: Bool.random(using: &generator))
            #expect(HL7Timestamp(parsing: time.text) == time)
        }
        let exact = HL7Timestamp(londonTimeAt: 1_772_524_751_250_000, precision: .fraction)
        #expect(exact.text == "20260303075911.2500+0000")
        #expect(exact.resolved().microseconds == 1_772_524_751_250_000)
        #expect(HL7Timestamp(londonTimeAt: .max).year == 9999)
        #expect(HL7Timestamp(londonTimeAt: .min).year == 1)
    }

    private func iso(_ microseconds: Int64) -> String {
        let seconds = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
        let day = CivilDay.date(Int(seconds.quotient / 86_400))
        let time = Int(seconds.quotient % 86_400)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let fraction = seconds.remainder == 0 ? "" : ".\(seconds.remainder)"
        return "\(day.year)-\(two(day.month))-\(two(day.day))T\(two(time / 3600)):\(two(time / 60 % 60)):\(two(time % 60))\(fraction)Z"
    }
}
