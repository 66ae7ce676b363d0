import Admissions
import EventSourcing
import Testing

/// What a row may say, and for what it is held back.
@Suite struct RosterRowTests {
    private static let wide =
        "NHS number,DOB,Surname,Symphony score,Symphony date,Caseload,Consented,Key worker,Care home,FOPAS concern,"
        + "Last review,Next review,Practice code"

    private func patient(_ cells: String) throws -> RegisteredPatient {
        let bytes = Roster.file("\(Roster.numbers[0]),12/04/1938,Tester,\(cells)", headings: Self.wide)
        return try #require(try Roster.list(bytes).registrations[try Roster.person(0)]).patient
    }

    @Test func `all that a practice tells is known`() throws {
        let patient = try patient("9,01/02/2026,Y,14-Jan-2026,Kay Patel,Willow House,yes,2026-02-20,20/05/2026,L99901")
        #expect(patient.symphony == RegisteredPatient.Symphony(9, scoredOn: LondonDay("2026-02-01")))
        #expect(patient.details.careHome == "Willow House")
        var care = RegisteredPatient.Care()
        care.isOnCaseload = true
        care.isConsented = true
        care.consentedOn = LondonDay("2026-01-14")
        care.keyWorker = "Kay Patel"
        care.hasFOPASConcern = true
        care.reviewedOn = LondonDay("2026-02-20")
        care.reviewDueOn = LondonDay("2026-05-20")
        #expect(patient.care == care)
    }

    @Test func `what is left empty is not so`() throws {
        let patient = try patient(",,,,,,,,,")
        #expect(patient.symphony == nil && patient.care == .init() && patient.details.careHome == nil)
    }

    @Test func `no is no, also of a care home, and yes is a care home without a name`() throws {
        #expect(try patient(",,N,no,,No,0,,,").care == .init())
        #expect(try patient(",,,,,none,,,,").details.careHome == nil)
        #expect(try patient(",,,,,Y,,,,").details.careHome == "yes")
    }

    @Test(arguments: [
        "12/04/1938", "12-Apr-1938", "12 April 1938", "12.4.1938", "1938-04-12", "19380412", "12/04/1938 00:00",
        "1938-04-12T00:00:00", "12-APR-1938 00:00:00", "12 OCT 1938", "12 SEPTEMBER 1938",
    ])
    func `a day is read as it is written here`(text: String) throws {
        let day = try #require(LondonDay(written: text))
        #expect(day.text.hasPrefix("1938-") && day.text.hasSuffix("-12"))
    }

    @Test(arguments: [
        "04/13/1938", "12/04/38", "12-Apr-38", "31/02/2020", "29/02/2023", "0/1/2000", "12/04", "1938", "12/04/1938x",
        "12/04/3938", "31/12/1849", "01/01/2200", "12//1938", "Apr 12 1938", "12-Foo-1938", "", "12/04/1938 at noon",
    ])
    func `a day that is none, or that could be two, is refused`(text: String) {
        #expect(LondonDay(written: text) == nil)
    }

