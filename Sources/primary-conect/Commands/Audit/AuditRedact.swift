import ArgumentParser
import Audit
import EventLog
import EventSourcing
import Postgres

/// Takes out what must not stay.
struct AuditRedact: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "redact", abstract: "Takes an event's payload and its message's bytes out of the log, for good.",
        discussion: """
            Example:
              primary-conect audit redact --log RH5 --position 17 --reason "ticket 4711" --approved-by auditor:kim

            Goes with it: all that the same message told. The digests stay, so the tree, every checkpoint and every proof
            still verify; `audit verify` says how many redactions there are. Two people stand for it, you and the auditor;
            both names and the reason stand in the log for good, and must name no patient. There is no way back.
            Afterwards run `primary-conect project rebuild`: views made before still show what the event told.
            """)

    @OptionGroup var installation: InstallationOptions
    @Option(help: "The log (ODS code).")
    var log: String
    @Option(help: "The position of the event.")
    var position: Int64
    @Option(help: "Why; no patient data.")
    var reason: String
    @Option(help: "The auditor who approves.")
    var approvedBy: String
    @OptionGroup var confirmation: Confirmation

    func run() async throws {
        try await reporting {
            let log = try OperatorInput.log(log)
            let reason = try OperatorInput.reason(reason)
            let approver = try OperatorInput.reason(approvedBy)
            let installation = try await Installation(options: installation)
            let pool = try installation.pool(.operator, connectionsMax: 1)
            do {
                try await redact(log, because: reason, approvedBy: approver, pool, installation)
            } catch {
                await pool.close()
                switch error {
                case let error as AuditError: throw CommandFailure(.badData, "\(error)")
                case let error as PostgresError where error.sqlState == "P0002":
                    throw CommandFailure(.noInput, "There is no log \(log).")
                case let error as PostgresError where error.sqlState == "42501":
                    throw CommandFailure(.notAllowed, "It needs two people, and the operator's login: \(error)")
                case let error as PostgresError:
                    throw CommandFailure(.unavailable, "It may not have been done (\(error)). Run it again.")
                default: throw error
                }
            }
            await pool.close()
        }
    }

    private func redact(
        _ log: LogName, because reason: String, approvedBy approver: String, _ pool: PostgresPool,
        _ installation: Installation
    ) async throws {
        let redactor = Redactor(pool: pool)
        let positions = try await redactor.positions(with: Position(position), in: log)
        let isMeant = try confirmation.allows(
            "Plan: take out of \(log), for good, \(positions.count) events: \(positions.map(\.description).joined(separator: ", ")).",
            otherwise: "\(positions.count) events of \(log) would be taken out.")
        guard isMeant else { return }
        try await Operator.working(in: installation) { person in
            let (at, redaction) = try await redactor.redact(
                Position(position), of: log, by: person.subject, approvedBy: approver, reason: reason)
            Console.out("OK  redacted \(redaction.positions.count) events, told by event \(log) \(at)")
            Console.out("Next: primary-conect project rebuild")
        }
    }
}
