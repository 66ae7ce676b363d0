import Admissions
import Testing

@Suite struct PracticeSuccessionTests {
    private func code(_ text: String) throws -> ODSPracticeCode { try #require(ODSPracticeCode(text)) }

    private func day(_ text: String) throws -> LondonDay { try #require(LondonDay(text)) }

    private func current(_ text: String, _ day: String, in lines: String...) throws -> String {
        let text = try code(text)
        return try read(lines).current(text, at: self.day(day)).rawValue
    }

    private func read(_ lines: [String]) throws(PracticeSuccessionError) -> PracticeSuccession {
        let text = (["closed,successor,from"] + lines).joined(separator: "\n")
        return try PracticeSuccessionFile.read(Array(text.utf8), name: "practices.csv")
    }

    /// `LINE code` of everything that is wrong, in order.
    private func mistakes(inFile text: String) -> [String] {
        do throws(PracticeSuccessionError) {
            _ = try PracticeSuccessionFile.read(Array(text.utf8), name: "practices.csv")
            return []
        } catch {
            return error.problems.map { "\($0.line) \($0.code.rawValue)" }
        }
    }

    private func mistakes(_ lines: String...) -> [String] {
        mistakes(inFile: (["closed,successor,from"] + lines).joined(separator: "\n"))
    }

    // MARK: What it means

    @Test func `a practice that never closed is itself`() throws {
        #expect(try PracticeSuccession().current(code("L99901"), at: day("2026-04-01")) == code("L99901"))
        #expect(try current("L99903", "2026-04-01", in: "L99901,L99902,2026-04-01") == "L99903")
    }

    @Test func `a practice is its successor from the day told, and itself the day before`() throws {
        #expect(try current("L99901", "2026-03-31", in: "L99901,L99902,2026-04-01") == "L99901")
        #expect(try current("L99901", "2026-04-01", in: "L99901,L99902,2026-04-01") == "L99902")
    }

    @Test(arguments: [
        ("2026-03-31", "L99901"), ("2026-04-01", "L99902"), ("2027-03-31", "L99902"), ("2027-04-01", "L99903"),
    ])
    func `successors that close are followed, each from its own day`(day: String, practice: String) throws {
        for lines in [
            ["L99901,L99902,2026-04-01", "L99902,L99903,2027-04-01"],
            ["L99902,L99903,2027-04-01", "L99901,L99902,2026-04-01"],
        ] {
            #expect(try read(lines).current(code("L99901"), at: self.day(day)).rawValue == practice)
        }
    }

    @Test func `a successor that closed before it took over is passed by`() throws {
        let lines = ["L99901,L99902,2026-04-01", "L99902,L99903,2020-04-01"]
        #expect(try read(lines).current(code("L99901"), at: day("2026-03-31")).rawValue == "L99901")
        #expect(try read(lines).current(code("L99901"), at: day("2026-04-01")).rawValue == "L99903")
    }

    @Test func `several practices may have one successor`() throws {
        let lines = ["L99901,L99903,2026-04-01", "L99902,L99903,2026-05-01"]
        #expect(try read(lines).current(code("L99902"), at: day("2026-04-30")).rawValue == "L99902")
        #expect(try read(lines).current(code("L99902"), at: day("2026-05-01")).rawValue == "L99903")
    }

    // MARK: The file

    @Test func `comments, empty lines, blanks, quotes, CRLF and a byte order mark do not count`() throws {
        let text = "\u{FEFF}# ours\r\nClosed, Successor ,From\r\n\r\n \"l99901\" , L99902,\"2026-04-01\"\r\n# end"
        let succession = try PracticeSuccessionFile.read(Array(text.utf8), name: "practices.csv")
        #expect(try succession.current(code("L99901"), at: day("2026-04-01")) == code("L99902"))
    }

    @Test func `a file of no lines but the first says that none closed`() throws {
        #expect(try read([]).isEmpty)
    }

    @Test func `another format is told by its first line, and nothing else is`() {
        #expect(mistakes(inFile: "") == ["1 unknown-format"])
        #expect(mistakes(inFile: "L99901,L99902,2026-04-01\nX") == ["1 unknown-format"])
        #expect(mistakes(inFile: "\n# ours\nfrom,closed,successor\nX") == ["3 unknown-format"])
        #expect(mistakes(inFile: "closed,successor,from,note") == ["1 unknown-format"])
    }

    @Test func `every mistake is told, with its line`() {
        #expect(
            mistakes(
                "L99901,L99902", "L99901,L99902,2026-04-01,x", "L9990,L99902,2026-04-01", "L99901,,2026-04-01",
                "L99901,L99902,2026-02-29", "X,Y,Z")
                == [
                    "2 wrong-columns", "3 wrong-columns", "4 bad-code", "5 bad-code", "6 bad-date", "7 bad-code",
                    "7 bad-code", "7 bad-date",
                ])
    }

    @Test func `a line whose quotes are wrong is told, and costs no other`() {
        #expect(mistakes("\"L99901,L99902,2026-04-01", "L99902,L99903,X") == ["2 wrong-columns", "3 bad-date"])
        #expect(
            mistakes("L99901,\"L99\"902,2026-04-01", ",,")
                == ["2 wrong-columns", "3 bad-code", "3 bad-code", "3 bad-date"])
        #expect(mistakes("\"L99901\n\",L99902,2026-04-01", "L99902,L99903,X") == ["4 bad-date"])
    }

