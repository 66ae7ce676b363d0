import Admissions
package import EventSourcing
import Postgres

/// A row of `practice.concern`: a concern of a practice as it stands.
package struct ConcernRow: Sendable, Hashable {
    package var practice: String
    /// The identifier of the command that raised it: a UUID, lower case.
    package var id: String
    package var hospital: LogName
    /// Ref by the key that the patient had when it was raised.
    package var patientRef: String
    /// `ConcernKind`
    package var kind: String
    /// `open` or `closed`
    package var state: String
    package var raisedAt: Instant
    package var raisedBy: String
    /// Free text about health: not for a practice's administrators.
    package var note: String?
    /// `yyyy-mm-dd`
    package var reviewOn: String?
    /// `AssigneeText`; `nil` for the huddle as a whole.
    package var owner: String?
    package var closedAt: Instant?
    package var closedBy: String?
    /// Free text, as `note`.
    package var closingReason: String?
    /// Number of events of the concern.
    package var version: Int64
}

extension ConcernRow {
    /// What a concern shows; `nil` of one that nobody has raised.
    init?(_ concern: Concern, id: String, practice: String, ref: (PatientSubject) -> String) {
        guard let subject = concern.subject, let kind = concern.kind, let raised = concern.raised else { return nil }
        self.init(
            practice: practice, id: id, hospital: subject.hospital, patientRef: ref(subject), kind: kind.rawValue,
            state: concern.state.rawValue, raisedAt: raised.at, raisedBy: raised.by, note: concern.note?.text,
            reviewOn: concern.review?.text, owner: concern.owner.map(AssigneeText.of), closedAt: concern.closed?.at,
            closedBy: concern.closed?.by, closingReason: concern.closingReason?.text,
            version: Int64(concern.memory.eventCount))
    }

    static let columns: SQL = """
        practice, concern_id, hospital, patient_ref, kind, state, raised_at, raised_by, note, review_on, owner, closed_at, \
        closed_by, closing_reason, version
        """

    init(_ row: PostgresRow) throws(PostgresError) {
        var columns = ColumnReader(row)
        self.init(
            practice: try columns.next(), id: try columns.next(), hospital: try columns.next(),
            patientRef: try columns.next(), kind: try columns.next(), state: try columns.next(),
            raisedAt: try columns.next(), raisedBy: try columns.next(), note: try columns.next(),
            reviewOn: try columns.next(), owner: try columns.next(), closedAt: try columns.next(),
            closedBy: try columns.next(), closingReason: try columns.next(), version: try columns.next())
    }

    /// Writes rows in place of those with the same key.
    static func upsert(_ rows: some Collection<ConcernRow>, into table: String) -> SQL {
        """
        insert into practice.\(identifier: table) (\(columns))
        select * from unnest(\(rows.map(\.practice)), \(rows.map(\.id)), \(rows.map(\.hospital)),
            \(rows.map(\.patientRef)), \(rows.map(\.kind)), \(rows.map(\.state)), \(rows.map(\.raisedAt)),
            \(rows.map(\.raisedBy)), \(rows.map(\.note)), \(rows.map(\.reviewOn)), \(rows.map(\.owner)),
            \(rows.map(\.closedAt)), \(rows.map(\.closedBy)), \(rows.map(\.closingReason)), \(rows.map(\.version)))
        on conflict (practice, concern_id) do update set
            hospital = excluded.hospital, patient_ref = excluded.patient_ref, kind = excluded.kind,
            state = excluded.state, raised_at = excluded.raised_at, raised_by = excluded.raised_by,
            note = excluded.note, review_on = excluded.review_on, owner = excluded.owner,
            closed_at = excluded.closed_at, closed_by = excluded.closed_by, closing_reason = excluded.closing_reason,
            version = excluded.version
        """
    }
}
