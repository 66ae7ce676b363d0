import ArgumentParser
import EventLog
import EventSourcing

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
            let messages = try await Operator.working(in: try await Installation(options: installation)) { person in
                try await person.reader.waiting(in: filter, reason: reason)
            }
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
