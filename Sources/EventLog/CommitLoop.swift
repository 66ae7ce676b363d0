import EventSourcing
import Glibc
import Logging
import Postgres

/// The life of the writer thread: gather, commit, answer.
///
/// ```
///            ┌──────────────── nothing waits: sleep ───────────────┐
///            ▼                                                     │
/// gather ─▶ drop what is too old ─▶ connect ─▶ commit ─▶ answer ───┴─▶ gather …
///   ▲                                  │         │
///   └── pause ◀── no server ───────────┘         ├── moved: take the head, again at once
///   └── pause ◀── unknown, refused for now ──────┴── duplicates: answer them, the rest again at once
/// ```
///
/// An entry is answered exactly once: with a receipt after a commit that nothing leaves in doubt, or with
/// `LogUnavailable`.
struct CommitLoop: ~Copyable {
    private let queue: AppendQueue
    private let configuration: PostgresConfiguration
    private let limits: GroupCommit.Limits
    private let now: @Sendable () -> Instant
    private let logger: Logger

    private var session: PostgresSession?
    /// Where each log ended when we last knew.
    private var heads: [LogName: LogHead] = [:]
    /// Taken from the queue and not yet answered, in order.
    private var unanswered: [PendingEntry] = []
    /// How many of these, from the first, are tried one by one because some entry among them cannot be stored.
    private var aloneCount = 0
    private var failuresInARow = 0
    private var lastFailure = "connection"
    private var scratch: [UInt8] = []

    init(
        queue: AppendQueue, configuration: PostgresConfiguration, limits: GroupCommit.Limits,
        now: @escaping @Sendable () -> Instant, logger: Logger
    ) {
        self.queue = queue
        self.configuration = configuration
        self.limits = limits
        self.now = now
        self.logger = logger
    }

    /// Runs until the queue is closed and everything in it is answered.
    mutating func run() {
        while gather() {
            expire()
            guard !unanswered.isEmpty, connect() else { continue }
            commit()
        }
        session?.close()
    }

    /// Takes what has queued; sleeps if there is nothing at all. False at the end.
    private mutating func gather() -> Bool {
        let held = (unanswered.count, unanswered.reduce(0) { $0 + $1.prepared.byteCount })
        guard let more = queue.take(batchHolds: held, isWaiting: unanswered.isEmpty) else { return !unanswered.isEmpty }
        unanswered += more
        return true
    }

    /// Answers what has waited too long, here and in the queue.
    private mutating func expire() {
        let time = ContinuousClock.now
        guard let oldest = unanswered.first, oldest.deadline <= time || failuresInARow > 0 else { return }
        let expired = unanswered.filter { $0.deadline <= time } + queue.takeExpired(at: time)
        unanswered.removeAll { $0.deadline <= time }
        aloneCount = min(aloneCount, unanswered.count)
        for entry in expired { entry.continuation.resume(returning: .failure(.storageFailed(code: lastFailure))) }
    }

    // MARK: Connecting

    private mutating func connect() -> Bool {
        if session?.isOpen == true { return true }
        do throws(PostgresError) {
            let session = try PostgresSession(configuration)
            // A receipt promises what these give: flushed here, and on the synchronous standbys if there are any.
            try session.execute(
                """
                select set_config('synchronous_commit', 'on', false)
                where current_setting('synchronous_commit') <> 'remote_apply'
                """)
            self.session = session
            return true
        } catch {
            fail(error, "event-log.connect-failed")
            return false
        }
    }

    private mutating func disconnect() {
        session?.close()
        session = nil
    }

    /// Notes a failure and waits a little, the longer the more there were in a row, but not past a deadline.
    private mutating func fail(_ error: PostgresError, _ event: Logger.Message) {
        failuresInARow += 1
        lastFailure = CommitFailure.code(error)
        logger.warning(
            event,
            metadata: [
                "code": "\(error.code.rawValue)", "sqlstate": "\(error.sqlState ?? "")",
                "constraint": "\(error.constraint ?? "")", "attempt": "\(failuresInARow)",
                "waiting": "\(unanswered.count)",
            ])
        pause()
    }

    private func pause() {
        var delay = min(limits.retryDelay * (1 << min(failuresInARow - 1, 10)), limits.retryDelayMax)
        for deadline in [unanswered.map(\.deadline).min(), queue.firstDeadline] {
            if let deadline { delay = min(delay, max(.zero, deadline - .now)) }
        }
        let (seconds, attoseconds) = delay.components
        var time = timespec(tv_sec: Int(seconds), tv_nsec: Int(attoseconds / 1_000_000_000))
        // Woken early by a signal, it only tries again the sooner.
        nanosleep(&time, nil)
    }

    // MARK: Committing

