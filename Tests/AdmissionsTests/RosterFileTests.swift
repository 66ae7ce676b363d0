import Admissions
import EventSourcing
import Testing

/// What a practice's file may look like, and what is made of it.
@Suite struct RosterFileTests {
    private func surnames(_ bytes: [UInt8]) throws -> [String] {
        let list = try Roster.list(bytes)
        return list.listed.compactMap { list.registrations[$0]?.patient.details.surname }
    }

    @Test(arguments: ["\r\n", "\n", "\r"])
    func `lines end as they like, and the last need not`(end: String) throws {
        let whole = Roster.file(Roster.row(0), Roster.row(1), end: end)
        #expect(try Roster.list(whole).listedCount == 2)
        #expect(try Roster.list(Array(whole.dropLast(end.utf8.count))).listedCount == 2)
    }

    @Test func `a cell in quotes holds commas, quotes and line breaks`() throws {
        let bytes = Roster.file(
            Roster.row(0, surname: "\"Tester, Junior\""), Roster.row(1, surname: "\"O\"\"Tester\""),
            Roster.row(2, surname: "\"Tester\r\nAshworth\""), Roster.row(3))
        #expect(try surnames(bytes) == ["Tester, Junior", "O\"Tester", "Tester Ashworth", "Tester"])
    }

    @Test func `lines are counted as an editor counts them`() throws {
        let bytes = Roster.file(
            Roster.row(0, surname: "\"Two\r\nlines\""), "", Roster.row(1, born: "never"), Roster.row(2))
        #expect(try Roster.faults(bytes) == ["line 5: date-not-understood in date-of-birth"])
    }

    @Test func `a byte order mark is passed over`() throws {
        #expect(try Roster.list([0xEF, 0xBB, 0xBF] + Roster.file(Roster.row(0))).listedCount == 1)
    }

    @Test func `letters of UTF-8 and of Windows-1252 are the same letters`() throws {
        let utf8 = Roster.file(Roster.row(0, surname: "Zoë’s"))
        let windows = utf8.split(separator: Array("Zoë’s".utf8)).map(Array.init).joined(
            separator: [0x5A, 0x6F, 0xEB, 0x92, 0x73])
        #expect(try surnames(utf8) == ["Zoë’s"])
        #expect(try surnames(Array(windows)) == ["Zoë’s"])
    }

    @Test func `blanks of all kinds around and within a cell are one blank or none`() throws {
        let bytes = Roster.file("999\u{A0}000\u{A0}0018, 12-Apr-1938 ,\u{A0}de  la\u{A0}\tTester ,,")
        #expect(try surnames(bytes) == ["de la Tester"])
    }

    @Test func `blanks and tabs around quotes do not count`() throws {
        #expect(try surnames(Roster.file(Roster.row(0, surname: "\t \"Tester, Junior\" \t"))) == ["Tester, Junior"])
    }

    @Test func `rows of empty cells are no rows`() throws {
        #expect(try Roster.reading(Roster.file(Roster.row(0), ",,,,", "", " , , , , ")).rowCount == 1)
    }

    @Test func `a quote that is not closed costs its own row and no other`() throws {
        let bytes = Roster.file(
            Roster.row(0), Roster.row(1, surname: "\"Tester"), Roster.row(2), Roster.row(3, surname: "\"Tester\""))
        let reading = try Roster.reading(bytes)
        #expect(reading.heldBack.map(\.description) == ["line 3: quotes"])
        #expect(reading.goodCount == 3)
    }

    @Test func `text behind a closing quote costs its own row and no other`() throws {
        let bytes = Roster.file(Roster.row(0, surname: "\"Test\"er"), Roster.row(1))
        #expect(try Roster.faults(bytes) == ["line 2: quotes"])
    }

    @Test func `a row that is longer than any row is held back`() throws {
        let long = String(repeating: "x", count: RosterFile.recordBytesMax)
        let bytes = Roster.file(Roster.row(0, surname: long), Roster.row(1, surname: "\"" + long + "\""), Roster.row(2))
        #expect(try Roster.faults(bytes) == ["line 2: line-too-long", "line 3: quotes"])
    }

