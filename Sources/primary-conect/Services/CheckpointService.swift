import Audit
import EventLog
import EventSourcing
import Foundation
import Logging
import Postgres
import ServiceLifecycle

/// Signs a checkpoint of each log that grew: every `checkpoint.interval` seconds (60), or after `checkpoint.events` events
/// (10,000), whichever is sooner.
///
/// Notes go to the file `checkpoint.file` (`checkpoints.log` in the installation's folder), flushed, and then into the
/// database. Let the file be copied somewhere that who keeps the database cannot reach. A log that does not begin with
/// what was signed of it is told at level error with `code: log-forked`, each time, and not signed any more; `doctor`
/// and `status` say so too (`CheckpointHealth`).
struct CheckpointService: Service {
    private let checkpointer: Checkpointer
    private let pool: PostgresPool
    private let interval: Duration
    private let eventsMax: Int64
    private let logger: Logger

    /// How often it looks whether there is anything to sign.
    private static let lookEvery: Duration = .seconds(1)

    /// Opens the key, or makes it, and reads what was kept.
    ///
    /// - Throws: `CommandFailure(.badConfiguration)`.
    init(installation: Installation, now: @escaping @Sendable () -> Instant, logger: Logger) throws {
        interval = try Self.interval(installation.settings)
        let events = try installation.settings.number("checkpoint.events", or: 10_000)
        guard events >= 1 else { throw CommandFailure(.badConfiguration, "checkpoint.events must be above 0.") }
        eventsMax = Int64(events)
        pool = try installation.pool(.projector, connectionsMax: 1)
        let path = CheckpointKey.notesPath(installation)
        checkpointer = Checkpointer(
            pool: pool, signer: try CheckpointKey.opening(installation), notes: try Self.notes(path), now: now
        ) { note in
            try await OwnThread.run(named: "checkpoint") {
                try KeyText.append(path, Array(CheckpointFile.entry(note).utf8))
            }
        }
        self.logger = logger
    }

    /// After how long a log that grew is signed.
    ///
    /// - Throws: `CommandFailure(.badConfiguration)`.
    static func interval(_ settings: Settings) throws -> Duration {
        let seconds = try settings.number("checkpoint.interval", or: 60)
        guard (1...86_400).contains(seconds) else {
            throw CommandFailure(.badConfiguration, "checkpoint.interval must be from 1 to 86400.")
        }
        return .seconds(seconds)
    }

    /// What was kept before.
    ///
    /// - Throws: `CommandFailure(.badConfiguration)` for a file with anything else in it: without what was signed, another
    ///   past could be signed.
    static func notes(_ path: String) throws -> [SignedNote] {
        guard let bytes = FileManager.default.contents(atPath: path) else { return [] }
        guard let notes = CheckpointFile.notes(in: String(decoding: bytes, as: UTF8.self)) else {
            throw CommandFailure(.badConfiguration, "The file of checkpoints \(path) cannot be read.")
        }
        return notes
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var checkpointer = checkpointer
            // What was told before this process began is signed for at once.
            var last = ContinuousClock.now - interval
            repeat {
                let isDue = ContinuousClock.now - last >= interval
                if isDue { last = .now }
                await sign(&checkpointer, isDue: isDue)
            } while (try? await Task.sleep(for: Self.lookEvery)) != nil
        }
        await pool.close()
    }

    private func sign(_ checkpointer: inout Checkpointer, isDue: Bool) async {
        do {
            let unsigned = try await checkpointer.unsigned()
            for (log, behind) in unsigned.sorted(by: { $0.key < $1.key }) where isDue || behind >= eventsMax {
                do {
                    try await checkpointer.sign(log)
                } catch {
                    checkpointer.forget(log)
                    tell(error, log)
                }
            }
        } catch {
            guard !Task.isCancelled else { return }
            if isDue { tell(error, nil) }
        }
    }

    private func tell(_ error: any Error, _ log: LogName?) {
        var metadata: Logger.Metadata = ["error": "\((error as? AuditError)?.description ?? String(describing: type(of: error)))"]
        if let log { metadata["log"] = "\(log)" }
        if error is AuditError {
            metadata["code"] = "log-forked"
            logger.error("a log is not what was signed of it: run `primary-conect audit verify`", metadata: metadata)
        } else {
            logger.warning("no checkpoint signed", metadata: metadata)
        }
    }
}

/// Keeps the checkpoints in memory that every answer bears.
struct CheckpointWatch: Service {
    let board: CheckpointBoard
    let reader: ProofReader
    let logger: Logger

    private static let lookEvery: Duration = .seconds(5)

    func run() async {
        await cancelWhenGracefulShutdown {
            repeat {
                // While the database is away the last known ones are shown: they stay true.
                if let checkpoints = try? await reader.checkpoints() { board.show(checkpoints) }
            } while (try? await Task.sleep(for: Self.lookEvery)) != nil
        }
    }
}
