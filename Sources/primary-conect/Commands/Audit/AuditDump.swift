import ArgumentParser
import Audit
import EventSourcing

/// Writes a log out for another verifier.
struct AuditDump: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dump", abstract: "Writes a whole log as lines of JSON, for a verifier that is not ours.",
        discussion: """
            Example:
              primary-conect audit dump --log RH5 --reason "yearly audit" > rh5.ndjson
              Tests/Verifier/verify.py rh5.ndjson --key "$(primary-conect audit key --log RH5)"

            Every payload and message with its salt: patient data, so it is recorded who took it and why. Keep it as the log
            itself is kept.
            """)

    @OptionGroup var installation: InstallationOptions
    @Option(help: "The log (ODS code).")
    var log: String
    @Option(help: "Why; stands in the access record.")
    var reason: String

    func run() async throws {
        try await reporting {
            let log = try OperatorInput.log(log)
            let reason = try OperatorInput.reason(reason)
            let installation = try await Installation(options: installation)
            try await Operator.working(in: installation) { try await $0.note($0.look("dump/\(log)", purpose: reason)) }
            try await AuditCommand.working(in: installation) { pool in
                try await LogDump(pool: pool, log: log).run { Console.outRaw($0) }
            }
        }
    }
}
