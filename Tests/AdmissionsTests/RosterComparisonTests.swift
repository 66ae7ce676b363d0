import Admissions
import EventSourcing
import Testing

/// What a file changes of a list, and what it must not.
@Suite struct RosterComparisonTests {
    private static let five = Roster.file(
        Roster.row(0), Roster.row(1), Roster.row(2, surname: "Quince"), Roster.row(3), Roster.row(4, score: "9"))

    private func changes(_ bytes: [UInt8], _ list: RegisteredList) throws -> [RegistrationEvent.Change.Kind] {
        try Roster.comparison(try Roster.reading(bytes), list).events.map(\.change.kind)
    }

    @Test func `everybody joins an empty list, and since when is told by the file alone`() throws {
        let list = try Roster.list(Self.five)
        #expect(list.listedCount == 5)
        #expect(try list.listed == (0..<5).map(Roster.person))
        #expect(list.registrations[try Roster.person(0)]?.periods == [.init(from: nil)])
        let told = try Roster.list(
            Roster.file("9990000018,12/04/1938,Tester,01/02/2003", headings: "NHS number,DOB,Surname,Registered date"))
        #expect(told.registrations[try Roster.person(0)]?.periods == [.init(from: LondonDay("2003-02-01"))])
    }

    @Test func `who joins later joins on the day of the file`() throws {
        let list = try Roster.list(Roster.file(Roster.row(0)), Roster.file(Roster.row(0), Roster.row(1)))
        #expect(list.registrations[try Roster.person(1)]?.periods == [.init(from: Roster.today)])
    }

    @Test func `who is no longer in the file has left, and is still known`() throws {
        let list = try Roster.list(Self.five, Roster.file(Roster.row(0), Roster.row(1)))
        #expect(list.listedCount == 2)
        let gone = try #require(list.registrations[try Roster.person(4)])
        #expect(!gone.isListed && gone.leftOn == Roster.today && gone.patient.symphony?.score == 9)
    }

    @Test func `who comes back has two periods`() throws {
        var list = try Roster.list(Roster.file(Roster.row(0), Roster.row(1)), Roster.file(Roster.row(0)))
        let later = LondonDay("2026-06-01")
        let back = try Roster.comparison(
            try Roster.reading(Roster.file(Roster.row(0), Roster.row(1))), list, today: later)
        #expect(back.joinedCount == 1)
        list = try Roster.list(list, after: back.events)
        let registration = try #require(list.registrations[try Roster.person(1)])
        #expect(registration.periods == [.init(from: nil, to: Roster.today), .init(from: later)])
        #expect(registration.isListed(on: try #require(LondonDay("2026-03-02"))))
        #expect(!registration.isListed(on: try #require(LondonDay("2026-03-03"))))
        #expect(!registration.isListed(on: try #require(LondonDay("2026-05-31"))))
        #expect(registration.isListed(on: try #require(LondonDay("2026-06-01"))))
    }

