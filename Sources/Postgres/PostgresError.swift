/// What went wrong between us and PostgreSQL.
///
/// Says where, never what: DETAIL, HINT and CONTEXT of the server are dropped because they print values, and so is the
/// primary message of class 22 (data exception), which quotes its input.
package struct PostgresError: Error, Sendable, Hashable {
    package enum Code: String, Sendable {
        /// No session could be made.
        case connectionFailed = "connection-failed"
        /// The session broke while something was under way: if that was a commit, its outcome is unknown.
        case connectionLost = "connection-lost"
        /// The deadline passed: the session was closed, nothing was cancelled, the outcome is unknown.
        case deadlineExceeded = "deadline-exceeded"
        /// The server refused the statement; `sqlState` says why.
        case server
        /// A column could not be read as the type asked for.
        case decoding
        /// The statement cannot be sent: U+0000 in its text, or too many parameters.
        case encoding
        /// The session, connection or pool was closed before; nothing was sent.
        case closed
        /// The caller's task was cancelled before anything was sent.
        case cancelled
        /// No connection came free within the pool's wait.
        case poolExhausted = "pool-exhausted"
        /// The connection's queue is full.
        case queueFull = "queue-full"
        /// The transaction had failed, so that the commit rolled back.
        case transactionAborted = "transaction-aborted"
        /// The commit is written here but its wait for a standby was cut short: it must not be acknowledged.
        case commitInDoubt = "commit-in-doubt"
        /// A statement left a transaction open on a shared connection; it was closed.
        case transactionLeftOpen = "transaction-left-open"
        /// COPY was asked of a statement that is none, or the other way about.
        case copyExpected = "copy-expected"
        /// The operating system gave no thread or descriptor.
        case noResources = "no-resources"
    }

    package let code: Code
    /// The five characters of PostgreSQL manual appendix A, where the server gave them.
    package let sqlState: String?
    /// The constraint that was violated.
    package let constraint: String?
    /// One line for the operator, without values.
    package let message: String
    /// Where in the statement's text the server found the fault: characters from 1.
    package let position: Int?

    package init(
        _ code: Code, sqlState: String? = nil, constraint: String? = nil, message: String = "", position: Int? = nil
    ) {
        self.code = code
        self.sqlState = sqlState
        self.constraint = constraint
        self.message =
            sqlState?.hasPrefix("22") == true ? "data exception (message withheld: it may quote data)" : message
        self.position = position
    }

    /// Whether the session is gone: connect again. What was under way may or may not have been committed.
    package var isConnectionLost: Bool {
        switch code {
        case .connectionFailed, .connectionLost, .deadlineExceeded, .closed: true
        case .server: sqlState.map { $0.hasPrefix("08") || ["57P01", "57P02", "57P03", "57P05"].contains($0) } ?? false
        default: false
        }
    }

    /// Whether what was asked for may have been committed all the same: only its own keys can tell.
    package var isOutcomeUnknown: Bool {
        switch code {
        case .connectionLost, .deadlineExceeded, .commitInDoubt: true
        case .server: isConnectionLost
        default: false
        }
    }

    package var isUniqueViolation: Bool { sqlState == "23505" }

    /// Serialization failure or deadlock: the same transaction may succeed if it is run again.
    package var isSerializationFailure: Bool { sqlState == "40001" || sqlState == "40P01" }

    package var isLockTimeout: Bool { sqlState == "55P03" }

    /// Whether the statement never ran, because what was prepared for it no longer fits (the schema changed, or
    /// something else dropped it): the same statement works when it is prepared anew.
    var isStalePlan: Bool {
        sqlState == "26000" || (sqlState == "0A000" && message.hasPrefix("cached plan must not change"))
    }
}

extension PostgresError: CustomStringConvertible {
    package var description: String {
        var parts = ["postgres: \(code.rawValue)"]
        if let sqlState { parts.append("SQLSTATE \(sqlState)") }
        if let constraint { parts.append("constraint \(constraint)") }
        if let position { parts.append("at character \(position)") }
        if !message.isEmpty { parts.append(message) }
        return parts.joined(separator: ", ")
    }
}
