package import EventSourcing
package import Logging
package import Postgres

/// The log in PostgreSQL: many callers, one writer, one commit for all who wait.
///
/// One thread of its own holds one session. While a commit is on its way to the disk the next batch gathers; one round
/// trip and one flush carry one entry at low load and hundreds at high load. Keeps the promises of `MessageLog`;
/// several writers (processes) on one database keep them together. What is queued before `start` waits for it.
///
/// A lost connection, a passed deadline or a commit left in doubt means that the outcome is unknown: the writer
/// connects again (with back-off) and the messages' keys settle it. An entry that has waited for
/// `Limits.appendDeadline` gets `LogUnavailable.storageFailed`; it may be in the log all the same, and the sender's
/// next attempt finds it there.
package final class GroupCommit: MessageLog, Sendable {
    /// How much is carried, and how long is waited.
    package struct Limits: Sendable {
        /// Entries in one commit.
        package var batchMessagesMax = 1_000
        /// Bytes in one commit; a single greater entry travels alone.
        package var batchBytesMax = 8 * 1_048_576
        /// Entries that wait; one more is `overloaded`.
        package var queueMessagesMax = 10_000
        /// Bytes that wait.
        package var queueBytesMax = 64 * 1_048_576
        /// From `append` to `LogUnavailable`. Looked at between attempts, so that a connection attempt may come on top.
        package var appendDeadline: Duration = .seconds(20)
        /// For one commit; then the server counts as frozen.
        package var commitDeadline: Duration = .seconds(5)
        /// After a first failure; doubled after each further one.
        package var retryDelay: Duration = .milliseconds(50)
        /// The longest delay.
        package var retryDelayMax: Duration = .seconds(1)

        /// The limits above.
        package init() {}
    }

    private let configuration: PostgresConfiguration
    private let limits: Limits
    private let now: @Sendable () -> Instant
    private let salt: @Sendable () -> Salt
    private let logger: Logger
    private let queue: AppendQueue
    private let ending = Ending()

    /// Makes a log; `start` begins to write.
    ///
    /// - Parameters:
    ///   - now: the clock of `recorded_at`; time never runs back along a log even if the clock does.
    ///   - salt: draws the random salts; anything but secure randomness is for tests.
    package init(
        configuration: PostgresConfiguration, limits: Limits = Limits(),
        now: @escaping @Sendable () -> Instant = WallClock.now,
        salt: @escaping @Sendable () -> Salt = GroupCommit.secureSalt,
        logger: Logger = Logger(label: "event-log", factory: { _ in SwiftLogNoOpLogHandler() })
    ) {
        self.configuration = configuration
        self.limits = limits
        self.now = now
        self.salt = salt
        self.logger = logger
        queue = AppendQueue(limits: limits)
    }

    deinit {
        queue.close()
    }

    /// A salt from the system's generator.
    @Sendable package static func secureSalt() -> Salt {
        var generator = SystemRandomNumberGenerator()
        return Salt(using: &generator)
    }

    /// Starts the writer thread; once, later calls do nothing.
    package func start() {
        guard ending.begin() else { return }
        let (queue, ending, configuration, limits, now, logger) = (queue, ending, configuration, limits, now, logger)
        do throws(PostgresError) {
            try OwnThread.start(named: "event-log") {
                var loop = CommitLoop(
                    queue: queue, configuration: configuration, limits: limits, now: now, logger: logger)
                loop.run()
                ending.end()
            }
        } catch {
            logger.critical("event-log.no-thread", metadata: ["code": "\(error.code.rawValue)"])
            refuseAll()
        }
    }

    /// Takes no more entries, commits what is queued and waits for the end of the thread.
    ///
    /// Without a server this takes as long as `appendDeadline`.
    package func stop() async {
        queue.close()
        if ending.begin() { refuseAll() }
        await ending.wait()
    }

    /// Appends an entry: see `MessageLog`.
    ///
    /// An entry without events is refused as `storageFailed(code: "no-events")`. Cancelling the task changes nothing:
    /// what is on its way is not called back.
    package func append(_ entry: Entry) async throws(LogUnavailable) -> Receipt {
        guard !entry.events.isEmpty else { throw .storageFailed(code: "no-events") }
        let prepared = PreparedEntry(entry, salt: salt)
        let deadline = ContinuousClock.now + limits.appendDeadline
        let answer: PendingEntry.Answer = await withCheckedContinuation { continuation in
            queue.put(PendingEntry(prepared: prepared, deadline: deadline, continuation: continuation))
        }
        return try answer.get()
    }

    /// Answers everything when there will never be a writer.
    private func refuseAll() {
        queue.close()
        while let entries = queue.take(batchHolds: (0, 0), isWaiting: false), !entries.isEmpty {
            for entry in entries { entry.continuation.resume(returning: .failure(.closing)) }
        }
        ending.end()
    }
}
