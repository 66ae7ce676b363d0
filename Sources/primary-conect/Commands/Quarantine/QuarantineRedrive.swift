import Admissions
import ArgumentParser
import EventLog
import EventSourcing
import Ingest

/// Reads messages again.
struct QuarantineRedrive: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "redrive", abstract: "Reads messages again with the profiles and the code of now.",
        discussion: """
            Examples:
              primary-conect quarantine redrive --all --dry-run
              primary-conect quarantine redrive RH5 1284

            What is understood now gives the events it would have given when it came; the rest goes on waiting, and then
            the command ends with 3. It may be stopped and run again: nothing is read twice.
            """)

    @OptionGroup var installation: InstallationOptions
    @Argument(help: "The log (ODS code) of one message.")
    var log: String?
    @Argument(help: "The position of one message.")
    var position: Int64?
    @Option(help: "All that wait for this reason (a code).")
    var reason: String?
    @Flag(help: "All that wait.")
    var all = false
    @OptionGroup var confirmation: Confirmation
    @Option(help: "auto, plain, json, none.")
    var progress = ProgressStyle.auto

    /// How many messages are read at once, and how many bytes of them: the head of the log is held meanwhile.
    private static let chunkMessagesMax = 100
    private static let chunkBytesMax = 8 * 1_048_576

    func validate() throws {
        guard (log == nil) == (position == nil) else { throw ValidationError("One message is named by LOG POSITION.") }
        let ways = [log != nil, reason != nil, all].filter(\.self).count
        guard ways == 1 else { throw ValidationError("Name one message, or --reason CODE, or --all.") }
    }

    func run() async throws {
        try await reporting {
            let installation = try await Installation(options: installation)
            let profiles = try ProfileFolder.library(installation.settings)
            let redrive = Redrive(feeds: try HospitalList(installation.settings).feeds(profiles))
            let tally = try await Operator.working(in: installation) { person in
                try await read(try await select(person), with: redrive, person)
            }
            tell(tally)
            if !tally.stillWaiting.isEmpty { throw ExitStatus.problemsFound.exit }
        }
    }

    /// What became of the messages.
    private struct Tally {
        /// Place, what it was held back for, and what it gives.
        var understood: [(WaitingMessage, [NewEvent])] = []
        /// Place, and why it goes on waiting.
        var stillWaiting: [(WaitingMessage, String)] = []
        /// Somebody else was faster.
        var settledBefore = 0
        var eventCount = 0
    }

    private func select(_ person: Operator) async throws -> [WaitingMessage] {
        guard let log, let position else { return try await person.reader.waiting(reason: reason) }
        let name = try OperatorInput.log(log)
        if let message = try await person.reader.waiting(in: name).first(where: { $0.position == Position(position) }) {
            return [message]
        }
        let settled = try await person.reader.messages(
            in: name, at: [Position(position)],
            look: person.look("quarantine/\(name)/\(position)", purpose: "redrive")
        ).first?.settlement
        guard let settled else {
            throw CommandFailure(
                .noInput, "No message was held back at \(name) \(position).", next: "primary-conect quarantine list")
        }
        guard settled.type == AdmissionEvent.Kind.messageRedriven.rawValue else {
            throw CommandFailure(.failed, "It was discarded at \(name) \(settled.position), and stays so.")
        }
        Console.out("It was read again before, at \(name) \(settled.position).")
        return []
    }

    /// Messages of one log that are read and appended together.
    private struct Chunk {
        let log: LogName
        var messages: [WaitingMessage]
        var byteCount: Int
    }

    private static func chunks(_ waiting: [WaitingMessage]) -> [Chunk] {
        var chunks: [Chunk] = []
        for message in waiting {
            if let last = chunks.last, last.log == message.log, last.messages.count < chunkMessagesMax,
                last.byteCount + message.byteCount <= chunkBytesMax
            {
                chunks[chunks.count - 1].messages.append(message)
                chunks[chunks.count - 1].byteCount += message.byteCount
            } else {
                chunks.append(Chunk(log: message.log, messages: [message], byteCount: message.byteCount))
            }
        }
        return chunks
    }

    private func read(_ waiting: [WaitingMessage], with redrive: Redrive, _ person: Operator) async throws -> Tally {
        if !waiting.isEmpty, !confirmation.dryRun {
            try confirmation.ask("Plan: read \(grouped(waiting.count)) messages again and append what they tell.")
        }
        let bar = ProgressBar("redrive", total: waiting.count, unit: "messages", style: progress)
        var tally = Tally()
        for chunk in Self.chunks(waiting) {
            try await read(chunk, with: redrive, person, tally: &tally)
            bar.advance(by: chunk.messages.count)
        }
        if !waiting.isEmpty { bar.finish() }
        return tally
    }

    private func read(_ chunk: Chunk, with redrive: Redrive, _ person: Operator, tally: inout Tally) async throws {
        let places = chunk.messages.map(\.position)
        let held = try await person.reader.messages(
            in: chunk.log, at: places, look: person.look("quarantine/\(chunk.log)/redrive", purpose: "redrive"))
        let known = Dictionary(held.map { ($0.position, $0) }, uniquingKeysWith: { first, _ in first })
        var acts: [OperatorAct] = []
        let now = WallClock.now()
        for message in chunk.messages {
            guard let stored = known[message.position], stored.settlement == nil else {
                tally.settledBefore += 1
                continue
            }
            switch redrive.read(stored.bytes, in: chunk.log) {
            case .understood(let events):
                tally.understood.append((message, events))
                let act = AdmissionEvent.redriven(message.position, by: person.subject, at: now)
                acts.append(OperatorAct(redriving: stored, told: events, act: act.newEvent))
            case .waits(let reason, let place):
                tally.stillWaiting.append((message, QuarantinePlace.spoken(reason, place)))
            case .belongs(let other):
                tally.stillWaiting.append((message, "its sender is listed as \(other) now; have it sent again"))
            }
        }
        guard !acts.isEmpty, !confirmation.dryRun else { return }
        let outcome = try await person.append(acts, to: chunk.log)
        tally.eventCount += outcome.eventCount
        tally.settledBefore += outcome.settledBefore.count
        tally.understood.removeAll { $0.0.log == chunk.log && outcome.settledBefore.contains($0.0.position) }
    }

    private func tell(_ tally: Tally) {
        let isDry = confirmation.dryRun
        if isDry || !tally.stillWaiting.isEmpty {
            var table = Table("LOG", "POSITION", "WAS", isDry ? "WOULD BECOME" : "STILL WAITS", numeric: [1])
            if isDry {
                for (message, events) in tally.understood {
                    table.add(
                        message.log.rawValue, String(message.position.rawValue), message.reason,
                        events.map(\.type).joined(separator: ", "))
                }
            }
            for (message, why) in tally.stillWaiting {
                table.add(
                    message.log.rawValue, String(message.position.rawValue), message.reason,
                    isDry ? "waits: \(why)" : why)
            }
            Console.out(table.text)
            Console.out("")
        }
        let waits = tally.stillWaiting.isEmpty ? "" : ", \(grouped(tally.stillWaiting.count)) still wait"
        let before = tally.settledBefore == 0 ? "" : ", \(grouped(tally.settledBefore)) settled before"
        if isDry {
            Console.out(
                "\(grouped(tally.understood.count)) would be read\(waits)\(before). No change written (--dry-run).")
        } else {
            Console.out(
                "\(grouped(tally.understood.count)) read again, \(grouped(tally.eventCount)) events appended"
                    + "\(waits)\(before).")
        }
    }
}
