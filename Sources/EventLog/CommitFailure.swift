import Postgres

/// What a failed commit means for its entries.
enum CommitFailure: Equatable {
    /// Perhaps it is committed, perhaps not: connect again and let the keys settle it.
    case outcomeUnknown
    /// Not committed, and this server will not do: connect again, perhaps to another.
    case reconnect
    /// Not committed; the same may succeed later.
    case retry
    /// Not committed, and the same would fail again: some entry cannot be stored.
    case refused

    /// Judges an error of the session.
    init(_ error: PostgresError) {
        switch error.code {
        case .server: self = Self.judge(sqlState: error.sqlState ?? "", isConnectionLost: error.isConnectionLost)
        case .connectionLost, .deadlineExceeded, .closed, .transactionAborted: self = .outcomeUnknown
        case .encoding, .decoding: self = .refused
        default: self = .reconnect
        }
    }

    private static func judge(sqlState: String, isConnectionLost: Bool) -> CommitFailure {
        // The server was going down: whether it had come to commit is not to be told from here.
        if isConnectionLost { return .outcomeUnknown }
        // What was prepared no longer fits: the schema was migrated just now, and the next attempt prepares anew.
        if sqlState == "0A000" || sqlState == "26000" { return .retry }
        switch sqlState.prefix(2) {
        // Read-only: a standby, or a primary that was one until now.
        case "25": return .reconnect
        // Races with another writer: unique violation, serialisation, lock.
        case "23", "40", "55": return .retry
        // No room or memory, intervention of an operator, input or output, internal.
        case "53", "57", "58", "XX": return .retry
        default: return .refused
        }
    }

    /// The code that a caller is told: the SQLSTATE if there is one.
    static func code(_ error: PostgresError) -> String {
        if let sqlState = error.sqlState { return sqlState }
        switch error.code {
        case .deadlineExceeded: return "deadline"
        case .encoding, .decoding: return error.code.rawValue
        default: return "connection"
        }
    }
}
