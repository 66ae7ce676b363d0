package import EventSourcing
package import Postgres

/// A practice that somebody opened for a reason, and what was seen there.
package struct BrokenGlass: Sendable, Hashable {
    /// Names the grant; a UUID.
    package var grant: String
    package var practice: String
    package var subject: String
    package var role: String
    package var client: String
    package var organisation: String?
    /// As it was typed; it may name a patient.
    package var reason: String
    package var at: Instant
    package var until: Instant
    /// Answers under the grant.
    package var looks: Int
    /// Patients in them, each once.
    package var patients: Int
}

/// Reads which glass was broken and waits for review, and records what the review came to.
///
/// The pool logs in as `primary_conect_auditor`.
package struct BreakGlassReader: Sendable {
    /// What a review came to.
    package enum Outcome: String, Sendable, CaseIterable {
        case justified
        case notJustified = "not-justified"
    }

    /// What became of a review.
    package enum Reviewed: String, Sendable {
        case reviewed
        /// Somebody has reviewed it before.
        case before
        /// Nobody reviews their own.
        case own
        /// There is no such grant.
        case unknown
    }

    private let pool: PostgresPool

    /// Reads through a pool.
    package init(pool: PostgresPool) {
        self.pool = pool
    }

    /// All that nobody has reviewed; the oldest first.
    package func waiting() async throws -> [BrokenGlass] {
        let result = try await pool.query(
            """
            select g.id::text, g.practice, g.subject, g.role, g.client, g.organisation, g.reason, g.at, g.until,
                   count(distinct a.id), count(distinct ref)
            from audit.break_glass g
            left join audit.access a on a.practice = g.practice and a.break_glass = g.id and a.outcome = 'granted'
            left join audit.shown s on s.practice = a.practice and s.access = a.id
            left join lateral unnest(s.refs) ref on true
            where not exists (select from audit.break_glass_review r
                              where r.practice = g.practice and r.break_glass = g.id)
            group by g.practice, g.id
            order by g.at, g.id
            """)
        return try result.map { row in
            var columns = ColumnReader(row)
            return BrokenGlass(
                grant: try columns.next(), practice: try columns.next(), subject: try columns.next(),
                role: try columns.next(), client: try columns.next(), organisation: try columns.next(),
                reason: try columns.next(), at: try columns.next(), until: try columns.next(),
                looks: Int(try columns.next() as Int64), patients: Int(try columns.next() as Int64))
        }
    }

    /// Records what a review came to, once for each grant.
    package func review(
        _ grant: String, by reviewer: String, _ outcome: Outcome, note: String
    ) async throws -> Reviewed {
        let result = try await pool.query(
            "select audit.review_break_glass(\(grant)::uuid, \(reviewer), \(outcome.rawValue), \(note))")
        let told = try result[0].decode(0, as: String.self)
        guard let reviewed = Reviewed(rawValue: told) else {
            throw ProjectionError.rowUnreadable(table: "audit.break_glass_review")
        }
        return reviewed
    }
}
