import Admissions
import ArgumentParser
import EventLog
import EventSourcing

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
    @OptionGroup var confirmation: Confirmation

    func run() async throws {
        try await reporting {
            let log = try OperatorInput.log(log)
            let reason = try OperatorInput.reason(reason)
            try await Operator.working(in: try await Installation(options: installation)) { person in
                try await discard(in: log, because: reason, by: person)
            }
        }
    }

    private func discard(in log: LogName, because reason: String, by person: Operator) async throws {
        let waiting = try await person.reader.waiting(in: log).first { $0.position == Position(position) }
        guard let waiting else {
            throw CommandFailure(
                .noInput, "No message waits at \(log) \(position).", next: "primary-conect quarantine list")
        }
        let isMeant = try confirmation.allows(
            "Plan: discard \(log) \(position), held back for \(waiting.reason).",
            otherwise: "\(log) \(position) (\(waiting.reason)) would be discarded.")
        guard isMeant else { return }
        let act = AdmissionEvent.discarded(
            waiting.position, by: person.subject, reason: reason, at: WallClock.now())
        let outcome = try await person.append(
            [OperatorAct(discarding: waiting.position, act: act.newEvent)], to: log)
        guard let last = outcome.last else {
            throw CommandFailure(.failed, "Somebody has settled it meanwhile; nothing was written.")
        }
        Console.out("OK  discarded, event \(log) \(last)")
    }
}
