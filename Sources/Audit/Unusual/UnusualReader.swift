package import EventSourcing
package import Postgres

/// Reads the looks of a window and finds what is unusual about them.
///
/// Family names are compared where they are read and go no further: a finding names a patient by ref. The pool logs in as
/// `primary_conect_auditor` and has two connections: names are read beside the lines.
package struct UnusualReader: Sendable {
    private let pool: PostgresPool

    package init(pool: PostgresPool) {
        self.pool = pool
    }

    package func findings(
        _ question: AccessQuestion, _ thresholds: UnusualThresholds = UnusualThresholds(), now: Instant,
        look: AuditLook
    ) async throws -> [UnusualFinding] {
        var access = UnusualAccess(thresholds, now: now)
        try await AccessReader(pool: pool).each(question, look: look) { lines in
            let families = try await families(of: lines)
            for line in lines { access.note(line, families: families) }
        }
        return access.findings()
    }

    private func families(of lines: [AccessLine]) async throws -> [String: String] {
        let people = lines.filter { !["integration", "auditor", "operator"].contains($0.role) && !$0.refs.isEmpty }
        guard !people.isEmpty else { return [:] }
        let result = try await pool.query(
            """
            select distinct patient_ref, family from practice.encounter
            where practice = any (\(Array(Set(people.map(\.practice))))) and family is not null
              and patient_ref = any (\(Array(Set(people.flatMap(\.refs)))))
            """)
        var families: [String: String] = [:]
        for row in result {
            let (ref, family) = try row.decode(String.self, String.self)
            // A name may have changed: both count.
            families[ref] = families[ref].map { "\($0) \(family)" } ?? family
        }
        return families
    }
}
