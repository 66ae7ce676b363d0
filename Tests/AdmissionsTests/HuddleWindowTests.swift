import Admissions
import EventSourcing
import Testing

/// Since when something is new; 5 January 2026, the day of the tests, is a Monday.
@Suite struct HuddleWindowTests {
    private func window(
        _ now: String, closes: [String] = [], sheets: [String] = [], holidays: [Int] = []
    ) -> HuddleWindow {
        HuddleWindow(
            at: Given.instant(now), closes: closes.map { Given.instant($0) }, sheets: sheets.map { Given.instant($0) },
            bankHolidays: Set(holidays.map { Given.day($0) }))
    }

    private func expect(
        _ window: HuddleWindow, _ start: String, _ basis: HuddleWindow.Basis, _ line: SourceLocation = #_sourceLocation
    ) {
        #expect(window.start == Given.instant(start), sourceLocation: line)
        #expect(window.basis == basis, sourceLocation: line)
    }

    @Test func `the window begins where the last huddle was closed`() {
        expect(window("+1 07:50", closes: ["-3 08:10", "08:20"]), "08:20", .closed)
        // The same day as well: what comes after it is for tomorrow.
        expect(window("10:00", closes: ["-3 08:10", "08:20"]), "08:20", .closed)
        expect(window("08:10", closes: ["-3 08:10", "08:20"]), "-3 08:10", .closed)
    }

    @Test func `a huddle that was not closed ended with its sheet`() {
        let sheets = ["07:55", "+1 07:40", "+1 07:50"]
        expect(window("+2 08:00", closes: ["08:20"], sheets: sheets), "+1 07:50", .sheetPrinted)
        expect(window("+1 08:00", sheets: ["07:55"]), "07:55", .sheetPrinted)
    }

    @Test func `today's sheet is for today's huddle, and takes nothing from it`() {
        expect(window("08:00", closes: ["-3 08:10"], sheets: ["07:55"]), "-3 08:10", .closed)
        expect(window("08:00", sheets: ["07:55"]), "-3 08:00", .workingDay)
    }

    @Test func `a sheet printed on a Sunday or a bank holiday is for the day after`() {
        expect(window("08:00", closes: ["-3 08:10"], sheets: ["-1 20:00"]), "-3 08:10", .closed)
        expect(window("+1 08:00", closes: ["-3 08:10"], sheets: ["20:00"], holidays: [0]), "-3 08:10", .closed)
    }

    @Test func `a sheet printed after the close of its day moves nothing`() {
        expect(window("+1 08:00", closes: ["08:20"], sheets: ["17:00"]), "08:20", .closed)
    }

    @Test func `without either the window begins at eight on the last working day`() {
        expect(window("07:00"), "-3 08:00", .workingDay)
        expect(window("09:00"), "-3 08:00", .workingDay)
        expect(window("+1 07:00"), "08:00", .workingDay)
        expect(window("+6 12:00"), "+4 08:00", .workingDay)
        expect(window("07:00", holidays: [-3, -4]), "-5 08:00", .workingDay)
    }

    @Test func `eight in the morning is eight on the wall in summer`() {
        let summer = LondonDay("2026-07-15").map { $0.start + .seconds(9 * 3_600) }
        let window = HuddleWindow(at: summer ?? Given.instant("09:00"), closes: [], sheets: [], bankHolidays: [])
        #expect(window.start == Instant(iso8601: "2026-07-14T08:00:00+01:00"))
    }

    @Test func `a calendar of nothing but holidays ends somewhere`() {
        let always = Set((-60...60).map { Given.day($0) })
        let window = HuddleWindow(at: Given.instant("09:00"), closes: [], sheets: [], bankHolidays: always)
        #expect(window.start == Given.instant("-35 08:00"))
    }

    /// A huddle of a working day: what it shows ends with its close, or with its last sheet.
    private struct Held {
        var closes: [Instant] = []
        var sheets: [Instant] = []
        var end: Instant? { closes.max() ?? sheets.max() }
    }

    /// Five weeks of huddles: closed, only printed, or forgotten; sheets printed again in the afternoon, and on Sundays.
    private func huddles(_ generator: inout SeededGenerator) -> [Held] {
        (0..<35).map { number in
            let day = Given.day(number)
            func at(_ hour: Int, _ minutes: ClosedRange<Int>) -> Instant {
                day.start(ofHour: hour) + .seconds(60 * Int.random(in: minutes, using: &generator))
            }
            var held = Held()
            if day.isWeekend {
                // For Monday: it stands for no huddle.
                if Int.random(in: 0..<3, using: &generator) == 0 { held.sheets.append(at(20, 0...59)) }
                return held
            }
            let kind = Int.random(in: 0..<4, using: &generator)
            if kind > 0 { held.sheets.append(at(7, 30...59)) }
            if kind > 1 { held.closes.append(at(8, 0...119)) }
            if kind > 0, Int.random(in: 0..<3, using: &generator) == 0 { held.sheets.append(at(16, 0...59)) }
            return held
        }
    }

    @Test(arguments: 1...40) func `each admission is new in exactly one huddle, however late it is told`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let held = huddles(&generator)
        let (closes, sheets) = (held.flatMap(\.closes), held.flatMap(\.sheets))
        let ends = held.enumerated().compactMap { number, held in (Given.day(number).isWeekend ? nil : held.end) }
        let windows = ends.map { end in
            (
                window: HuddleWindow(at: end, closes: closes.filter { $0 < end }, sheets: sheets, bankHolidays: []),
                end: end
            )
        }
        let (first, last) = (try #require(windows.first), try #require(windows.last))
        for _ in 0..<500 {
            let happened = Given.day(-2).start + .seconds(Int.random(in: 0..<37 * 86_400, using: &generator))
            // At once, within the hour, or days later.
            let delays = [0...0, 0...3_600, 0...6 * 86_400]
            let told = happened + .seconds(Int.random(in: delays[Int.random(in: 0..<3, using: &generator)], using: &generator))
            guard first.window.start < told, told <= last.end else { continue }
            let shown = windows.filter { $0.window.start < told && told <= $0.end }.count
            #expect(shown == 1, "seed \(seed), told \(told)")
        }
    }
}
