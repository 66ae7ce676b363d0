import ArgumentParser
import Audit
import EventSourcing
import Foundation
import Postgres

/// The auditor's commands: is the log whole, was it ever another, what was taken out of it, and who looked at what.
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Proves that the log is whole, and says who looked at what.",
        discussion: """
            Examples:
              primary-conect audit verify --against /mnt/worm/checkpoints.log
              primary-conect audit prove --log RH5 --position 1284311
              primary-conect audit access --practice Z99001 --since 2026-03-02 --reason "weekly check"
              primary-conect audit access --patient --html --reason "subject access request 4711" < number > report.html
            """,
        subcommands: [
            AuditVerify.self, AuditProve.self, AuditCheckpoint.self, AuditKey.self, AuditDump.self, AuditRedact.self,
            AuditAccess.self, AuditUnusual.self,
        ])

    /// Runs with connections as the auditor, and says plainly what went wrong.
    static func working<Result>(
        in installation: Installation, connectionsMax: Int = 1, _ body: (PostgresPool) async throws -> Result
    ) async throws -> Result {
        do {
            return try await Auditor.working(in: installation, connectionsMax: connectionsMax) { try await body($0.pool) }
        } catch let error as AuditError {
            throw CommandFailure(.noInput, "\(error)")
        }
    }

    /// The key that checkpoints of a log are held against: as given, or of this installation.
    static func key(_ text: String?, of log: LogName, _ installation: Installation) throws -> NoteKey? {
        guard let text else {
            return try CheckpointKey.existing(installation).flatMap { LogOrigin(publicKey: $0.publicKey).key(log) }
        }
        let line = text.contains("+") ? text : try InputText.read(text)
        guard let key = NoteKey(line.trimmingCharacters(in: .whitespacesAndNewlines)) else {
            throw CommandFailure(.badData, "This is no verifier key: name+id+base64, as `primary-conect audit key` prints it.")
        }
        return key
    }
}

/// Text files that a person names.
enum InputText {
    static func read(_ path: String) throws -> String {
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw CommandFailure(.noInput, "The file \(path) cannot be read.")
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
