import Admissions
import EventSourcing
import Testing

@Suite struct MomentTests {
    private func day(_ text: String) throws -> Moment {
        Moment(try #require(Instant(iso8601: text)), precision: .day)
    }

    @Test func `a discharge by date alone counts from the end of the London day`() throws {
        // 2026-06-03 in London begins at 23:00 UTC the evening before.
        #expect(try day("2026-06-02T23:00:00Z").asEnd.iso8601 == "2026-06-03T22:59:59.999999Z")
        #expect(try day("2026-01-03T00:00:00Z").asEnd.iso8601 == "2026-01-03T23:59:59.999999Z")
    }

    @Test func `the day on which clocks go forward has 23 hours, the other 25`() throws {
        #expect(try day("2026-03-29T00:00:00Z").last.iso8601 == "2026-03-29T22:59:59.999999Z")
        #expect(try day("2026-10-24T23:00:00Z").last.iso8601 == "2026-10-25T23:59:59.999999Z")
    }

    @Test func `a time told to the minute agrees with each second of it`() throws {
        let minute = Moment(try #require(Instant(iso8601: "2026-01-05T10:15:00Z")), precision: .minute)
        let second = Moment(try #require(Instant(iso8601: "2026-01-05T10:15:59Z")))
        let later = Moment(try #require(Instant(iso8601: "2026-01-05T10:16:00Z")))
        #expect(minute.agrees(with: second))
        #expect(second.agrees(with: minute))
        #expect(!minute.agrees(with: later))
        #expect(!second.agrees(with: later))
    }

    @Test func `every shape of moment survives JSON`() throws {
        let instant = try #require(Instant(iso8601: "2026-10-25T00:30:00Z"))
        let moments =
            Moment.Precision.allCases.map { Moment(instant, precision: $0) } + [
                Moment(instant, precision: .minute, isAmbiguous: true, text: "202610250130"),
                Moment(instant, wasShifted: true, text: "20260329013000"),
                Moment(instant + .microseconds(250_000), precision: .fraction),
            ]
        for moment in moments {
            var json = JSONWriter()
            moment.encode(into: &json)
            var reader = JSONReader(json.bytes)
            #expect(try Moment(reading: &reader) == moment)
        }
    }

    @Test func `a moment told to the second is plain text`() throws {
        var json = JSONWriter()
        Moment(try #require(Instant(iso8601: "2026-03-03T07:59:11Z"))).encode(into: &json)
        #expect(String(decoding: json.bytes, as: UTF8.self) == #""2026-03-03T07:59:11Z""#)
    }
}
