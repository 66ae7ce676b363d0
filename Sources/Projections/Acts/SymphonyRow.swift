import Admissions
package import EventSourcing
import Postgres

/// A row of `practice.symphony`: the score of a patient that counts, of those entered by form.
package struct SymphonyRow: Sendable, Hashable {
    package var practice: String
    /// Ref by the key that the patient had when first scored.
    package var patientRef: String
    package var hospital: LogName
    /// 1 to 10
    package var score: Int32
    /// `yyyy-mm-dd`
    package var scoredOn: String
    package var scoredBy: String
    /// When it was entered.
    package var scoredAt: Instant
    /// Number of events of the patient's score.
    package var version: Int64
}

extension SymphonyRow {
    /// What a score shows; `nil` where all that was scored has been taken back.
    init?(_ symphony: SymphonyScore, practice: String, ref: (PatientSubject) -> String) {
        guard let subject = symphony.subject, let current = symphony.current else { return nil }
        self.init(
            practice: practice, patientRef: ref(subject), hospital: subject.hospital, score: Int32(current.score),
            scoredOn: current.scoredOn.text, scoredBy: current.act.by, scoredAt: current.act.at,
            version: Int64(symphony.memory.eventCount))
    }

    static let columns: SQL = """
        practice, patient_ref, hospital, score::integer, scored_on, scored_by, scored_at, version
        """

    init(_ row: PostgresRow) throws(PostgresError) {
        var columns = ColumnReader(row)
        self.init(
            practice: try columns.next(), patientRef: try columns.next(), hospital: try columns.next(),
            score: try columns.next(), scoredOn: try columns.next(), scoredBy: try columns.next(),
            scoredAt: try columns.next(), version: try columns.next())
    }

    /// Writes rows in place of those with the same key.
    static func upsert(_ rows: some Collection<SymphonyRow>, into table: String) -> SQL {
        """
        insert into practice.\(identifier: table)
            (practice, patient_ref, hospital, score, scored_on, scored_by, scored_at, version)
        select * from unnest(\(rows.map(\.practice)), \(rows.map(\.patientRef)), \(rows.map(\.hospital)),
            \(rows.map(\.score)), \(rows.map(\.scoredOn)), \(rows.map(\.scoredBy)), \(rows.map(\.scoredAt)),
            \(rows.map(\.version)))
        on conflict (practice, patient_ref) do update set
            hospital = excluded.hospital, score = excluded.score, scored_on = excluded.scored_on,
            scored_by = excluded.scored_by, scored_at = excluded.scored_at, version = excluded.version
        """
    }

    /// Takes the rows of these patients away.
    static func delete(_ refs: [String], of practice: String, from table: String) -> SQL {
        "delete from practice.\(identifier: table) where practice = \(practice) and patient_ref = any (\(refs))"
    }
}
