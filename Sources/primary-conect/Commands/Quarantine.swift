import Admissions
import ArgumentParser
import EventLog
import EventSourcing
import HL7v2
import Ingest

/// Messages that were not understood: which, why, and what becomes of them.
struct Quarantine: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Messages held back because they were not understood: list, show, read again, discard.",
        discussion: """
            Examples:
              primary-conect quarantine list
              primary-conect quarantine redrive --reason visit-number-missing --dry-run

            Whatever is held back was stored and acknowledged. After a profile or the code was mended, redrive reads it
            again, and its events take the place that its own times give them.
            """,
        subcommands: [QuarantineList.self, QuarantineShow.self, QuarantineRedrive.self, QuarantineDiscard.self],
        defaultSubcommand: QuarantineList.self)
}

extension WaitingMessage {
    /// Where in the message the reason lies.
    var place: String? { QuarantinePlace.of(payload) }
    /// MSH-4 as sent.
    var facility: String { MaskedMessage.printable(String(sender.split(separator: "|").last ?? "")) }
}

/// Reads where the reason lies from the event that told of a message.
enum QuarantinePlace {
    static func of(_ payload: [UInt8]) -> String? {
        (try? AdmissionEvent(type: AdmissionEvent.Kind.messageQuarantined.rawValue, payload: payload))?.place
    }

    /// `visit-number-missing at PV1-19`.
    static func spoken(_ reason: String, _ place: String?) -> String {
        place.map { "\(reason) at \($0)" } ?? reason
    }
}

/// What waits.
struct QuarantineList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "The messages that wait, without patient data.",
        discussion: """
            Examples:
              primary-conect quarantine list
              primary-conect quarantine list --reason pid-missing --json
            """)

    @OptionGroup var installation: InstallationOptions
    @Option(help: "Only those held back for this reason (a code).")
    var reason: String?
    @Option(help: "Only those of this log (ODS code).")
    var log: String?
    @Flag(help: "One JSON object.")
    var json = false

    func run() async throws {
        try await reporting {
            let filter = try log.map(OperatorInput.log)
            let person = try Operator(try await Installation(options: installation))
            let messages = try await person.reader.waiting(in: filter, reason: reason)
            await person.close()
            let now = WallClock.now()
            json ? tellJSON(messages, now: now) : tell(messages, now: now)
        }
    }

    private func tell(_ messages: [WaitingMessage], now: Instant) {
        guard !messages.isEmpty else { return Console.out("Nothing is held back.") }
        var table = Table("LOG", "POSITION", "AGE", "REASON", "WHERE", "TRIGGER", "SENDER", numeric: [1])
        for message in messages {
            table.add(
                message.log.rawValue, String(message.position.rawValue),
                spoken(max(0, seconds(now - message.recordedAt))), message.reason, message.place ?? "",
                MaskedMessage.printable(message.trigger), message.facility)
        }
        Console.out(table.text)
        Console.out("")
        Console.out("\(grouped(messages.count)) held back. Next: primary-conect quarantine show LOG POSITION")
    }

    private func tellJSON(_ messages: [WaitingMessage], now: Instant) {
        let items = messages.map { message in
            "{\"log\":\(jsonText(message.log.rawValue)),\"position\":\(message.position)"
                + ",\"held_since\":\"\(message.recordedAt.iso8601)\""
                + ",\"age_seconds\":\(Int(max(0, seconds(now - message.recordedAt))))"
                + ",\"reason\":\(jsonText(message.reason)),\"where\":\(message.place.map(jsonText) ?? "null")"
                + ",\"trigger\":\(jsonText(message.trigger)),\"facility\":\(jsonText(message.facility))"
                + ",\"bytes\":\(message.byteCount)}"
        }
        Console.out(
            "{\"schema\":\"quarantine/1\",\"at\":\"\(now.iso8601)\",\"total\":\(messages.count)"
                + ",\"items\":[\(items.joined(separator: ","))]}")
    }
}

