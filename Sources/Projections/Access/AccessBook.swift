package import EventSourcing
package import Postgres

/// Writes what callers have shown once or been granted for a while: client assertions, break-glass grants.
///
/// The pool logs in as `primary_conect_service`, which reads none of it but by the functions that ask one question.
package struct AccessBook: Sendable {
    /// A practice that somebody has opened.
    package struct Grant: Sendable, Hashable {
        /// Names the grant in each look that is made under it; a UUID.
        package var id: String
        package var until: Instant
    }

    private let pool: PostgresPool

    /// Writes through a pool.
    package init(pool: PostgresPool) {
        self.pool = pool
    }

    /// Uses a client assertion; `false` where it was used before.
    ///
    /// - Parameter now: expired assertions are forgotten by this clock, ten minutes late.
    package func use(client: String, jti: String, expires: Instant, at now: Instant) async throws -> Bool {
        let digest = Digest(of: Array(jti.utf8)).bytes
        let result = try await pool.query(
            "select access.use_assertion(\(client), \(digest), \(expires), \(now))")
        return try result[0].decode(0, as: Bool.self)
    }

    /// Opens a practice to who asks, for a reason of 10 to 500 characters.
    ///
    /// - Parameter minutes: 1 to 60.
    package func open(_ access: AccessRequest, reason: String, minutes: Int) async throws -> Grant {
        let result = try await pool.query(
            """
            select opened.id::text, opened.until
            from audit.open_break_glass(\(access.practice), \(access.subject), \(access.role), \(access.client), \
            \(access.organisation as String?), \(reason), \(Int32(minutes)), \(access.requestID)) opened
            """)
        var columns = ColumnReader(result[0])
        return Grant(id: try columns.next(), until: try columns.next())
    }

    /// Whether the grant that `access` names is open now to who asks, for that practice.
    package func isOpen(_ access: AccessRequest) async throws -> Bool {
        let result = try await pool.query(
            """
            select audit.break_glass_is_open(\(access.practice), \(access.grant as String?)::uuid, \(access.subject), \
            \(access.role), \(access.client))
            """)
        return try result[0].decode(0, as: Bool.self)
    }
}
