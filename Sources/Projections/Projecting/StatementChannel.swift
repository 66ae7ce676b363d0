import Postgres

/// Where statements go: to a pool, each call a transaction of its own, or into an open transaction.
enum StatementChannel: Sendable {
    case pool(PostgresPool)
    case transaction(PostgresTransaction)

    /// Runs one statement.
    func query(_ sql: SQL) async throws(PostgresError) -> PostgresResult {
        switch self {
        case .pool(let pool): try await pool.query(sql)
        case .transaction(let transaction): try await transaction.query(sql)
        }
    }

    /// Runs several statements in one round trip, all or none.
    @discardableResult
    func pipeline(_ statements: [SQL]) async throws(PostgresError) -> [PostgresResult] {
        switch self {
        case .pool(let pool): try await pool.pipeline(statements)
        case .transaction(let transaction): try await transaction.pipeline(statements)
        }
    }
}