    @Test func `a row with more or fewer cells than headings is held back`() throws {
        let bytes = Roster.file(Roster.row(0), Roster.row(1) + ",", "\(Roster.numbers[2]),12/04/1938,Tester")
        #expect(try Roster.faults(bytes) == ["line 3: cell-count", "line 4: cell-count"])
    }

    @Test func `headings are found below the titles of an export`() throws {
        let bytes = Roster.file(Roster.headings, Roster.row(0), headings: "Symphony list\r\n\r\nLast run:,03/03/2026")
        #expect(try Roster.list(bytes).listedCount == 1)
    }

    @Test func `headings of other systems mean the same`() throws {
        let emis = "NHS Number,Date of Birth,Family Name,Given Name,Usual GP's Full Name,Date of Registration"
        let systmOne = "NHS number,DOB,Surname,First name,Usual GP,Registered date"
        for headings in [emis, systmOne, emis.uppercased()] {
            let bytes = Roster.file("9990000018,12/04/1938,Tester,Anne,Dr Vane,01/02/2003", headings: headings)
            let patient = try #require(try Roster.list(bytes).registrations[try Roster.person(0)]).patient
            #expect(patient.details.given == "Anne" && patient.details.usualGP == "Dr Vane")
            #expect(patient.details.registeredOn == LondonDay("2003-02-01"))
        }
    }

    @Test func `a practice names its own headings, and they mean nothing else then`() throws {
        let names = try RosterColumns.Names(["symphony-score": "Usual GP", "usual-gp": "Who"])
        let bytes = Roster.file(
            "9990000018,12/04/1938,Tester,9,Dr Vane,3", headings: "NHS number,DOB,Surname,Usual GP,Who,Symphony score")
        let list = try Roster.list(
            after: try Roster.comparison(try Roster.reading(bytes, names: names)).events)
        let patient = try #require(list.registrations[try Roster.person(0)]).patient
        #expect(patient.symphony?.score == 9 && patient.details.usualGP == "Dr Vane")
    }

    @Test func `a mapping that names no column, or one heading twice, is refused`() {
        #expect(throws: RosterRefusal.columnUnknown("symphony")) { try RosterColumns.Names(["symphony": "Score"]) }
        #expect(throws: RosterRefusal.headingTwice) {
            try RosterColumns.Names(["surname": "Name", "given-name": "NAME"])
        }
    }

    @Test func `a file that is no list is refused`() throws {
        func refusal(_ bytes: [UInt8]) -> RosterRefusal? {
            do {
                _ = try Roster.comparison(try Roster.reading(bytes))
                return nil
            } catch {
                return error as? RosterRefusal
            }
        }
        #expect(refusal([]) == .headingsMissing)
        #expect(refusal(Array("name,telephone\r\nTester,1\r\n".utf8)) == .headingsMissing)
        #expect(refusal(Roster.file(headings: "NHS number,Surname")) == .columnMissing(.born))
        #expect(refusal(Roster.file(headings: Roster.headings + ",Family name")) == .columnTwice(.surname))
        #expect(refusal(Roster.file()) == .nothingRead)
        #expect(refusal(Roster.file("9990000019,12/04/1938,Tester,,")) == .nothingRead)
        #expect(refusal([0xFF, 0xFE, 0x4E, 0x00]) == .notCSV)
        #expect(refusal([UInt8](repeating: 0x2C, count: RosterFile.bytesMax + 1)) == .tooLarge)
    }

    @Test(arguments: 0..<300 as Range<UInt64>)
    func `no bytes make it stumble`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var bytes = Roster.file(Roster.row(0, score: "9"), Roster.row(1, surname: "\"A, B\""), Roster.row(2))
        let odd: [UInt8] = [0, 0x0A, 0x0D, 0x22, 0x2C, 0x80, 0xC3, 0xFF, 0x20, 0x39]
        for _ in 0..<Int.random(in: 1...12, using: &generator) {
            let place = Int.random(in: 0..<bytes.count, using: &generator)
            bytes[place] = odd.randomElement(using: &generator) ?? 0
        }
        do {
            let reading = try Roster.reading(bytes)
            #expect(reading.goodCount + reading.heldBack.count >= reading.rowCount)
        } catch is RosterRefusal {
            return
        }
    }
}
