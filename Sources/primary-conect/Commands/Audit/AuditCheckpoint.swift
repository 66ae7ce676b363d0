import ArgumentParser
import Audit
import EventLog
import EventSourcing

/// Prints the newest signed checkpoints.
struct AuditCheckpoint: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "checkpoint", abstract: "Prints the newest signed checkpoint of a log, or of all.",
        discussion: """
            Example:
              primary-conect audit checkpoint >> /mnt/worm/checkpoints.log

            What it prints is what `audit verify --against` reads. `serve` signs; this signs nothing.
            """)

    @OptionGroup var installation: InstallationOptions
    @Option(help: "The log (ODS code); without it all.")
    var log: String?

    func run() async throws {
        try await reporting {
            let log = try log.map(OperatorInput.log)
            let checkpoints = try await AuditCommand.working(in: try await Installation(options: installation)) { pool in
                try await ProofReader(pool: pool).checkpoints().filter { log == nil || $0.log == log }
            }
            guard !checkpoints.isEmpty else { throw CommandFailure(.noInput, "Nothing has been signed yet.") }
            for checkpoint in checkpoints { Console.out(checkpoint.note) }
        }
    }
}

/// Prints the keys that checkpoints are held against.
struct AuditKey: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "Prints the verifier key of a log's checkpoints, or of every log's.",
        discussion: """
            Example:
              primary-conect audit key --log RH5

            One key pair signs all logs, each under its own name, so each has a line of its own. Give it out by another way
            than the checkpoints.
            """)

    @OptionGroup var installation: InstallationOptions
    @Option(help: "The log (ODS code); without it all, which asks the database.")
    var log: String?

    func run() async throws {
        try await reporting {
            let installation = try await Installation(options: installation)
            guard let signer = try CheckpointKey.existing(installation) else {
                throw CommandFailure(.noInput, "There is no checkpoint key yet.", next: "primary-conect serve")
            }
            let origin = LogOrigin(publicKey: signer.publicKey)
            let logs: [LogName]
            if let log {
                logs = [try OperatorInput.log(log)]
            } else {
                logs = try await AuditCommand.working(in: installation) { try await EventReader(pool: $0).logs() }
            }
            for log in logs {
                if let key = origin.key(log) { Console.out("\(key)") }
            }
        }
    }
}