    @Test(arguments: 0..<200 as Range<UInt64>)
    func `a day keeps its text, and begins at midnight in London`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let number = Int64.random(in: -43_829...84_005, using: &generator)
        let start = LondonDay(number: number).start
        let day = LondonDay(of: start)
        #expect(day.number == number && day.start == start)
        #expect(LondonDay(day.text) == day && LondonDay(written: day.text) == day)
    }

    /// What stands in a row of `Roster.headings`, and why it is held back.
    static let faults: [(String, String)] = [
        (",12/04/1938,Tester,,", "nhs-number-missing in nhs-number"),
        ("999 000 001,12/04/1938,Tester,,", "nhs-number-malformed in nhs-number"),
        ("9.99E+09,12/04/1938,Tester,,", "nhs-number-malformed in nhs-number"),
        ("9990000019,12/04/1938,Tester,,", "nhs-number-check in nhs-number"),
        ("9999999999,12/04/1938,Tester,,", "nhs-number-check in nhs-number"),
        ("9990000018,,Tester,,", "missing in date-of-birth"),
        ("9990000018,12/04/1938,,,", "missing in surname"),
        ("9990000018,12/04/38,Tester,,", "date-not-understood in date-of-birth"),
        ("9990000018,04/03/2026,Tester,,", "date-in-future in date-of-birth"),
        ("9990000018,12/04/1938,Tester,0,", "score-out-of-range in symphony-score"),
        ("9990000018,12/04/1938,Tester,11,", "score-out-of-range in symphony-score"),
        ("9990000018,12/04/1938,Tester,high,", "score-out-of-range in symphony-score"),
        ("9990000018,12/04/1938,Tester,8.5,", "score-out-of-range in symphony-score"),
        ("9990000018,12/04/1938,Tester,,\(String(repeating: "v", count: 201))", "text-too-long in usual-gp"),
    ]

    @Test(arguments: faults.indices) func `a row that is wrong is held back with its line and a code`(index: Int) throws
    {
        let (row, fault) = Self.faults[index]
        #expect(try Roster.faults(Roster.file(Roster.row(5), row, Roster.row(6))) == ["line 3: \(fault)"])
    }

    static let wideFaults: [(String, String)] = [
        (",01/02/2026,,,,,,,,", "score-missing in symphony-score"),
        ("9,01/02/2027,,,,,,,,", "date-in-future in symphony-date"),
        (",,perhaps,,,,,,,", "not-yes-or-no in caseload"),
        (",,,soon,,,,,,", "not-yes-or-no in consented"),
        (",,,01/02/2027,,,,,,", "date-in-future in consented"),
        (",,,,,,falls,,,", "not-yes-or-no in fopas-concern"),
        (",,,,,,,tomorrow,,", "date-not-understood in reviewed-on"),
        (",,,,,,,,,L99902", "other-practice in practice"),
        (",,,,,,,,,Harrowmead", "other-practice in practice"),
    ]

    @Test(arguments: wideFaults.indices) func `the same holds for what only some files tell`(index: Int) throws {
        let (cells, fault) = Self.wideFaults[index]
        let bytes = Roster.file(
            "\(Roster.numbers[0]),12/04/1938,Tester,\(cells)", "\(Roster.numbers[1]),12/04/1938,Tester,,,,,,,,,,",
            headings: Self.wide)
        #expect(try Roster.faults(bytes) == ["line 2: \(fault)"])
    }

    @Test func `a review may be due in days to come`() throws {
        #expect(try patient(",,,,,,,,01/01/2027,").care.reviewDueOn == LondonDay("2027-01-01"))
    }

    @Test func `a test number is held back where real patients are told of`() throws {
        let bytes = Roster.file(Roster.row(0), "4857773457,12/04/1938,Tester,,")
        #expect(try Roster.faults(bytes, isLive: true) == ["line 2: test-number in nhs-number"])
        #expect(try Roster.faults(bytes).isEmpty)
    }

    @Test func `the same row twice counts once`() throws {
        let bytes = Roster.file(Roster.row(0), Roster.row(1), Roster.row(0))
        #expect(try Roster.faults(bytes) == ["line 4: duplicate in nhs-number"])
        #expect(try Roster.list(bytes).listedCount == 2)
    }

    @Test func `of two rows that say different things of one person neither is believed`() throws {
        let bytes = Roster.file(Roster.row(0, score: "9"), Roster.row(1), Roster.row(0, score: "2"))
        #expect(
            try Roster.faults(bytes) == [
                "line 2: duplicate-differs in nhs-number", "line 4: duplicate-differs in nhs-number",
            ])
        #expect(try Roster.list(bytes).listed == [try Roster.person(1)])
    }

    @Test func `no fault repeats what stood in the row`() throws {
        let bytes = Roster.file(
            Roster.row(0, born: "9990000018"), Roster.row(1, score: "secret"), Roster.row(2, surname: "\"secret"),
            Roster.row(3))
        for fault in try Roster.faults(bytes) {
            #expect(!fault.contains("999") && !fault.contains("secret") && !fault.contains("Tester"))
        }
    }
}