    @Test func `a comment may hold quotes and commas`() throws {
        let succession = try read(["  # \"ours, \"as", "#,\"", "L99901,L99902,2026-04-01"])
        #expect(try succession.current(code("L99901"), at: day("2026-04-01")) == code("L99902"))
        #expect(mistakes("# \"ours", "L99901,L99902,X") == ["3 bad-date"])
    }

    @Test(arguments: ["", "20260401", "2026-4-1", "01/04/2026", "2026-13-01", "2026-04-31", "2026-04-01T00:00:00Z"])
    func `what is no day is told`(text: String) {
        #expect(mistakes("L99901,L99902,\(text)") == ["2 bad-date"])
    }

    @Test(arguments: ["L99901001", "V81999", "LL9901", "L9990Z", "L999011"])
    func `the code of a branch, of no practice, or of nothing is no practice that closes`(text: String) {
        #expect(mistakes("\(text),L99902,2026-04-01") == ["2 bad-code"])
        #expect(mistakes("L99902,\(text),2026-04-01") == ["2 bad-code"])
    }

    @Test func `a practice closes once`() {
        #expect(mistakes("L99901,L99902,2026-04-01", "L99901,L99903,2027-04-01") == ["3 duplicate-code"])
        #expect(mistakes("L99901,L99902,2026-04-01", "l99901,L99902,2026-04-01") == ["3 duplicate-code"])
    }

    @Test func `a ring is told where it closes`() {
        #expect(mistakes("L99901,L99901,2026-04-01") == ["2 ring"])
        #expect(mistakes("L99901,L99902,2026-04-01", "L99902,L99901,2027-04-01") == ["3 ring"])
        #expect(
            mistakes("L99901,L99902,2026-04-01", "L99902,L99903,2026-04-01", "L99903,L99901,2026-04-01") == ["4 ring"])
    }

    @Test func `a mistake names file, line, code and what would be right`() {
        do throws(PracticeSuccessionError) {
            _ = try read(["L99901,L99902,1 April"])
            Issue.record("it was read")
        } catch {
            #expect(error.description == "practices.csv:2: bad-date: '1 April' is no day; write YYYY-MM-DD.")
        }
    }

    @Test func `a file too long is not read`() {
        #expect(mistakes(inFile: String(repeating: "#", count: PracticeSuccessionFile.bytesMax + 1)) == ["1 too-long"])
    }

    @Test func `the example of the documentation is sound`() throws {
        let lines = [
            "L99901,L99902,2026-04-01", "# L99902 merged a year later; chains are followed", "L99902,L99903,2027-04-01",
        ]
        #expect(try read(lines).current(code("L99901"), at: day("2027-04-01")).rawValue == "L99903")
    }
}
