import ArgumentParser
import EventLog
import EventSourcing
import Foundation
import Postgres
import PracticeService
import Projections

/// One patient's or encounter's events, and who was told of them.
struct HistoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "What was told of a patient or an encounter, event by event, and who was told of it.",
        discussion: """
            Examples:
              primary-conect history pt_c91xw5e8rdq0h --reason "complaint 17"
              primary-conect history enc_7hq3v0k2mzd41 --reason "complaint 17" --messages --html history.html
              primary-conect history pt_c91xw5e8rdq0h --reason "complaint 17" --as-of 2026-03-03T08:00:00Z
              echo 'patient:RH5|123' | primary-conect history - --log RH5 --reason "complaint 17"

            For the auditor; each look is recorded with its reason, on behalf of the practice whose ref it is, or of the
            hospital. HAPPENED is what the hospital says, TOLD when we learned it. What a later event took back is marked
            ✗ with the position that did. Identifiers are masked; --show-identifiers and --raw show all.
            --as-of, or --position, tells what had been told by then, and nothing that took it back since.
            """)

    @OptionGroup var installation: InstallationOptions
    @Argument(help: "A ref (pt_… or enc_…), or - for a stream of the hospital's own on standard input.")
    var ref: String
    @Option(help: "With -: the hospital's log (ODS code).")
    var log: String?
    @Option(help: "Why you look, one line; recorded.")
    var reason: String?
    @OptionGroup var past: PastMoment
    @Flag(help: "Only what was taken back, and what took it back.")
    var corrections = false
    @Flag(help: "The messages, segment by segment, identifiers masked.")
    var messages = false
    @Flag(help: "The messages with all that they say.")
    var raw = false
    @Flag(help: "Names, numbers and dates of birth in full.")
    var showIdentifiers = false
    @Flag(help: "One JSON object.")
    var json = false
    @Option(help: "Writes a time line as SVG to this file; - is standard output.")
    var svg: String?
    @Option(help: "Writes a page with time line and tables to this file; - is standard output.")
    var html: String?

    func run() async throws {
        try await reporting {
            let reason = try OperatorInput.reason(reason)
            let moment = try past.moment(now: WallClock.now())
            // One for the look, and one for what is folded beside it.
            let pool = try await Installation(options: installation).pool(.auditor, connectionsMax: 2)
            do {
                let reader = HistoryReader(pool: pool, login: .auditor, past: AsAtReader(desk: pool, archive: pool))
                try await show(reader, reason: reason, at: moment)
            } catch {
                await pool.close()
                throw error
            }
            await pool.close()
        }
    }

    private func show(_ reader: HistoryReader, reason: String, at moment: AsAtMoment?) async throws {
        let (subject, practice) = try await subject(reader)
        let isOpen = raw || showIdentifiers
        var access = AccessRequest(
            practice: practice, subject: "terminal:\(NSUserName())", role: "auditor", client: "command-line",
            purpose: isOpen ? "history, identifiers shown: \(reason)" : "history: \(reason)", route: "history",
            requestID: UUID().uuidString.lowercased())
        do {
            if let moment { access.noteMoment(try await reader.time(of: moment)) }
        } catch ProjectionError.momentUnknown {
            throw CommandFailure(.badData, "There is no such position.")
        }
        let looked = try await reader.history(
            of: subject, access: access, at: moment, showsIdentifiers: showIdentifiers || raw)
        guard var history = looked.found, !history.isEmpty else {
            throw CommandFailure(.noInput, "Nothing was told of this by then.")
        }
        if corrections {
            history.items = history.corrections
            if history.items.isEmpty { Console.error("Nothing was taken back.") }
        }
        let shownAt = looked.cut?.moment ?? looked.madeAt
        if let svg { return try write(HistoryChart(history, now: shownAt).text(), to: svg) }
        if let html {
            let page = HistoryPage(history, of: name, now: looked.madeAt, asAt: looked.cut?.moment)
            return try write(page.text(), to: html)
        }
        if json { return Console.out(history.json(of: name, at: practice)) }
        let text = HistoryText(history)
        Console.out(text.head(of: name, at: practice))
        guard messages || raw else { return Console.out(text.tables) }
        access.route += "/messages"
        Console.out(text.tables)
        let bytes = try await reader.messages(history.messages, access: access)
        Console.out(text.messages(bytes, showingIdentifiers: raw))
    }

    /// What stands for the subject in what is written: never a hospital's own number.
    private var name: String { ref == "-" ? "a stream of \(log ?? "")" : ref }

    private func subject(_ reader: HistoryReader) async throws -> (HistorySubject, practice: String) {
        guard ref == "-" else {
            guard ref.hasPrefix("pt_") || ref.hasPrefix("enc_") else {
                throw CommandFailure(.badData, "A ref begins with pt_ or enc_; give other numbers on standard input, with -.")
            }
            guard let practice = try await reader.practice(of: ref) else {
                throw CommandFailure(.noInput, "No practice has this ref.")
            }
            return (.ref(ref), practice)
        }
        guard let log else { throw CommandFailure(.badData, "--log says whose stream it is.") }
        let stream = (readLine() ?? "").trimmingCharacters(in: .whitespaces)
        guard stream.hasPrefix("patient:") || stream.hasPrefix("encounter:") else {
            throw CommandFailure(.badData, "A stream is patient:ISSUER|NUMBER or encounter:ISSUER|NUMBER.")
        }
        let name = try OperatorInput.log(log)
        return (.stream(name, StreamName(stream)), name.rawValue)
    }

    private func write(_ text: String, to path: String) throws {
        guard path != "-" else { return Console.out(text) }
        guard !FileManager.default.fileExists(atPath: path) else {
            throw CommandFailure(.badData, "\(path) is there already.")
        }
        // It is about a patient: for its owner's eyes alone.
        guard FileManager.default.createFile(
            atPath: path, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
        else { throw CommandFailure(.failed, "\(path) cannot be written.") }
        Console.error("Written to \(path).")
    }
}

extension History {
    /// What was taken back, and what took it back.
    fileprivate var corrections: [HistoryItem] {
        let places = Set(items.compactMap(\.takenBackBy))
        return items.filter { $0.takenBackBy != nil || places.contains($0.position) }
    }

    /// The messages that told it, by log.
    fileprivate var messages: [LogName: [Position]] {
        var wanted: [LogName: Set<Position>] = [:]
        for item in items {
            if let log = item.log, let source = item.source { wanted[log, default: []].insert(source.position) }
        }
        return wanted.mapValues { $0.sorted() }
    }
}
