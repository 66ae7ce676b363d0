package import EventSourcing
package import Postgres

/// A row that stood under a practice and was not its to see: a possible misdirected disclosure (domain.md 7.3).
package struct Disclosure: Sendable, Hashable {
    /// The practice under which the row stood.
    package var practice: String
    /// The hospital whose messages put it there.
    package var hospital: String
    /// Ref of the encounter at that practice.
    package var encounterRef: String
    /// Ref of the patient whom the row had shown, at that practice.
    package var patientRef: String
    /// Why the row was withdrawn.
    package var reason: WithdrawalReason
    /// When it came to stand there.
    package var shownSince: Instant
    /// When we learned that it should not.
    package var withdrawnAt: Instant
    /// Answers in between that showed the patient.
    package var looks: Int
    /// Who got them: subjects of tokens, each once, ascending.
    package var subjects: [String]
}

/// Reads the disclosures that somebody should review, for whom the log of accesses says who looked.
///
/// The pool logs in as `primary_conect_auditor`.
package struct DisclosureReader: Sendable {
    private let pool: PostgresPool

    /// Reads through a pool.
    package init(pool: PostgresPool) {
        self.pool = pool
    }

    /// All disclosures, or those of one practice; the latest first. Rows that nobody looked at are among them.
    package func disclosures(of practice: String? = nil) async throws -> [Disclosure] {
        // A view follows the log within a second or so: for a minute behind the event a look may still have shown the row.
        let scope: SQL = if let practice { "and e.practice = \(practice)" } else { "" }
        let result = try await pool.query(
            """
            select e.practice, e.hospital, e.encounter_ref, e.patient_ref, e.withdrawn_reason, e.shown_since, e.withdrawn_at,
                   count(a.id), coalesce(array_agg(distinct a.subject order by a.subject)
                                         filter (where a.id is not null), '{}')
            from practice.encounter e
            left join audit.access a on a.practice = e.practice and a.outcome = 'granted'
                and a.at between e.shown_since and e.withdrawn_at + interval '1 minute'
                and exists (select from audit.shown s
                            where s.practice = a.practice and s.access = a.id and e.patient_ref = any (s.refs))
            where e.status = 'withdrawn' \(scope)
            group by e.practice, e.hospital, e.encounter_ref
            order by e.withdrawn_at desc, e.practice, e.encounter_ref
            """)
        return try result.map { row in
            var columns = ColumnReader(row)
            let (practice, hospital): (String, String) = (try columns.next(), try columns.next())
            let (encounter, patient, reason): (String, String, String) =
                (try columns.next(), try columns.next(), try columns.next())
            guard let reason = WithdrawalReason(rawValue: reason) else {
                throw ProjectionError.rowUnreadable(table: "practice.encounter")
            }
            return Disclosure(
                practice: practice, hospital: hospital, encounterRef: encounter, patientRef: patient, reason: reason,
                shownSince: try columns.next(), withdrawnAt: try columns.next(),
                looks: Int(try columns.next() as Int64), subjects: try columns.next())
        }
    }
}
