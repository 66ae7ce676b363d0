import Admissions
import ArgumentParser
import EventLog
import EventSourcing
import Postgres

/// A practice's list: who is registered, and what the practice says of them.
struct ImportRoster: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import-roster",
        abstract: "Reads a practice's list: who is registered, scores, reviews.",
        discussion: """
            Examples:
              primary-conect import-roster --practice Z99001 --file harrowmead.csv --dry-run
              primary-conect import-roster --practice Z99001 --file harrowmead.csv --columns harrowmead.columns

            The file is comma-separated, with headings; NHS number, date of birth and surname must be there. Whoever is
            on the list and not in the file has left. Rows that cannot be read are held back with their lines, and
            nothing happens to the people they are about. Each change is an event in the log of the practice; the same
            file twice changes nothing. A file of --columns names headings, a line each, "column: Heading"; the columns are
            \(RosterColumn.allCases.map(\.rawValue).joined(separator: ", ")).
            """)

    @OptionGroup var installation: InstallationOptions
    @Option(help: "The practice (ODS code).")
    var practice: String
    @Option(help: "The file; - for standard input.")
    var file: String
    @Option(help: "Refuses the file if more of the list than this would leave.")
    var maxRemoved = Percentage(RosterComparison.removedPercentMax)
    @Option(help: "A file that names the headings.")
    var columns: String?
    @Flag(help: "One JSON object.")
    var json = false
    @OptionGroup var confirmation: Confirmation

    func run() async throws {
        try await reporting {
            guard let practice = ODSPracticeCode(practice), let log = LogName(practice.rawValue) else {
                throw CommandFailure(.badData, "A practice is named by its ODS code: one letter and five digits.")
            }
            let names = try columns.map(RosterColumnsFile.read) ?? .init()
            let bytes = try InputFile.bytes(of: file)
            let installation = try await Installation(options: installation)
            let today = LondonDay(of: WallClock.now())
            let reading = try refusing {
                try RosterReading(
                    try RosterFile(bytes), names: names, practice: practice, today: today,
                    isLive: try installation.settings.isOn("live"))
            }
            let report = RosterReport(practice: practice, reading: reading)
            try await Operator.working(in: installation) { person in
                let access = person.access(to: log, purpose: "import-roster")
                try await take(reading, Digest(of: bytes), report, today, person, access)
            }
        }
    }

    /// Compares what the file says with the list as it stands, and appends what is new.
    private func take(
        _ reading: RosterReading, _ digest: Digest, _ report: RosterReport, _ today: LondonDay, _ person: Operator,
        _ access: ListAccess
    ) async throws {
        let (list, seen) = try await read(person, access)
        if !json { Console.out(report.readLine) }
        let comparison: RosterComparison
        do throws(RosterRefusal) {
            comparison = try RosterComparison(
                reading, against: list, today: today, by: person.subject, removedPercentMax: maxRemoved.value)
        } catch {
            if json { Console.out(report.json(error)) } else if let table = report.heldTable { Console.out(table) }
            throw CommandFailure(.badData, spoken(error))
        }
        var events = comparison.events.map { $0.newEvent(at: report.practice) }
        let fact = comparison.fact(of: reading, file: digest, by: person.subject, after: list.lastImport)
        if let fact { events.append(fact.newEvent) }
        if !json { tell(comparison, report) }
        guard !confirmation.dryRun, !events.isEmpty else {
            if json { Console.out(report.json(comparison, isDryRun: confirmation.dryRun, last: nil)) }
            return
        }
        try confirmation.ask("Plan: append \(grouped(events.count)) events to the log of \(report.practice).")
        let last = try await append(events, seen: seen, person, access)
        Console.out(
            json
                ? report.json(comparison, isDryRun: false, last: last)
                : "OK  \(grouped(events.count)) events appended, \(grouped(comparison.listedAfter)) on the list, "
                    + "event \(access.practice) \(last)")
    }

    private func tell(_ comparison: RosterComparison, _ report: RosterReport) {
        let ending = confirmation.dryRun ? " No change written (--dry-run)." : comparison.events.isEmpty ? " Nothing to write." : ""
        Console.out(RosterReport.comparisonLine(comparison) + ending)
        if let spared = RosterReport.sparedLine(comparison) { Console.out(spared) }
        guard let table = report.heldTable else { return }
        Console.out("")
        Console.out(table)
    }

    // MARK: The list

    /// The list as it stands, and up to where it was read.
    private func read(_ person: Operator, _ access: ListAccess) async throws -> (RegisteredList, Position) {
        let events: [ListEvent]
        do {
            events = try await person.lists.events(access)
        } catch let error as PostgresError {
            throw Self.failure(error, "The list cannot be read (\(error)).")
        }
        var list = RegisteredList()
        for event in events {
            do throws(JSONError) {
                try list.apply(type: event.type, payload: event.payload)
            } catch {
                throw CommandFailure(
                    .failed, "Event \(access.practice) \(event.position) of the list cannot be read (\(error)).")
            }
        }
        return (list, events.last?.position ?? .origin)
    }

    private func append(
        _ events: [NewEvent], seen: Position, _ person: Operator, _ access: ListAccess
    ) async throws -> Position {
        let outcome: PracticeListLog.Outcome
        do {
            outcome = try await person.lists.append(events, seen: seen, access)
        } catch let error as PostgresError {
            throw Self.failure(
                error, "It may not have been written (\(error)). Run it again: nothing is done twice.")
        }
        switch outcome {
        case .appended(let last): return last
        case .overtaken:
            throw CommandFailure(
                .tryAgain, "Somebody has told the list anew meanwhile; nothing was written. Run it again.")
        }
    }

    private static func failure(_ error: PostgresError, _ sentence: String) -> CommandFailure {
        error.sqlState == "42501"
            ? CommandFailure(.notAllowed, "The database does not let this login do it: \(error).")
            : CommandFailure(.unavailable, sentence)
    }

    // MARK: The file

    /// Says plainly why a file is refused.
    private func refusing<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let refusal as RosterRefusal {
            throw CommandFailure(.badData, spoken(refusal))
        }
    }

    private func spoken(_ refusal: RosterRefusal) -> String {
        switch refusal {
        case .tooLarge: "The file is larger than \(RosterFile.bytesMax / 1_048_576) MiB."
        case .tooManyRows: "The file has more than \(grouped(RosterFile.rowsMax)) rows."
        case .notCSV: "The file is UTF-16 text: save it as CSV."
        case .headingsMissing:
            "None of the first \(RosterReading.headingRowsMax) rows has the heading of an NHS number; "
                + "--columns names it."
        case .columnMissing(let column): "The file has no heading for \(column.rawValue); --columns names it."
        case .columnTwice(let column): "Two headings mean \(column.rawValue); --columns names the right one."
        case .columnUnknown, .headingTwice: "The file of --columns is not right (\(refusal.code))."
        case .nothingRead: "No row could be read. Nothing changed."
        case .tooManyLeft(let left, let listed):
            "Removed \(grouped(left)) of \(grouped(listed)) (\(left * 100 / max(1, listed))%) is over "
                + "--max-removed \(maxRemoved). Nothing changed. Is this the right file?"
        }
    }
}