    @Test func `each change is an event of its own kind`() throws {
        let list = try Roster.list(Roster.file(Roster.row(0, score: "3"), Roster.row(1)))
        #expect(try changes(Roster.file(Roster.row(0, score: "8"), Roster.row(1)), list) == [.symphonyScored])
        #expect(try changes(Roster.file(Roster.row(0), Roster.row(1)), list) == [.symphonyScored])
        #expect(
            try changes(Roster.file(Roster.row(0, surname: "Quince", score: "3"), Roster.row(1)), list)
                == [.detailsChanged])
        #expect(
            try changes(Roster.file(Roster.row(0, score: "8", gp: "Dr Rowe"), Roster.row(2)), list)
                == [.detailsChanged, .symphonyScored, .listed, .left])
        let comparison = try Roster.comparison(
            try Roster.reading(Roster.file(Roster.row(0, score: "8", gp: "Dr Rowe"), Roster.row(2))), list)
        #expect(comparison.changedCount == 1 && comparison.joinedCount == 1 && comparison.leftCount == 1)
        #expect(comparison.listedAfter == 2)
    }

    @Test func `a column that the file lacks changes nothing, one that is empty does`() throws {
        let list = try Roster.list(Self.five)
        let narrow = "NHS number,Date of birth,Surname"
        let cells = (0..<5).map { "\(Roster.numbers[$0]),12/04/1938,\($0 == 2 ? "Quince" : "Tester")" }
        let bytes = Array(([narrow] + cells).joined(separator: "\n").utf8)
        #expect(try changes(bytes, list).isEmpty)
        #expect(
            try changes(
                Array(([narrow + ",Symphony score"] + cells.map { $0 + "," }).joined(separator: "\n").utf8), list)
                == [.symphonyScored])
    }

    @Test func `a score told again without its day keeps the day`() throws {
        let list = try Roster.list(
            Roster.file(
                "9990000018,12/04/1938,Tester,9,01/02/2026", headings: "NHS number,DOB,Surname,Symphony,Symphony date"))
        let again = Roster.file("9990000018,12/04/1938,Tester,9", headings: "NHS number,DOB,Surname,Symphony")
        #expect(try changes(again, list).isEmpty)
    }

    // MARK: Who must not leave

    @Test(arguments: [
        Roster.row(4, born: "soon"), Roster.row(4, score: "12"), Roster.row(4) + ",more",
        Roster.row(4, surname: "\"Tester"), Roster.row(4, surname: ""), "\(Roster.numbers[4])",
    ])
    func `a row held back for a known number does not take its person off the list`(row: String) throws {
        let list = try Roster.list(Self.five)
        let bytes = Roster.file(
            Roster.row(0), Roster.row(1), Roster.row(2, surname: "Quince"), Roster.row(3), row)
        let comparison = try Roster.comparison(try Roster.reading(bytes), list)
        #expect(comparison.events.isEmpty && comparison.sparedCount == 1)
    }

    @Test func `a broken number does not take off the list whom the rest of the row describes`() throws {
        let list = try Roster.list(Self.five)
        let bytes = Roster.file(
            Roster.row(0), Roster.row(1), "9990000035,12/04/1938,QUINCE,,Dr Vane", Roster.row(3),
            Roster.row(4, score: "9"))
        let comparison = try Roster.comparison(try Roster.reading(bytes), list)
        #expect(comparison.events.isEmpty && comparison.sparedCount == 1)
    }

    @Test func `whom nobody mentions leaves, whatever else is held back`() throws {
        let list = try Roster.list(Self.five)
        let bytes = Roster.file(
            Roster.row(0), Roster.row(1), Roster.row(3), Roster.row(4, score: "9"), Roster.row(7, born: "soon"),
            "9990000035,12/04/1938,Rowan,,")
        let comparison = try Roster.comparison(try Roster.reading(bytes), list)
        #expect(comparison.leftCount == 1 && comparison.sparedCount == 0)
    }

    @Test func `a file by which too many would leave is refused`() throws {
        let list = try Roster.list(Roster.file(Roster.row(0), Roster.row(1), Roster.row(2), Roster.row(3)))
        let reading = try Roster.reading(Roster.file(Roster.row(0), Roster.row(1), Roster.row(2)))
        #expect(throws: RosterRefusal.tooManyLeft(left: 1, listed: 4)) {
            try Roster.comparison(reading, list, removedPercentMax: 24.9)
        }
        #expect(try Roster.comparison(reading, list, removedPercentMax: 25).leftCount == 1)
        #expect(throws: RosterRefusal.tooManyLeft(left: 1, listed: 4)) {
            try Roster.comparison(reading, list, removedPercentMax: 0)
        }
    }

    // MARK: For any files

    /// A list file of people drawn from sixty, some rows of it broken.
    private static func randomFile(_ generator: inout SeededGenerator, faultsIn100: Int) -> [UInt8] {
        var rows: [String] = []
        for index in Roster.numbers.indices where Int.random(in: 0..<100, using: &generator) < 70 {
            let isBroken = Int.random(in: 0..<100, using: &generator) < faultsIn100
            let score = Int.random(in: 0...3, using: &generator)
            rows.append(
                Roster.row(
                    index, born: isBroken ? "12/04/38" : "12/04/19\(10 + index % 80)",
                    surname: ["Tester", "\"Quince, A\"", "Zoë"].randomElement(using: &generator) ?? "",
                    score: score == 0 ? "" : String(score), gp: "Dr Vane"))
        }
        // Says something else, or the same, of somebody who may be in the file.
        if faultsIn100 > 0 { rows.append(Roster.row(0, born: "12/04/1910")) }
        return Array(([Roster.headings] + rows.shuffled(using: &generator)).joined(separator: "\r\n").utf8)
    }

    @Test(arguments: 0..<100 as Range<UInt64>)
    func `the same file twice gives no event the second time`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var list = try Roster.list(Self.randomFile(&generator, faultsIn100: 10))
        for _ in 0..<3 {
            let bytes = Self.randomFile(&generator, faultsIn100: 10)
            let reading = try Roster.reading(bytes)
            let first = try Roster.comparison(reading, list)
            let fact = first.fact(of: reading, file: Digest(of: bytes), by: "terminal:kay", after: list.lastImport)
            list = try Roster.list(list, after: first.events)
            let told = try #require(fact)
            try list.apply(type: RosterImport.type, payload: told.payload)
            #expect(list.listedCount == first.listedAfter && list.lastImport == told)
            let second = try Roster.comparison(reading, list)
            #expect(second.events.isEmpty)
            #expect(
                second.fact(of: reading, file: Digest(of: bytes), by: "terminal:kay", after: list.lastImport) == nil)
        }
    }

    @Test(arguments: 0..<100 as Range<UInt64>)
    func `one file and then another gives the list of the other`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let first = Self.randomFile(&generator, faultsIn100: 20)
        let second = Self.randomFile(&generator, faultsIn100: 0)
        let alone = try Roster.list(second)
        let after = try Roster.list(first, second)
        #expect(after.listed == alone.listed && after.listedCount == alone.listedCount)
        for person in after.listed {
            #expect(after.registrations[person]?.patient == alone.registrations[person]?.patient)
        }
    }

    @Test(arguments: 0..<100 as Range<UInt64>)
    func `whoever is in a file, in a sound row or a broken one, does not leave by it`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let list = try Roster.list(Self.randomFile(&generator, faultsIn100: 0))
        let bytes = Self.randomFile(&generator, faultsIn100: 40)
        let text = String(decoding: bytes, as: UTF8.self)
        let after = try Roster.list(list, after: try Roster.comparison(try Roster.reading(bytes), list).events)
        for person in list.listed {
            #expect(after.registrations[person]?.isListed == text.contains(person.digits))
        }
    }
}
