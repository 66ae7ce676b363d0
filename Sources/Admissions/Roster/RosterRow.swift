/// One sound row of a practice's list.
struct RosterRow: Sendable, Equatable {
    /// Against what a row is read.
    struct Terms {
        let practice: ODSPracticeCode
        /// No birth, score or consent lies behind it.
        let today: LondonDay
        /// Whether real patients are told of, so that a test number is nobody's.
        let isLive: Bool
    }

    /// The longest text of a cell in bytes of UTF-8.
    static let textBytesMax = 200

    let line: Int
    let person: NHSNumber
    /// What the row says; of columns that the file lacks, nothing.
    let patient: RegisteredPatient

    init(
        _ record: CSVReader.Record, _ cells: [CSVReader.Cell], of file: RosterFile, _ columns: RosterColumns,
        _ terms: Terms
    ) throws(RosterFault) {
        let reader = RosterCells(line: record.line, cells: cells, file: file, columns: columns, today: terms.today)
        guard cells.count == columns.cellCount else { throw reader.fault(.cellCount, nil) }
        line = record.line
        person = try reader.number(isLive: terms.isLive)
        if let practice = reader.text(.practice), ODSPracticeCode(practice) != terms.practice {
            throw reader.fault(.otherPractice, .practice)
        }
        guard let born = try reader.past(.born) else { throw reader.fault(.missing, .born) }
        guard let surname = try reader.words(.surname) else { throw reader.fault(.missing, .surname) }
        let details = RegisteredPatient.Details(
            born: born, surname: surname, given: try reader.words(.given), registeredOn: try reader.past(.registered),
            usualGP: try reader.words(.usualGP), careHome: try reader.nameOrYes(.careHome))
        var care = RegisteredPatient.Care()
        care.isOnCaseload = try reader.yes(.caseload)
        (care.isConsented, care.consentedOn) = try reader.yesOrDay(.consented)
        care.keyWorker = try reader.words(.keyWorker)
        care.hasFOPASConcern = try reader.yesOrDay(.fopasConcern).isYes
        care.reviewedOn = try reader.past(.reviewed)
        care.reviewDueOn = try reader.day(.reviewDue)
        patient = RegisteredPatient(details: details, symphony: try reader.symphony(), care: care)
    }

    /// What is known once this row is told: a column that the file lacks, or a day that it leaves open, stays as it
    /// was.
    func patient(knowing known: RegisteredPatient?, _ columns: RosterColumns) -> RegisteredPatient {
        guard let known else { return patient }
        var patient = patient
        func keep<Value>(_ path: WritableKeyPath<RegisteredPatient, Value>, without column: RosterColumn) {
            if !columns.has(column) { patient[keyPath: path] = known[keyPath: path] }
        }
        keep(\.details.given, without: .given)
        keep(\.details.registeredOn, without: .registered)
        keep(\.details.usualGP, without: .usualGP)
        keep(\.details.careHome, without: .careHome)
        keep(\.symphony, without: .symphonyScore)
        keep(\.care.isOnCaseload, without: .caseload)
        keep(\.care.isConsented, without: .consented)
        keep(\.care.consentedOn, without: .consented)
        keep(\.care.keyWorker, without: .keyWorker)
        keep(\.care.hasFOPASConcern, without: .fopasConcern)
        keep(\.care.reviewedOn, without: .reviewed)
        keep(\.care.reviewDueOn, without: .reviewDue)
        if !columns.has(.symphonyDate), patient.symphony?.score == known.symphony?.score {
            patient.symphony = known.symphony
        }
        if patient.care.isConsented, patient.care.consentedOn == nil, known.care.isConsented {
            patient.care.consentedOn = known.care.consentedOn
        }
        return patient
    }
}

/// The cells of one row by what they mean.
private struct RosterCells {
    let line: Int
    let cells: [CSVReader.Cell]
    let file: RosterFile
    let columns: RosterColumns
    let today: LondonDay

    func fault(_ code: RosterFault.Code, _ column: RosterColumn?) -> RosterFault {
        RosterFault(line: line, code: code, column: column)
    }

    /// What a cell says; `nil` for an empty one, and of a column that the file lacks.
    func text(_ column: RosterColumn) -> String? {
        guard let place = columns.place(column), place < cells.count else { return nil }
        let text = file.text(cells[place])
        return text.isEmpty ? nil : text
    }

    func number(isLive: Bool) throws(RosterFault) -> NHSNumber {
        guard let text = text(.nhsNumber) else { throw fault(.nhsNumberMissing, .nhsNumber) }
        guard let number = NHSNumber(text) else {
            let digits = text.utf8.filter { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "-") }
            let isTen = digits.count == 10 && digits.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            throw fault(isTen ? .nhsNumberCheck : .nhsNumberMalformed, .nhsNumber)
        }
        guard !isLive || !number.isTestRange else { throw fault(.testNumber, .nhsNumber) }
        return number
    }

    func words(_ column: RosterColumn) throws(RosterFault) -> String? {
        guard let text = text(column) else { return nil }
        guard text.utf8.count <= RosterRow.textBytesMax else { throw fault(.textTooLong, column) }
        return text
    }

    func day(_ column: RosterColumn) throws(RosterFault) -> LondonDay? {
        guard let text = text(column) else { return nil }
        guard let day = LondonDay(written: text) else { throw fault(.dateNotUnderstood, column) }
        return day
    }

    func past(_ column: RosterColumn) throws(RosterFault) -> LondonDay? {
        guard let day = try day(column) else { return nil }
        guard day <= today else { throw fault(.dateInFuture, column) }
        return day
    }

    func yes(_ column: RosterColumn) throws(RosterFault) -> Bool {
        guard let text = text(column) else { return false }
        guard let isYes = Self.isYes(text) else { throw fault(.notYesOrNo, column) }
        return isYes
    }

    func yesOrDay(_ column: RosterColumn) throws(RosterFault) -> (isYes: Bool, day: LondonDay?) {
        guard let text = text(column) else { return (false, nil) }
        if let isYes = Self.isYes(text) { return (isYes, nil) }
        guard LondonDay(written: text) != nil else { throw fault(.notYesOrNo, column) }
        return (true, try past(column))
    }

    func nameOrYes(_ column: RosterColumn) throws(RosterFault) -> String? {
        guard let text = try words(column) else { return nil }
        guard let isYes = Self.isYes(text) else { return text }
        return isYes ? "yes" : nil
    }

    func symphony() throws(RosterFault) -> RegisteredPatient.Symphony? {
        let scoredOn = try past(.symphonyDate)
        guard let text = text(.symphonyScore) else {
            guard scoredOn == nil || !columns.has(.symphonyScore) else { throw fault(.scoreMissing, .symphonyScore) }
            return nil
        }
        guard text.utf8.count <= 2, let score = Int(text),
            let symphony = RegisteredPatient.Symphony(score, scoredOn: scoredOn)
        else { throw fault(.scoreOutOfRange, .symphonyScore) }
        return symphony
    }

    /// `nil` for what is neither yes nor no.
    private static func isYes(_ text: String) -> Bool? {
        switch text.lowercased() {
        case "yes", "y", "true", "t", "1", "x": true
        case "no", "n", "false", "f", "0", "none", "-": false
        default: nil
        }
    }
}
