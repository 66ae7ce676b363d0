import ArgumentParser
import Audit
import EventLog
import EventSourcing
import Foundation
import Postgres

/// Recomputes logs from their rows.
struct AuditVerify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Recomputes logs from their rows; ends with 3 if anything is not what was written.",
        discussion: """
            Examples:
              primary-conect audit verify                                       all logs
              primary-conect audit verify --log RH5 --against /mnt/worm/checkpoints.log
              primary-conect audit verify --log RH5 --resume rh5.state          goes on where it stood

            Reads every event and message, recomputes each leaf, the tree, and holds it against the head, against stored
            checkpoints and the inner nodes kept for proofs, and against the checkpoints you kept elsewhere: only they show
            that rows, leaves and head were all written anew. Safe while the feed runs. If it is stopped, run it again with the same --resume FILE.
            """)

    @OptionGroup var installation: InstallationOptions
    @Option(help: "The log (ODS code); without it all.")
    var log: String?
    @Option(help: "A file of signed checkpoints kept elsewhere; may stand more than once.")
    var against: [String] = []
    @Option(help: "The verifier key, or a file with it (default: this installation's).")
    var key: String?
    @Option(help: "Where it is noted how far it has come, and read again from there; for one log.")
    var resume: String?
    @Flag(help: "One JSON object for each log.")
    var json = false
    @Option(help: "auto, plain, json, none.")
    var progress = ProgressStyle.auto

    func run() async throws {
        try await reporting {
            let installation = try await Installation(options: installation)
            let notes = try against.flatMap { path in
                guard let notes = CheckpointFile.notes(in: try InputText.read(path)) else {
                    throw CommandFailure(.badData, "\(path) is no file of checkpoints.")
                }
                return notes
            }
            let isWhole = try await AuditCommand.working(in: installation, connectionsMax: LogVerification.chunksAtOnce) {
                pool in
                let logs =
                    if let log { [try OperatorInput.log(log)] } else { try await EventReader(pool: pool).logs() }
                guard resume == nil || logs.count == 1 else {
                    throw CommandFailure(.badData, "--resume is for one log: --log CODE.")
                }
                var isWhole = true
                for log in logs {
                    let isLogWhole = try await verify(log, against: notes, pool, installation)
                    isWhole = isWhole && isLogWhole
                }
                return isWhole
            }
            if !isWhole { throw ExitStatus.problemsFound.exit }
        }
    }

    private func verify(
        _ log: LogName, against notes: [SignedNote], _ pool: PostgresPool, _ installation: Installation
    ) async throws -> Bool {
        let key = try AuditCommand.key(key, of: log, installation)
        if !notes.isEmpty, key == nil {
            throw CommandFailure(.badConfiguration, "Checkpoints need the key they were signed with: --key.")
        }
        let checkpoints = key.map { key in notes.compactMap { $0.checkpoint(signedBy: key) } } ?? []
        if !against.isEmpty, checkpoints.isEmpty, self.log != nil {
            throw CommandFailure(.badData, "No checkpoint in these files is signed for \(log) with this key.")
        }
        let begin = try begin(log, key)
        let clock = ContinuousClock()
        let began = clock.now
        let bar = Bar(log: log, style: progress, before: begin?.position ?? .origin)
        let state = try await LogVerification(pool: pool, log: log, key: key, against: checkpoints).run(
            from: begin, progress: { bar.show($0, of: $1) }, save: { try save($0) })
        bar.finish()
        let events = state.position.rawValue - (begin?.position.rawValue ?? 0)
        json ? tellJSON(state, clock.now - began) : tell(state, Double(events) / max(seconds(clock.now - began), 0.000_001))
        return state.findingCount == 0
    }

    /// Where it stood, if there is a file that says so.
    private func begin(_ log: LogName, _ key: NoteKey?) throws -> VerificationState? {
        guard let resume, let bytes = FileManager.default.contents(atPath: resume) else { return nil }
        guard let state = VerificationState(json: Array(bytes)) else {
            throw CommandFailure(.badData, "\(resume) does not say how far a verification has come.")
        }
        guard state.log == log, state.key == key?.description else {
            throw CommandFailure(.badData, "\(resume) is of another log, or of another key.")
        }
        return state
    }

    private func save(_ state: VerificationState) throws {
        guard let resume else { return }
        do {
            try Data(state.json).write(to: URL(filePath: resume), options: .atomic)
        } catch {
            throw CommandFailure(.failed, "\(resume) cannot be written.")
        }
    }

    private func tell(_ state: VerificationState, _ rate: Double) {
        for finding in state.findings { Console.out("FAIL  \(state.log)  \(finding)") }
        if state.findingCount > Int64(state.findings.count) {
            Console.out("FAIL  \(state.log)  and \(state.findingCount - Int64(state.findings.count)) more")
        }
        let redacted = "\(state.redactions) \(state.redactions == 1 ? "redaction" : "redactions")"
            + (state.redacted > 0 ? " (\(state.redacted) events)" : "")
        Console.out(
            "\(state.findingCount == 0 ? "OK  " : "FAIL")  \(state.log)  \(grouped(Int(state.position.rawValue))) events, "
                + "\(state.checkpoints) checkpoints, \(grouped(Int(state.subtrees))) subtrees, \(redacted), \(state.findingCount) findings, \(grouped(Int(rate)))/s")
    }

    private func tellJSON(_ state: VerificationState, _ duration: Duration) {
        var json = JSONWriter()
        json.beginObject()
        json.key("checkpoints")
        json.integer(state.checkpoints)
        json.key("events")
        json.integer(state.position.rawValue)
        json.key("finding_count")
        json.integer(state.findingCount)
        json.key("findings")
        json.beginArray()
        for finding in state.findings { finding.write(to: &json) }
        json.endArray()
        json.key("log")
        json.string(state.log.rawValue)
        json.key("microseconds")
        json.integer(Int64(seconds(duration) * 1_000_000))
        json.key("redacted")
        json.integer(state.redacted)
        json.key("redactions")
        json.integer(state.redactions)
        json.key("schema")
        json.string("audit-verify/1")
        json.key("subtrees")
        json.integer(state.subtrees)
        json.endObject()
        Console.out(String(decoding: json.bytes, as: UTF8.self))
    }

    /// A bar that begins when the end is known.
    private final class Bar {
        private let log: LogName
        private let style: ProgressStyle
        private let before: Position
        private let began = ContinuousClock.now
        private var bar: ProgressBar?

        init(log: LogName, style: ProgressStyle, before: Position) {
            self.log = log
            self.style = style
            self.before = before
        }

        func show(_ done: Int64, of total: Int64) {
            let bar =
                bar
                ?? ProgressBar(
                    "verifying \(log)", total: Int(total), unit: "events", style: style, before: Int(before.rawValue),
                    started: began)
            self.bar = bar
            bar.advance(to: Int(done))
        }

        func finish() { bar?.finish() }
    }
}
