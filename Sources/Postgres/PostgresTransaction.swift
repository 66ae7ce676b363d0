import Synchronization

/// A transaction on a connection of its own.
///
/// BEGIN travels with the first statement, so it costs no round trip; without any statement there is no transaction at
/// all. An error of the server aborts the transaction: further statements fail, and it rolls back. If the connection
/// breaks during COMMIT its outcome is unknown.
///
/// ```
/// idle ──first statement──▶ open ──commit──▶ done
///                             ├──server error──▶ open, aborted ──commit──▶ thrown: transactionAborted
///                             └──other error──▶ failed: every further call throws that error
/// ```
package final class PostgresTransaction: Sendable {
    package enum Mode: Sendable {
        case readCommitted
        case repeatableRead
        case repeatableReadOnly
        case serializable

        var begin: SQL {
            switch self {
            case .readCommitted: "begin"
            case .repeatableRead: "begin isolation level repeatable read"
            case .repeatableReadOnly: "begin isolation level repeatable read read only"
            case .serializable: "begin isolation level serializable"
            }
        }
    }

    private enum State {
        case idle
        case open
        case failed(PostgresError)
        case done
    }

    private let connection: PostgresConnection
    private let lease: UInt64
    private let mode: Mode
    private let state = Mutex(State.idle)

    init(connection: PostgresConnection, lease: UInt64, mode: Mode) {
        self.connection = connection
        self.lease = lease
        self.mode = mode
    }

    /// Runs one statement.
    @discardableResult
    package func query(_ sql: SQL, within limit: Duration? = nil) async throws(PostgresError) -> PostgresResult {
        try await pipeline([sql], within: limit)[0]
    }

    /// Runs several statements in one round trip.
    @discardableResult
    package func pipeline(_ sql: [SQL], within limit: Duration? = nil) async throws(PostgresError) -> [PostgresResult] {
        guard !sql.isEmpty else { return [] }
        let begins = try begin()
        do throws(PostgresError) {
            let results = try await connection.perform((begins ? [mode.begin] : []) + sql, lease: lease, within: limit)
            return begins ? Array(results.dropFirst()) : results
        } catch {
            if error.code != .server { fail(error) }
            throw error
        }
    }

    /// Runs `body` with the session on its thread, within the transaction: for COPY.
    @discardableResult
    package func withSession<R: Sendable>(_ body: @escaping @Sendable (PostgresSession) throws -> R) async throws -> R {
        let begin = try begin() ? mode.begin : nil
        return try await connection.withSession(lease: lease) { session in
            if let begin { try session.execute(begin) }
            return try body(session)
        }
    }

    /// Whether the caller is the first and must send BEGIN.
    private func begin() throws(PostgresError) -> Bool {
        let answer = state.withLock { state -> Result<Bool, PostgresError> in
            switch state {
            case .idle:
                state = .open
                return .success(true)
            case .open: return .success(false)
            case .failed(let error): return .failure(error)
            case .done: return .failure(PostgresError(.closed, message: "the transaction has ended"))
            }
        }
        return try answer.get()
    }

    private func fail(_ error: PostgresError) {
        state.withLock { state in
            if case .open = state { state = .failed(error) }
        }
    }

    private func finish() throws(PostgresError) -> Bool {
        let before = state.withLock { state in
            defer { state = .done }
            return state
        }
        switch before {
        case .open: return true
        case .failed(let error): throw error
        case .idle, .done: return false
        }
    }

    func commit() async throws(PostgresError) {
        guard try finish() else { return }
        let result = try await connection.perform(["commit"], lease: lease, within: nil)[0]
        try result.checkCommit()
    }

    func rollBack() async {
        // The error that led here says more than a failure to roll back, and that closes the connection anyway.
        guard let isOpen = try? finish(), isOpen else { return }
        _ = try? await connection.perform(["rollback"], lease: lease, within: nil)
    }
}