/// One message, segment by segment.
struct QuarantineShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "One message, field by field: what is wrong, and where.",
        discussion: """
            Examples:
              primary-conect quarantine show RH5 1284
              primary-conect quarantine show RH5 1284 --show-identifiers --reason "unknown number form, ticket 4711"

            What identifies the patient is shown as •••. --show-identifiers with a --reason shows all. Each look
            is recorded.
            """)

    @OptionGroup var installation: InstallationOptions
    @Argument(help: "The log (ODS code).")
    var log: String
    @Argument(help: "The position, as list tells it.")
    var position: Int64
    @Flag(help: "The message in full; needs --reason, and is recorded with it.")
    var showIdentifiers = false
    @Option(help: "Why identifiers are shown.")
    var reason: String?

    func run() async throws {
        try await reporting {
            let log = try OperatorInput.log(log)
            let purpose = showIdentifiers || reason != nil ? try OperatorInput.reason(reason) : "quarantine, masked"
            let person = try Operator(try await Installation(options: installation))
            let found = try await person.reader.messages(
                in: log, at: [Position(position)],
                look: person.look("quarantine/\(log)/\(position)", purpose: purpose))
            await person.close()
            guard let message = found.first else {
                throw CommandFailure(
                    .noInput, "No message was held back at \(log) \(position).", next: "primary-conect quarantine list")
            }
            tell(message)
        }
    }

    private func tell(_ message: HeldMessage) {
        let place = QuarantinePlace.of(message.payload)
        let age = spoken(max(0, seconds(WallClock.now() - message.recordedAt)))
        Console.out("\(message.log) \(message.position)   held back since \(londonText(message.recordedAt)) (\(age))")
        Console.out("Reason   \(QuarantinePlace.spoken(message.reason, place))")
        Console.out(
            "Sender   \(MaskedMessage.printable(message.sender))   \(MaskedMessage.printable(message.trigger))   "
                + "\(grouped(message.bytes.count)) bytes")
        if let settlement = message.settlement {
            Console.out("Settled  \(settlement.type) at \(settlement.position)")
        }
        Console.out("")
        guard let parsed = try? HL7Message(message.bytes) else {
            Console.out("These bytes are no HL7 message.")
            if showIdentifiers {
                Console.out(MaskedMessage.printable(String(decoding: message.bytes, as: UTF8.self)))
            }
            return
        }
        let lines = MaskedMessage(parsed, place: place, showingIdentifiers: showIdentifiers).lines
        let width = lines.map(\.name.count).max() ?? 0
        for line in lines {
            var text = line.name + String(repeating: " ", count: width - line.name.count) + "  " + line.text
            if line.isPlace { text += "   ◀ \(message.reason)" }
            while text.last == " " { text.removeLast() }
            Console.out(text)
        }
        if !showIdentifiers {
            Console.out("")
            Console.out("Identifiers are masked. In full: add --show-identifiers --reason \"…\"; the look is recorded.")
        }
    }
}

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
    @Flag(help: "Only says what each would become.")
    var dryRun = false
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
            let person = try Operator(installation)
            let waiting = try await select(person)
            if !waiting.isEmpty, !dryRun {
                try confirmation.ask("Plan: read \(grouped(waiting.count)) messages again and append what they tell.")
            }
            let bar = ProgressBar("redrive", total: waiting.count, unit: "messages", style: progress)
            var tally = Tally()
            for chunk in Self.chunks(waiting) {
                try await read(chunk, with: redrive, person, tally: &tally)
                bar.advance(by: chunk.messages.count)
            }
            if !waiting.isEmpty { bar.finish() }
            await person.close()
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
        guard !acts.isEmpty, !dryRun else { return }
        let outcome = try await person.append(acts, to: chunk.log)
        tally.eventCount += outcome.eventCount
        tally.settledBefore += outcome.settledBefore.count
        tally.understood.removeAll { $0.0.log == chunk.log && outcome.settledBefore.contains($0.0.position) }
    }

    private func tell(_ tally: Tally) {
        if dryRun || !tally.stillWaiting.isEmpty {
            var table = Table("LOG", "POSITION", "WAS", dryRun ? "WOULD BECOME" : "STILL WAITS", numeric: [1])
            if dryRun {
                for (message, events) in tally.understood {
                    table.add(
                        message.log.rawValue, String(message.position.rawValue), message.reason,
                        events.map(\.type).joined(separator: ", "))
                }
            }
            for (message, why) in tally.stillWaiting {
                table.add(
                    message.log.rawValue, String(message.position.rawValue), message.reason,
                    dryRun ? "waits: \(why)" : why)
            }
            Console.out(table.text)
            Console.out("")
        }
        let waits = tally.stillWaiting.isEmpty ? "" : ", \(grouped(tally.stillWaiting.count)) still wait"
        let before = tally.settledBefore == 0 ? "" : ", \(grouped(tally.settledBefore)) settled before"
        if dryRun {
            Console.out(
                "\(grouped(tally.understood.count)) would be read\(waits)\(before). No change written (--dry-run).")
        } else {
            Console.out(
                "\(grouped(tally.understood.count)) read again, \(grouped(tally.eventCount)) events appended"
                    + "\(waits)\(before).")
        }
    }
}

/// Says that a message will not be read.
struct QuarantineDiscard: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "discard", abstract: "Says that a message will not be read. It stays stored.",
        discussion: """
            Example:
              primary-conect quarantine discard RH5 1284 --reason "test message of the supplier, ticket 4711"

            The reason is kept for ever: no patient data in it. What is discarded is never read again.
            """)

    @OptionGroup var installation: InstallationOptions
    @Argument(help: "The log (ODS code).")
    var log: String
    @Argument(help: "The position, as list tells it.")
    var position: Int64
    @Option(help: "Why.")
    var reason: String
    @Flag(help: "Only says what would be done.")
    var dryRun = false
    @OptionGroup var confirmation: Confirmation

    func run() async throws {
        try await reporting {
            let log = try OperatorInput.log(log)
            let reason = try OperatorInput.reason(reason)
            let person = try Operator(try await Installation(options: installation))
            let waiting = try await person.reader.waiting(in: log).first { $0.position == Position(position) }
            guard let waiting else {
                throw CommandFailure(
                    .noInput, "No message waits at \(log) \(position).", next: "primary-conect quarantine list")
            }
            if dryRun {
                await person.close()
                return Console.out(
                    "\(log) \(position) (\(waiting.reason)) would be discarded. No change written (--dry-run).")
            }
            try confirmation.ask("Plan: discard \(log) \(position), held back for \(waiting.reason).")
            let act = AdmissionEvent.discarded(
                waiting.position, by: person.subject, reason: reason, at: WallClock.now())
            let outcome = try await person.append(
                [OperatorAct(discarding: waiting.position, act: act.newEvent)], to: log)
            await person.close()
            guard let last = outcome.last else {
                throw CommandFailure(.failed, "Somebody has settled it meanwhile; nothing was written.")
            }
            Console.out("OK  discarded, event \(log) \(last)")
        }
    }
}
