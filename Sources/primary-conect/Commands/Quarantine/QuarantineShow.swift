import ArgumentParser
import EventLog
import EventSourcing
import HL7v2

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
    @OptionGroup var identifiers: ShownIdentifiers

    func run() async throws {
        try await reporting {
            let log = try OperatorInput.log(log)
            let purpose = try identifiers.purpose(masked: "quarantine, masked")
            let found = try await Operator.working(in: try await Installation(options: installation)) { person in
                try await person.reader.messages(
                    in: log, at: [Position(position)],
                    look: person.look("quarantine/\(log)/\(position)", purpose: purpose))
            }
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
            if identifiers.showIdentifiers {
                Console.out(MaskedMessage.printable(String(decoding: message.bytes, as: UTF8.self)))
            }
            return
        }
        let lines = MaskedMessage(parsed, place: place, showingIdentifiers: identifiers.showIdentifiers).lines
        let width = lines.map(\.name.count).max() ?? 0
        for line in lines {
            var text = line.name + String(repeating: " ", count: width - line.name.count) + "  " + line.text
            if line.isPlace { text += "   ◀ \(message.reason)" }
            while text.last == " " { text.removeLast() }
            Console.out(text)
        }
        if !identifiers.showIdentifiers {
            Console.out("")
            Console.out("Identifiers are masked. In full: add --show-identifiers --reason \"…\"; the look is recorded.")
        }
    }
}
