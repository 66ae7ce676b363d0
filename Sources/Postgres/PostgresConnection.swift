import Synchronization

/// A session for asynchronous callers, shared by any number of them.
///
/// One thread of its own holds the session; requests are queued to it and travel together, answered in the order of
/// asking. Each request is a transaction of its own; several statements that belong together go through `pipeline`,
/// `transaction` or `withLease`. When the session breaks, everything under way fails and the connection stays closed:
/// a pool makes a new one. A cancelled task takes back its request only as long as it has not been sent.
package final class PostgresConnection: Sendable {
    private let queue: RequestQueue
    private let streams: NotificationStreams
    private let canceller: PostgresCanceller
    private let end: EndSignal
    private let statementDeadline: Duration
    /// The server's process for this session.
    package let processID: Int32

    /// Connects on a new thread.
    package static func connect(_ configuration: PostgresConfiguration) async throws(PostgresError)
        -> PostgresConnection
    {
        let answer: Result<PostgresConnection, PostgresError> = await withCheckedContinuation { continuation in
            do throws(PostgresError) {
                let queue = try RequestQueue()
                try OwnThread.start(named: "postgres") { serve(configuration, queue, continuation) }
            } catch {
                continuation.resume(returning: .failure(error))
            }
        }
        return try answer.get()
    }

    /// The life of the thread.
    private static func serve(
        _ configuration: PostgresConfiguration, _ queue: RequestQueue,
        _ continuation: CheckedContinuation<Result<PostgresConnection, PostgresError>, Never>
    ) {
        let session: PostgresSession
        do throws(PostgresError) {
            session = try PostgresSession(configuration)
        } catch {
            return continuation.resume(returning: .failure(error))
        }
        let streams = NotificationStreams()
        let end = EndSignal()
        continuation.resume(
            returning: .success(
                PostgresConnection(
                    queue: queue, streams: streams, canceller: session.canceller, end: end,
                    statementDeadline: configuration.statementDeadline, processID: session.processID)))
        var loop = ConnectionLoop(session: session, queue: queue, streams: streams)
        loop.run()
        end.raise()
    }

    private init(
        queue: RequestQueue, streams: NotificationStreams, canceller: PostgresCanceller, end: EndSignal,
        statementDeadline: Duration, processID: Int32
    ) {
        self.queue = queue
        self.streams = streams
        self.canceller = canceller
        self.end = end
        self.statementDeadline = statementDeadline
        self.processID = processID
    }

    deinit {
        queue.close()
    }

    /// Whether requests are still taken.
    package var isOpen: Bool { queue.closing == nil }

    /// Runs one statement. `within` counts from the asking; a request that passes it after it was sent breaks the
    /// connection.
    @discardableResult
    package func query(_ sql: SQL, within limit: Duration? = nil) async throws(PostgresError) -> PostgresResult {
        try await perform([sql], within: limit)[0]
    }

    /// Runs several statements in one round trip, as one implicit transaction: see `PostgresSession.pipeline`.
    @discardableResult
    package func pipeline(_ sql: [SQL], within limit: Duration? = nil) async throws(PostgresError) -> [PostgresResult] {
        sql.isEmpty ? [] : try await perform(sql, within: limit)
    }

    /// Runs `body` alone with the session on its thread, once everything asked before has been answered: for COPY and
    /// scripts.
    ///
    /// Everybody else waits meanwhile, without a deadline of ours. A transaction that `body` leaves open is rolled
    /// back.
    @discardableResult
    package func withSession<R: Sendable>(_ body: @escaping @Sendable (PostgresSession) throws -> R) async throws -> R {
        try await withSession(lease: nil, body)
    }

    /// Runs `body` with the connection to itself; what others ask meanwhile waits.
    @discardableResult
    package func withLease<R>(
        isolation: isolated (any Actor)? = #isolation, _ body: (PostgresLease) async throws -> sending R
    ) async throws -> sending R {
        let id = try await queue.lease()
        defer { end(lease: id) }
        return try await body(PostgresLease(connection: self, id: id))
    }

    /// Runs `body` between BEGIN and COMMIT, or ROLLBACK if it throws: see `PostgresTransaction`.
    @discardableResult
    package func transaction<R>(
        _ mode: PostgresTransaction.Mode = .readCommitted, isolation: isolated (any Actor)? = #isolation,
        _ body: (PostgresTransaction) async throws -> sending R
    ) async throws -> sending R {
        try await withLease { lease in try await lease.transaction(mode, body) }
    }

    /// Listens on a channel, and gives what is notified from now on; the stream ends with the connection.
    ///
    /// A slow reader loses the oldest beyond 1,024 waiting ones. The channel is left when its last stream ends.
    package func notifications(on channel: String) async throws(PostgresError) -> AsyncStream<PostgresNotification> {
        let queue = queue
        let deadline = statementDeadline
        let stream = streams.add(channel) {
            // Nobody waits for it, and it matters only while the connection lives.
            let work = RequestQueue.Request.Work.session(
                run: { _ = try? $0.execute("unlisten \(identifier: channel)") }, refuse: { _ in })
            queue.put(.init(id: queue.newID(), lease: nil, deadline: .now + deadline, work: work))
        }
        try await query("listen \(identifier: channel)")
        return stream
    }

    /// Asks the server to stop the statement that runs now, whoever asked for it; nothing if none runs.
    ///
    /// Never to be aimed at a commit: a cancelled commit answers success though no standby may have it.
    package func cancel() async {
        let canceller = canceller
        // Without a thread the statement runs on, as if the request had come too late.
        _ = try? await OwnThread.run(named: "postgres-cancel") { canceller.cancel() }
    }

    /// Takes no more requests, finishes those that are queued, says goodbye and waits for the thread to end.
    package func close() async {
        queue.close()
        await end.wait()
    }

    /// Calls `body` once the thread has ended, or at once if it has; from any thread.
    func whenEnded(_ body: @escaping @Sendable () -> Void) {
        end.whenRaised(body)
    }
}

