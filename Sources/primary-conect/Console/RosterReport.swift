import Admissions
import EventSourcing

/// What became of a practice's list file, for people and for scripts: lines, codes and counts, nobody's data.
struct RosterReport {
    let practice: ODSPracticeCode
    let reading: RosterReading

    /// Rows held back that people are shown; scripts get all.
    private static let faultsShownMax = 30

    // MARK: For people

    /// `Read 8,431 rows. 8,412 good, 17 bad check digit (held), 2 duplicates (held).`
    var readLine: String {
        var counts: [RosterFault.Code: Int] = [:]
        for fault in reading.heldBack { counts[fault.code, default: 0] += 1 }
        let held = RosterFault.Code.allCases.compactMap { code in
            counts[code].map { ", \(grouped($0)) \(code.words($0)) (held)" }
        }
        let rows = reading.rowCount == 1 ? "row" : "rows"
        return "Read \(grouped(reading.rowCount)) \(rows). \(grouped(reading.goodCount)) good\(held.joined())."
    }

    /// `Against today: 23 joined, 19 left, 8 details changed.`
    static func comparisonLine(_ comparison: RosterComparison) -> String {
        "Against today: \(grouped(comparison.joinedCount)) joined, \(grouped(comparison.leftCount)) left, "
            + "\(grouped(comparison.changedCount)) details changed."
    }

    /// Who stays although the file lacks them; `nil` if nobody does.
    static func sparedLine(_ comparison: RosterComparison) -> String? {
        guard comparison.sparedCount > 0 else { return nil }
        return "\(grouped(comparison.sparedCount)) more would have left, but a row held back is or may be about them."
    }

    /// Where the rows held back stand, and why; `nil` if there are none.
    var heldTable: String? {
        guard !reading.heldBack.isEmpty else { return nil }
        var table = Table("LINE", "HELD BACK FOR", "COLUMN", numeric: [0])
        for fault in reading.heldBack.prefix(Self.faultsShownMax) {
            table.add(String(fault.line), fault.code.rawValue, fault.column?.rawValue ?? "")
        }
        let more = reading.heldBack.count - Self.faultsShownMax
        return table.text + (more > 0 ? "\nand \(grouped(more)) more: --json tells all" : "")
    }

    // MARK: For scripts

    /// One object, `import-roster/1`.
    ///
    /// - Parameter last: where the log of the practice ends now; `nil` if nothing was written.
    func json(_ comparison: RosterComparison, isDryRun: Bool, last: Position?) -> String {
        "{\(opening),\"joined\":\(comparison.joinedCount),\"left\":\(comparison.leftCount)"
            + ",\"changed\":\(comparison.changedCount),\"spared\":\(comparison.sparedCount)"
            + ",\"listed\":\(comparison.listedAfter),\"dry_run\":\(isDryRun)"
            + ",\"position\":\(last.map(\.description) ?? "null"),\(heldJSON)}"
    }

    /// The same for a file that was refused.
    func json(_ refusal: RosterRefusal) -> String {
        "{\(opening),\"refused\":\"\(refusal.code)\",\(heldJSON)}"
    }

    private var opening: String {
        "\"schema\":\"import-roster/1\",\"practice\":\"\(practice.rawValue)\",\"rows\":\(reading.rowCount)"
            + ",\"good\":\(reading.goodCount)"
    }

    private var heldJSON: String {
        let items = reading.heldBack.map { fault in
            "{\"line\":\(fault.line),\"code\":\"\(fault.code.rawValue)\""
                + ",\"column\":\(fault.column.map { "\"\($0.rawValue)\"" } ?? "null")}"
        }
        return "\"held\":[\(items.joined(separator: ","))]"
    }
}

extension RosterFault.Code {
    /// The code in words, behind a number.
    fileprivate func words(_ count: Int) -> String {
        switch self {
        case .nhsNumberMissing: "without NHS number"
        case .nhsNumberMalformed: "NHS number not ten digits"
        case .nhsNumberCheck: "bad check digit"
        case .testNumber: count == 1 ? "test number" : "test numbers"
        case .duplicate: count == 1 ? "duplicate" : "duplicates"
        case .duplicateDiffers: "duplicates that differ"
        case .missing: "without name or birth"
        case .dateNotUnderstood: "date not understood"
        case .dateInFuture: "date in the future"
        case .scoreOutOfRange: "score not 1 to 10"
        case .scoreMissing: "score missing"
        case .notYesOrNo: "neither yes nor no"
        case .textTooLong: "text too long"
        case .otherPractice: "of another practice"
        case .cellCount: "more or fewer cells than headings"
        case .quotes: "quotes not closed"
        case .lineTooLong: "row too long"
        }
    }
}
