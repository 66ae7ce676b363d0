/// What a practice's list file says: the rows that are sound, and those that are held back.
///
/// Pure. A row that cannot be read is held back with its line and a code, and nothing happens to the person it is
/// about.
package struct RosterReading: Sendable {
    /// The first rows, among which the headings are looked for: exports have titles above them.
    package static let headingRowsMax = 20

    package let columns: RosterColumns
    /// Rows of the file, headings and empty ones aside.
    package let rowCount: Int
    /// Ascending by line, one for each row that is not sound.
    package let heldBack: [RosterFault]
    /// Sound rows in the order of the file, one for each person.
    let rows: [RosterRow]
    /// People whom rows held back are about, by number.
    let namedHeldBack: Set<NHSNumber>
    /// The same by name and birth, where the number could not be read.
    let describedHeldBack: Set<Described>

    /// A person as a row with a broken number describes them.
    struct Described: Hashable {
        let surname: String
        let born: LondonDay

        init(_ details: RegisteredPatient.Details) {
            self.init(surname: details.surname, born: details.born)
        }

        init(surname: String, born: LondonDay) {
            self.surname = surname.lowercased()
            self.born = born
        }
    }

    /// Rows that are sound.
    package var goodCount: Int { rows.count }

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - practice: whose list it is: rows of another practice are held back.
    ///   - today: the London day; a birth or a score later than it is a mistake.
    ///   - isLive: whether real patients are told of, so that rows with test numbers (999…) are held back.
    /// - Throws: `RosterRefusal` for a file that is no list.
    package init(
        _ file: RosterFile, names: RosterColumns.Names = .init(), practice: ODSPracticeCode, today: LondonDay,
        isLive: Bool
    ) throws(RosterRefusal) {
        var file = file
        var cells: [CSVReader.Cell] = []
        columns = try Self.headings(&file, &cells, names)
        let terms = RosterRow.Terms(practice: practice, today: today, isLive: isLive)
        var gathered = Gathered()
        while let record = file.next(&cells) {
            guard gathered.rowCount < RosterFile.rowsMax else { throw .tooManyRows }
            gathered.rowCount += 1
            do throws(RosterFault) {
                if let broken = record.broken { throw RosterFault(line: record.line, code: .init(broken)) }
                gathered.take(try RosterRow(record, cells, of: file, columns, terms))
            } catch {
                gathered.hold(error, naming: Self.person(record, cells, file, columns))
            }
        }
        rowCount = gathered.rowCount
        rows = gathered.soundRows
        heldBack = gathered.faults.sorted { $0.line < $1.line }
        namedHeldBack = gathered.named
        describedHeldBack = gathered.described
    }

    private static func headings(
        _ file: inout RosterFile, _ cells: inout [CSVReader.Cell], _ names: RosterColumns.Names
    ) throws(RosterRefusal) -> RosterColumns {
        for _ in 0..<headingRowsMax {
            guard let record = file.next(&cells) else { break }
            guard record.broken == nil else { continue }
            if let columns = try RosterColumns(headings: cells.map(file.text), names: names) { return columns }
        }
        throw .headingsMissing
    }

    /// Whom a row that cannot be read is about.
    private enum Person {
        case numbers([NHSNumber])
        case described(Described)
        case unknown
    }

    private static func person(
        _ record: CSVReader.Record, _ cells: [CSVReader.Cell], _ file: RosterFile, _ columns: RosterColumns
    ) -> Person {
        func text(_ column: RosterColumn) -> String? {
            guard record.broken == nil, let place = columns.place(column), place < cells.count else { return nil }
            return file.text(cells[place])
        }
        if let number = text(.nhsNumber).flatMap({ NHSNumber($0) }) { return .numbers([number]) }
        let numbers = file.numbers(in: record)
        if !numbers.isEmpty { return .numbers(numbers) }
        if let surname = text(.surname), !surname.isEmpty, let born = text(.born).flatMap(LondonDay.init(written:)) {
            return .described(Described(surname: surname, born: born))
        }
        return .unknown
    }

    /// What has been read so far.
    private struct Gathered {
        var rowCount = 0
        var rows: [RosterRow] = []
        /// Where in `rows` each person stands.
        var places: [NHSNumber: Int] = [:]
        /// People of whom two rows say different things.
        var disputed: Set<NHSNumber> = []
        var faults: [RosterFault] = []
        var named: Set<NHSNumber> = []
        var described: Set<Described> = []

        mutating func take(_ row: RosterRow) {
            guard let place = places[row.person] else {
                places[row.person] = rows.count
                rows.append(row)
                return
            }
            let isSame = rows[place].patient == row.patient
            faults.append(
                RosterFault(line: row.line, code: isSame ? .duplicate : .duplicateDiffers, column: .nhsNumber))
            guard !isSame, disputed.insert(row.person).inserted else { return }
            named.insert(row.person)
            faults.append(RosterFault(line: rows[place].line, code: .duplicateDiffers, column: .nhsNumber))
        }

        mutating func hold(_ fault: RosterFault, naming person: Person) {
            faults.append(fault)
            switch person {
            case .numbers(let numbers): named.formUnion(numbers)
            case .described(let one): described.insert(one)
            case .unknown: break
            }
        }

        var soundRows: [RosterRow] {
            disputed.isEmpty ? rows : rows.filter { !disputed.contains($0.person) }
        }
    }
}
