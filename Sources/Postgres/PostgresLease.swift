/// A connection that is one caller's alone for a while.
///
/// Only valid within the call that handed it out. Statements keep their order, also when asked for concurrently; a
/// cancelled task does not take them back.
package struct PostgresLease: Sendable {
    let connection: PostgresConnection
    let id: UInt64

    /// Runs one statement.
    @discardableResult
    package func query(_ sql: SQL, within limit: Duration? = nil) async throws(PostgresError) -> PostgresResult {
        try await connection.perform([sql], lease: id, within: limit)[0]
    }

    /// Runs several statements in one round trip.
    @discardableResult
    package func pipeline(_ sql: [SQL], within limit: Duration? = nil) async throws(PostgresError) -> [PostgresResult] {
        sql.isEmpty ? [] : try await connection.perform(sql, lease: id, within: limit)
    }

    /// Runs `body` with the session on its thread: for COPY and scripts.
    @discardableResult
    package func withSession<R: Sendable>(_ body: @escaping @Sendable (PostgresSession) throws -> R) async throws -> R {
        try await connection.withSession(lease: id, body)
    }

    /// Runs `body` between BEGIN and COMMIT, or ROLLBACK if it throws: see `PostgresTransaction`.
    @discardableResult
    package func transaction<R>(
        _ mode: PostgresTransaction.Mode = .readCommitted, isolation: isolated (any Actor)? = #isolation,
        _ body: (PostgresTransaction) async throws -> sending R
    ) async throws -> sending R {
        let transaction = PostgresTransaction(connection: connection, lease: id, mode: mode)
        do {
            let value = try await body(transaction)
            try await transaction.commit()
            return value
        } catch {
            await transaction.rollBack()
            throw error
        }
    }

}
