package import Logging
import Synchronization

/// A few connections for any number of callers.
///
/// Single statements share connections and travel together; a transaction or lease has one to itself. Connections are
/// opened when they are needed, at most `connectionsMax`. Who finds none free waits at most `waitMax`, then fails with
/// `.poolExhausted`, or with the reason why no connection can be made. A connection that breaks is replaced, with a
/// growing back-off (50 ms to 5 s) while the server is away; what was under way on it fails, and is not repeated: only
/// the caller knows whether it may be.
package final class PostgresPool: Sendable {
    private typealias State = PoolState<PostgresConnection>
    private typealias Answer = Result<State.Slot, PostgresError>

    private struct Shared {
        var pool: State
        var waiters: [State.Waiter<CheckedContinuation<Answer, Never>>] = []
        var isClosed = false
    }

    package let configuration: PostgresConfiguration
    private let waitMax: Duration
    private let logger: Logger
    private let shared: Mutex<Shared>

    package init(
        _ configuration: PostgresConfiguration, connectionsMax: Int = 4, waitMax: Duration = .seconds(5),
        logger: Logger = Logger(label: "postgres", factory: { _ in SwiftLogNoOpLogHandler() })
    ) {
        self.configuration = configuration
        self.waitMax = waitMax
        self.logger = logger
        shared = Mutex(Shared(pool: State(connectionsMax: max(1, connectionsMax))))
    }

    // MARK: Asking

    /// Runs one statement as a transaction of its own.
    @discardableResult
    package func query(_ sql: SQL, within limit: Duration? = nil) async throws(PostgresError) -> PostgresResult {
        try await pipeline([sql], within: limit)[0]
    }

    /// Runs several statements in one round trip, as one implicit transaction: see `PostgresSession.pipeline`.
    @discardableResult
    package func pipeline(_ sql: [SQL], within limit: Duration? = nil) async throws(PostgresError) -> [PostgresResult] {
        let slot = try await take(exclusive: false)
        defer { give(slot.id, exclusive: false) }
        return try await slot.connection.pipeline(sql, within: limit)
    }

    /// Runs `body` with a connection to itself.
    @discardableResult
    package func withConnection<R>(
        isolation: isolated (any Actor)? = #isolation, _ body: (PostgresLease) async throws -> sending R
    ) async throws -> sending R {
        let slot = try await take(exclusive: true)
        defer { give(slot.id, exclusive: true) }
        return try await slot.connection.withLease(body)
    }

    /// Runs `body` between BEGIN and COMMIT, or ROLLBACK if it throws: see `PostgresTransaction`.
    @discardableResult
    package func transaction<R>(
        _ mode: PostgresTransaction.Mode = .readCommitted, isolation: isolated (any Actor)? = #isolation,
        _ body: (PostgresTransaction) async throws -> sending R
    ) async throws -> sending R {
        try await withConnection { lease in try await lease.transaction(mode, body) }
    }

    /// What is notified on a channel, over a connection of its own that is made again whenever it breaks.
    ///
    /// See `PostgresListener`.
    package func signals(on channel: String) -> AsyncStream<PostgresSignal> {
        PostgresListener(configuration, logger: logger).signals(on: channel)
    }

    /// How many connections are open now.
    package var connectionCount: Int { shared.withLock { $0.pool.slots.count } }

    /// Refuses new callers and those who wait, lets the others finish, and closes all connections.
    package func close() async {
        let (waiters, slots) = shared.withLock { shared in
            shared.isClosed = true
            defer { shared.waiters = [] }
            return (shared.waiters, shared.pool.slots)
        }
        for waiter in waiters { waiter.token.resume(returning: .failure(Self.closed)) }
        for slot in slots { await slot.connection.close() }
    }

    private static let closed = PostgresError(.closed, message: "the pool is closed")

    // MARK: Taking and giving

    private enum Taking {
        case slot(State.Slot, opens: Bool)
        case wait(opens: Bool)
        case refuse
    }

    private func take(exclusive: Bool) async throws(PostgresError) -> State.Slot {
        let taking = shared.withLock { shared -> Taking in
            if shared.isClosed { return .refuse }
            // Nobody overtakes those who wait.
            guard shared.waiters.isEmpty else { return .wait(opens: shared.pool.opensForWaiters()) }
            switch shared.pool.choose(exclusive: exclusive) {
            case .use(let slot, let opens): return .slot(slot, opens: opens)
            case .wait(let opens): return .wait(opens: opens)
            }
        }
        switch taking {
        case .refuse: throw Self.closed
        case .slot(let slot, let opens):
            if opens { open() }
            return slot
        case .wait(let opens):
            if opens { open() }
            return try await wait(exclusive: exclusive)
        }
    }

    private func wait(exclusive: Bool) async throws(PostgresError) -> State.Slot {
        let id = shared.withLock { $0.pool.newID() }
        let limit = waitMax
        let alarm = Task { [weak self] in
            try await Task.sleep(for: limit)
            self?.refuse(id)
        }
        defer { alarm.cancel() }
        let answer: Answer = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isClosed = shared.withLock { shared in
                    if !shared.isClosed {
                        shared.waiters.append(.init(id: id, isExclusive: exclusive, token: continuation))
                    }
                    return shared.isClosed
                }
                if isClosed { continuation.resume(returning: .failure(Self.closed)) }
                // A connection may have come free, and a task may have been cancelled, before there was a waiter.
                serveWaiters()
                if Task.isCancelled { refuse(id, isCancelled: true) }
            }
        } onCancel: {
            refuse(id, isCancelled: true)
        }
        return try answer.get()
    }

    /// Sends a waiter away.
    private func refuse(_ id: UInt64, isCancelled: Bool = false) {
        let (waiter, error) = shared.withLock { shared in
            let index = shared.waiters.firstIndex { $0.id == id }
            let reason = shared.pool.slots.isEmpty ? shared.pool.lastFailure : nil
            return (index.map { shared.waiters.remove(at: $0) }, reason)
        }
        let exhausted = PostgresError(.poolExhausted, message: "no connection came free in time")
        let cancelled = PostgresError(.cancelled, message: "the task was cancelled")
        waiter?.token.resume(returning: .failure(isCancelled ? cancelled : error ?? exhausted))
    }

    private func give(_ id: UInt64, exclusive: Bool) {
        shared.withLock { $0.pool.release(id, exclusive: exclusive) }
        serveWaiters()
    }

    /// Hands free connections to those who wait, in the order of their coming.
    private func serveWaiters() {
        let (served, opens) = shared.withLock { shared in
            var served: [(CheckedContinuation<Answer, Never>, State.Slot)] = []
            for waiter in shared.waiters {
                guard let slot = shared.pool.serve(exclusive: waiter.isExclusive) else { break }
                served.append((waiter.token, slot))
            }
            shared.waiters.removeFirst(served.count)
            return (served, !shared.waiters.isEmpty && !shared.isClosed && shared.pool.opensForWaiters())
        }
        for (token, slot) in served { token.resume(returning: .success(slot)) }
        if opens { open() }
    }

    // MARK: Opening

    /// Goes on trying to connect as long as somebody waits.
    private func open() {
        Task.detached { [weak self] in
            while let next = self?.nextAttempt() {
                if let delay = next { try? await Task.sleep(for: delay) }
                guard let configuration = self?.wantedConfiguration() else { return }
                let outcome: Result<PostgresConnection, PostgresError>
                do throws(PostgresError) {
                    outcome = .success(try await PostgresConnection.connect(configuration))
                } catch {
                    outcome = .failure(error)
                }
                guard let self else {
                    if case .success(let connection) = outcome { await connection.close() }
                    return
                }
                switch outcome {
                case .success(let connection): return await self.add(connection)
                case .failure(let error): self.note(error)
                }
            }
        }
    }

    /// The delay before the next attempt.
    private func nextAttempt() -> Duration?? {
        shared.withLock { shared in
            guard let at = shared.pool.nextAttempt else { return .some(nil) }
            return .some(max(.zero, at - .now))
        }
    }

    /// The configuration if an attempt is still wanted; else it is given up.
    private func wantedConfiguration() -> PostgresConfiguration? {
        shared.withLock { shared in
            // Before the first failure the one who asked need not wait: it may be sharing another connection already.
            if !shared.isClosed, shared.pool.backOff.failures == 0 || !shared.waiters.isEmpty { return configuration }
            shared.pool.gaveUp()
            return nil
        }
    }

    private func note(_ error: PostgresError) {
        let failures = shared.withLock { shared in
            shared.pool.failed(error)
            return shared.pool.backOff.failures
        }
        logger.warning(
            "postgres.connect-failed",
            metadata: [
                "attempt": "\(failures)", "code": "\(error.code.rawValue)", "sqlstate": "\(error.sqlState ?? "")",
            ])
    }

    private func add(_ connection: PostgresConnection) async {
        let id = shared.withLock { shared -> UInt64? in
            if shared.isClosed {
                shared.pool.gaveUp()
                return nil
            }
            return shared.pool.opened(connection)
        }
        guard let id else { return await connection.close() }
        connection.whenEnded { [weak self] in self?.drop(id) }
        serveWaiters()
    }

    /// A connection has ended by itself.
    private func drop(_ id: UInt64) {
        let isClosed = shared.withLock { shared in
            shared.pool.ended(id)
            return shared.isClosed
        }
        if !isClosed { logger.notice("postgres.connection-ended") }
        serveWaiters()
    }
}