    private mutating func commit() {
        guard let session else { return }
        let sent = aloneCount > 0 ? unanswered.prefix(1) : unanswered[...]
        let batch = Batch(sent)
        let time = now()
        // In the order of the logs' names, in which their heads are locked: two writers never wait for each other in a
        // ring.
        let appends = batch.groups.sorted { $0.key < $1.key }.map { log, group in
            LogAppend(
                log: log, entries: group.entries, reused: group.reused, after: heads[log] ?? .origin, now: time,
                scratch: &scratch)
        }
        let answers: [AppendAnswer]
        do throws(PostgresError) {
            let results = try session.pipeline(appends.map(\.statement), within: limits.commitDeadline)
            if session.warnings.contains(where: \.leavesCommitInDoubt) {
                throw PostgresError(.connectionLost, message: "a commit was left in doubt")
            }
            answers = try Self.read(results)
        } catch {
            return settle(error, appends, sent.count)
        }
        failuresInARow = 0
        unanswered.removeFirst(sent.count)
        var again: [PendingEntry] = []
        for (append, answer) in zip(appends, answers) {
            // Each append was made from its group.
            let group = batch.groups[append.log] ?? .init()
            again += settle(append, group, answer)
        }
        if again.isEmpty { aloneCount = max(0, aloneCount - 1) }
        unanswered = again + unanswered
    }

    private static func read(_ results: [PostgresResult]) throws(PostgresError) -> [AppendAnswer] {
        var answers: [AppendAnswer] = []
        for result in results { answers.append(try AppendAnswer(result)) }
        return answers
    }

    /// Answers whom it can; returns the entries to be sent again.
    private mutating func settle(_ append: LogAppend, _ group: Batch.Group, _ answer: AppendAnswer) -> [PendingEntry] {
        switch answer {
        case .appended(let reused):
            heads[append.log] = append.head
            for (index, entry) in append.entries.enumerated() {
                let first = append.firsts[index]
                let last = Position(first.rawValue + Int64(entry.prepared.entry.events.count) - 1)
                resolve(
                    entry, in: group, first: first, last: last, recordedAt: append.recordedAt, isDuplicate: false,
                    reused: append.reused[index] || reused.contains(index), code: entry.prepared.entry.message.answer)
            }
            return []
        case .moved(let head):
            if let known = heads[append.log], head.position < known.position {
                logger.critical("event-log.head-went-back", metadata: ["log": "\(append.log)"])
            }
            heads[append.log] = head
            return append.entries.flatMap(group.all(of:))
        case .duplicates(let duplicates):
            var answered: Set<Int> = []
            for duplicate in duplicates where append.entries.indices.contains(duplicate.item) {
                answered.insert(duplicate.item)
                let entry = append.entries[duplicate.item]
                // What we wrote ourselves, without having learned that it was committed, is no duplicate.
                let isOurs = entry.attempt == .init(first: duplicate.first, recordedAt: duplicate.recordedAt)
                resolve(
                    entry, in: group, first: duplicate.first, last: duplicate.last, recordedAt: duplicate.recordedAt,
                    isDuplicate: !isOurs, reused: duplicate.controlIDReused, code: duplicate.answer)
            }
            return append.entries.enumerated().filter { !answered.contains($0.offset) }.flatMap {
                group.all(of: $0.element)
            }
        }
    }

    /// Gives an entry its receipt, and those who follow it the same as duplicates.
    private func resolve(
        _ entry: PendingEntry, in group: Batch.Group, first: Position, last: Position, recordedAt: Instant,
        isDuplicate: Bool, reused: Bool, code: String
    ) {
        func receipt(isDuplicate: Bool) -> Receipt {
            Receipt(
                provenByCommitTo: entry.log, first: first, last: last, recordedAt: recordedAt, isDuplicate: isDuplicate,
                controlIDReused: reused, answer: code)
        }
        entry.continuation.resume(returning: .success(receipt(isDuplicate: isDuplicate)))
        guard !group.followers.isEmpty else { return }
        for follower in group.followers[entry.prepared.key, default: []] {
            follower.continuation.resume(returning: .success(receipt(isDuplicate: true)))
        }
    }

    /// Decides what becomes of entries whose commit failed.
    private mutating func settle(_ error: PostgresError, _ appends: [LogAppend], _ sentCount: Int) {
        switch CommitFailure(error) {
        case .outcomeUnknown:
            disconnect()
            noteAttempts(appends)
            fail(error, "event-log.outcome-unknown")
        case .reconnect:
            disconnect()
            fail(error, "event-log.commit-failed")
        case .retry:
            fail(error, "event-log.commit-failed")
        case .refused where sentCount == 1:
            aloneCount = max(0, aloneCount - 1)
            let entry = unanswered.removeFirst()
            logger.error(
                "event-log.entry-refused",
                metadata: ["log": "\(entry.log)", "code": "\(CommitFailure.code(error))"])
            entry.continuation.resume(returning: .failure(.storageFailed(code: CommitFailure.code(error))))
        case .refused:
            aloneCount = sentCount
        }
    }

    private mutating func noteAttempts(_ appends: [LogAppend]) {
        var attempts: [ObjectIdentifier: PendingEntry.Attempt] = [:]
        for append in appends {
            for (entry, first) in zip(append.entries, append.firsts) {
                attempts[ObjectIdentifier(entry.prepared)] = .init(first: first, recordedAt: append.recordedAt)
            }
        }
        for index in unanswered.indices {
            unanswered[index].attempt =
                attempts[ObjectIdentifier(unanswered[index].prepared)] ?? unanswered[index].attempt
        }
    }
}
