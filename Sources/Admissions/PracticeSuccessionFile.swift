/// Reads the file of practices that closed: CSV (`CSVReader`), as a spreadsheet keeps it.
///
/// ```
/// closed,successor,from
/// L99901,L99902,2026-04-01
/// # a line that begins so is passed over, as is an empty one
/// ```
///
/// The first line names the columns. `from` is the first day of the successor, `YYYY-MM-DD`. Lines may stand in any
/// order; blanks and quotes around a value do not count. Codes are those of practices, not of branches, which are read
/// as their practice: a branch that closed would close it.
package struct PracticeSuccessionFile {
    private let file: String
    private var succession = PracticeSuccession()
    private var problems: [PracticeSuccessionError.Problem] = []

    /// Longer files are none of ours: England has some twelve thousand codes of practices, closed ones included.
    package static let bytesMax = 1_048_576
    private static let columns = ["closed", "successor", "from"]

    /// - Parameter file: what errors call the file.
    /// - Throws: everything that is wrong in the file, in the order of its lines.
    package static func read(
        _ bytes: [UInt8], name file: String
    ) throws(PracticeSuccessionError) -> PracticeSuccession {
        var reading = PracticeSuccessionFile(file: file)
        reading.read(bytes)
        guard reading.problems.isEmpty else { throw PracticeSuccessionError(problems: reading.problems) }
        return reading.succession
    }

    private init(file: String) {
        self.file = file
    }

    private mutating func read(_ bytes: [UInt8]) {
        guard bytes.count <= Self.bytesMax else {
            report(1, .tooLong, "The file is longer than \(Self.bytesMax) bytes.")
            return
        }
        var csv = CSVReader(bytes, comment: UInt8(ascii: "#"))
        var cells: [CSVReader.Cell] = []
        let heading = csv.next(&cells)
        guard let heading, heading.broken == nil, cells.map({ csv.text($0).lowercased() }) == Self.columns else {
            reportFormat(heading?.line ?? 1)
            return
        }
        while let record = csv.next(&cells) {
            if record.broken == nil {
                read(cells.map(csv.text), line: record.line)
            } else {
                report(record.line, .wrongColumns, "The quotes are wrong, or the line is too long.")
            }
        }
    }

    private mutating func read(_ values: [String], line: Int) {
        guard values.count == Self.columns.count else {
            report(
                line, .wrongColumns, "Here are \(values.count) values; there must be \(Self.columns.count).")
            return
        }
        let closed = practice(values[0], line: line)
        let successor = practice(values[1], line: line)
        let day = day(values[2], line: line)
        guard let closed, let successor, let day else { return }
        do throws(PracticeSuccession.Refusal) {
            try succession.add(closed, to: successor, from: day)
        } catch {
            switch error {
            case .twice:
                report(line, .duplicateCode, "\(closed) closed in a line before; a practice has one successor.")
            case .ring: report(line, .ring, "\(successor) leads back to \(closed).")
            }
        }
    }

    private mutating func practice(_ text: String, line: Int) -> ODSPracticeCode? {
        guard text.utf8.count == 6, let code = ODSPracticeCode(text) else {
            report(
                line, .badCode, "'\(Self.shown(text))' is not the code of a practice: a letter and five digits.")
            return nil
        }
        return code
    }

    private mutating func day(_ text: String, line: Int) -> LondonDay? {
        let day = LondonDay(text)
        if day == nil { report(line, .badDate, "'\(Self.shown(text))' is no day; write YYYY-MM-DD.") }
        return day
    }

    private mutating func reportFormat(_ line: Int) {
        report(line, .unknownFormat, "The first line must be \(Self.columns.joined(separator: ",")).")
    }

    private mutating func report(_ line: Int, _ code: PracticeSuccessionError.Problem.Code, _ sentence: String) {
        problems.append(PracticeSuccessionError.Problem(file: file, line: line, code: code, sentence: sentence))
    }

    /// A value as an error repeats it: not too long.
    private static func shown(_ text: String) -> String {
        text.count <= 20 ? text : text.prefix(20) + "…"
    }
}