extension PostgresConnection {
    /// Sends statements; with a lease they are its holder's and are not taken back by cancellation.
    func perform(
        _ sql: [SQL], lease: UInt64? = nil, within limit: Duration?
    ) async throws(PostgresError) -> [PostgresResult] {
        if Task.isCancelled, lease == nil { throw PostgresError(.cancelled, message: "the task was cancelled") }
        let id = queue.newID()
        let deadline = ContinuousClock.now + (limit ?? statementDeadline)
        let answer: RequestQueue.Answer = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                queue.put(.init(id: id, lease: lease, deadline: deadline, work: .statements(sql, continuation)))
            }
        } onCancel: {
            if lease == nil { queue.withdraw(id) }
        }
        return try answer.get()
    }

    /// Gives a leased connection back; a transaction left open is rolled back before anybody else's turn.
    private func end(lease: UInt64) {
        // A session that cannot roll back has been closed by the attempt.
        let work = RequestQueue.Request.Work.session(
            run: { if $0.isInTransaction { _ = try? $0.execute("rollback") } }, refuse: { _ in })
        queue.put(.init(id: queue.newID(), lease: lease, deadline: .now + statementDeadline, work: work))
        queue.end(lease: lease)
    }

    func withSession<R: Sendable>(
        lease: UInt64?, _ body: @escaping @Sendable (PostgresSession) throws -> R
    ) async throws -> R {
        try await withCheckedThrowingContinuation { continuation in
            let work = RequestQueue.Request.Work.session(
                run: { session in continuation.resume(with: Result { try body(session) }) },
                refuse: { continuation.resume(throwing: $0) })
            queue.put(.init(id: queue.newID(), lease: lease, deadline: .now + statementDeadline, work: work))
        }
    }
}

/// Tells that something has ended, once, to any number of waiters.
final class EndSignal: Sendable {
    private struct State {
        var isRaised = false
        var waiters: [@Sendable () -> Void] = []
    }

    private let state = Mutex(State())

    func raise() {
        let waiters = state.withLock { state in
            state.isRaised = true
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter() }
    }

    func whenRaised(_ body: @escaping @Sendable () -> Void) {
        let isRaised = state.withLock { state in
            if !state.isRaised { state.waiters.append(body) }
            return state.isRaised
        }
        if isRaised { body() }
    }

    func wait() async {
        await withCheckedContinuation { continuation in
            whenRaised { continuation.resume() }
        }
    }
}
