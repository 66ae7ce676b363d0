import Admissions
package import EventSourcing
import Postgres

/// A row of `practice.huddle`: a day's huddle of a practice, with the rows of `practice.discussion` that belong to it.
package struct HuddleRow: Sendable, Hashable {
    /// A row of `practice.discussion`: a patient who was marked as discussed, and not unmarked.
    package struct Discussion: Sendable, Hashable {
        /// Ref by the key that the patient had when the mark was set.
        package var patientRef: String
        package var hospital: LogName
        package var discussedAt: Instant
        package var discussedBy: String
        /// How often the patient's mark was set or taken back that day.
        package var version: Int64
    }

    package var practice: String
    /// `yyyy-mm-dd`
    package var day: String
    package var closedAt: Instant?
    package var closedBy: String?
    /// How many of the list nobody had marked when it was closed.
    package var notDiscussed: Int32?
    package var attendees: [String]
    /// Number of events of the huddle.
    package var version: Int64
    /// In the order of their marks.
    package var discussions: [Discussion]
}

extension HuddleRow {
    /// What a huddle shows.
    init(_ huddle: HuddleDay, day: String, practice: String, ref: (PatientSubject) -> String) {
        self.init(
            practice: practice, day: day, closedAt: huddle.closed?.at, closedBy: huddle.closed?.by,
            notDiscussed: huddle.closed.map { Int32($0.notDiscussed) }, attendees: huddle.closed?.attendees ?? [],
            version: Int64(huddle.memory.eventCount),
            discussions: huddle.marks.map { subject, mark in
                Discussion(
                    patientRef: ref(subject), hospital: subject.hospital, discussedAt: mark.at, discussedBy: mark.by,
                    version: huddle.versions[subject] ?? 0)
            }.sorted { ($0.discussedAt, $0.patientRef) < ($1.discussedAt, $1.patientRef) })
    }

    static let columns: SQL = "practice, day, closed_at, closed_by, not_discussed, attendees, version"
    static let discussionColumns: SQL = """
        practice, huddle_day, patient_ref, hospital, discussed_at, discussed_by, version
        """

    /// Reads a row, and of `discussions` those of its day.
    init(_ row: PostgresRow, discussions: [String: [Discussion]]) throws(PostgresError) {
        var columns = ColumnReader(row)
        let (practice, day): (String, String) = (try columns.next(), try columns.next())
        self.init(
            practice: practice, day: day, closedAt: try columns.next(), closedBy: try columns.next(),
            notDiscussed: try columns.next(), attendees: try columns.next(), version: try columns.next(),
            discussions: discussions[day] ?? [])
    }

    /// Reads rows of `practice.discussion` of one practice, by their days.
    static func discussions(_ result: PostgresResult) throws(PostgresError) -> [String: [Discussion]] {
        var byDay: [String: [Discussion]] = [:]
        for row in result {
            var columns = ColumnReader(row, first: 1)
            let day: String = try columns.next()
            byDay[day, default: []].append(
                Discussion(
                    patientRef: try columns.next(), hospital: try columns.next(), discussedAt: try columns.next(),
                    discussedBy: try columns.next(), version: try columns.next()))
        }
        return byDay.mapValues { $0.sorted { ($0.discussedAt, $0.patientRef) < ($1.discussedAt, $1.patientRef) } }
    }

    /// Writes huddles in place of those of the same day, with all their marks.
    static func write(_ rows: some Collection<HuddleRow>, to tables: ProjectionTables) -> [SQL] {
        let marks = rows.flatMap { row in row.discussions.map { (row, $0) } }
        var statements: [SQL] = [
            """
            insert into practice.\(identifier: tables.huddle) (\(columns))
            select r.practice, r.day, r.closed_at, r.closed_by, r.not_discussed, string_to_array(r.attendees, chr(31)),
                r.version
            from unnest(\(rows.map(\.practice)), \(rows.map(\.day)), \(rows.map(\.closedAt)), \(rows.map(\.closedBy)),
                \(rows.map(\.notDiscussed)), \(rows.map { $0.attendees.joined(separator: EncounterTable.separator) }),
                \(rows.map(\.version))) as r (practice, day, closed_at, closed_by, not_discussed, attendees, version)
            on conflict (practice, day) do update set
                closed_at = excluded.closed_at, closed_by = excluded.closed_by,
                not_discussed = excluded.not_discussed, attendees = excluded.attendees, version = excluded.version
            """,
            """
            delete from practice.\(identifier: tables.discussion) d
            using unnest(\(rows.map(\.practice)), \(rows.map(\.day))) as r (practice, day)
            where d.practice = r.practice and d.huddle_day = r.day
            """,
        ]
        if !marks.isEmpty {
            statements.append(
                """
                insert into practice.\(identifier: tables.discussion) (\(discussionColumns))
                select * from unnest(\(marks.map(\.0.practice)), \(marks.map(\.0.day)), \(marks.map(\.1.patientRef)),
                    \(marks.map(\.1.hospital)), \(marks.map(\.1.discussedAt)), \(marks.map(\.1.discussedBy)),
                    \(marks.map(\.1.version)))
                on conflict (practice, huddle_day, patient_ref) do nothing
                """)
        }
        return statements
    }
}
