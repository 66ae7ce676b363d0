import Admissions
package import EventSourcing
import Postgres

/// A row of `practice.action`: what a huddle wants done about a patient, as it stands.
package struct ActionRow: Sendable, Hashable {
    package var practice: String
    /// The identifier of the command that added it: a UUID, lower case.
    package var id: String
    package var hospital: LogName
    /// Ref by the key that the patient had when it was added.
    package var patientRef: String
    /// `HuddleAction.Kind`
    package var kind: String
    /// `yyyy-mm-dd`
    package var due: String
    /// `AssigneeText`
    package var assignee: String
    package var note: String?
    /// `open` or `done`
    package var state: String
    package var addedAt: Instant
    package var addedBy: String
    package var completedAt: Instant?
    package var completedBy: String?
    /// What came of it.
    package var result: String?
    /// Number of events of the action.
    package var version: Int64
}

extension ActionRow {
    /// What an action shows; `nil` of one that nobody has added.
    init?(_ action: HuddleAction, id: String, practice: String, ref: (PatientSubject) -> String) {
        guard let subject = action.subject, let kind = action.kind, let due = action.due, let who = action.who,
            let added = action.added
        else { return nil }
        self.init(
            practice: practice, id: id, hospital: subject.hospital, patientRef: ref(subject), kind: kind.rawValue,
            due: due.text, assignee: AssigneeText.of(who), note: action.note?.text, state: action.state.rawValue,
            addedAt: added.at, addedBy: added.by, completedAt: action.completed?.at,
            completedBy: action.completed?.by, result: action.resultNote?.text,
            version: Int64(action.memory.eventCount))
    }

    static let columns: SQL = """
        practice, action_id, hospital, patient_ref, kind, due, assignee, note, state, added_at, added_by, completed_at, \
        completed_by, result, version
        """

    init(_ row: PostgresRow) throws(PostgresError) {
        var columns = ColumnReader(row)
        self.init(
            practice: try columns.next(), id: try columns.next(), hospital: try columns.next(),
            patientRef: try columns.next(), kind: try columns.next(), due: try columns.next(),
            assignee: try columns.next(), note: try columns.next(), state: try columns.next(),
            addedAt: try columns.next(), addedBy: try columns.next(), completedAt: try columns.next(),
            completedBy: try columns.next(), result: try columns.next(), version: try columns.next())
    }

    /// Writes rows in place of those with the same key.
    static func upsert(_ rows: some Collection<ActionRow>, into table: String) -> SQL {
        """
        insert into practice.\(identifier: table) (\(columns))
        select * from unnest(\(rows.map(\.practice)), \(rows.map(\.id)), \(rows.map(\.hospital)),
            \(rows.map(\.patientRef)), \(rows.map(\.kind)), \(rows.map(\.due)), \(rows.map(\.assignee)),
            \(rows.map(\.note)), \(rows.map(\.state)), \(rows.map(\.addedAt)), \(rows.map(\.addedBy)),
            \(rows.map(\.completedAt)), \(rows.map(\.completedBy)), \(rows.map(\.result)), \(rows.map(\.version)))
        on conflict (practice, action_id) do update set
            hospital = excluded.hospital, patient_ref = excluded.patient_ref, kind = excluded.kind,
            due = excluded.due, assignee = excluded.assignee, note = excluded.note, state = excluded.state,
            added_at = excluded.added_at, added_by = excluded.added_by, completed_at = excluded.completed_at,
            completed_by = excluded.completed_by, result = excluded.result, version = excluded.version
        """
    }
}
