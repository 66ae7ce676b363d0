/// What the server remarked beside a result: a notice or a warning.
///
/// DETAIL, HINT and CONTEXT are dropped, as in `PostgresError`.
package struct PostgresNotice: Sendable, Hashable {
    /// NOTICE, WARNING, INFO, LOG or DEBUG, never translated.
    package let severity: String
    package let sqlState: String
    package let message: String

    package init(severity: String, sqlState: String, message: String) {
        self.severity = severity
        self.sqlState = sqlState
        self.message = message
    }

    /// Whether a commit that remarked this is in doubt: it is written here, but perhaps not on the standby.
    ///
    /// PostgreSQL answers success with a warning of class 01 or 57 when its wait for a synchronous standby was cut
    /// short (`syncrep.c`). Such a commit must not be acknowledged.
    package var leavesCommitInDoubt: Bool {
        severity == "WARNING" && (sqlState.hasPrefix("01") || sqlState.hasPrefix("57"))
    }
}
