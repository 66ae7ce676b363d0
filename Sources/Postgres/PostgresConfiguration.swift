/// How to reach a server, and how long to wait for it.
package struct PostgresConfiguration: Sendable {
    /// libpq's `key=value` string or URI (PostgreSQL manual 34.1.1): several hosts, `target_session_attrs` and TLS
    /// settings pass through. `connect_timeout` (seconds) limits each host; without it the deadline is shared out
    /// among the hosts.
    package var connectionString: String
    /// Shown in `pg_stat_activity`, unless the string names another.
    package var applicationName: String
    /// Limits a whole connection attempt, over all hosts. Looking up host names is not covered: libpq cannot bound it.
    package var connectDeadline: Duration
    /// Limits a statement or pipeline, and each silence within a COPY, unless the call says otherwise.
    package var statementDeadline: Duration

    package init(
        connectionString: String, applicationName: String = "primary-conect", connectDeadline: Duration = .seconds(5),
        statementDeadline: Duration = .seconds(30)
    ) {
        self.connectionString = connectionString
        self.applicationName = applicationName
        self.connectDeadline = connectDeadline
        self.statementDeadline = statementDeadline
    }
}

/// Never the string itself: it may hold a password.
extension PostgresConfiguration: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "PostgresConfiguration(\(applicationName))" }

    package var debugDescription: String { description }

    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
