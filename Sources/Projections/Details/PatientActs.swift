package import EventSourcing
import Postgres

/// What a practice has done about a patient: concerns, actions, marks of huddles, scores.
package struct PatientActs: Sendable, Hashable {
    /// That a huddle spoke of the patient.
    package struct Discussion: Sendable, Hashable {
        /// `yyyy-mm-dd`
        package var day: String
        package var at: Instant
        package var by: String
    }

    /// Open ones first, then the latest.
    package var concerns: [ConcernRow] = []
    /// Open ones first, then the latest.
    package var actions: [ActionRow] = []
    /// The latest first; the last thirty.
    package var discussions: [Discussion] = []
    /// The score that was given last; `nil` where none counts.
    package var symphony: SymphonyRow?

    package init() {}

    /// The most rows of a kind.
    private static let rowsMax = 200
    private static let discussionsMax = 30

    /// Reads what `init(_:)` takes, of a patient with these refs.
    static func statements(_ refs: [String], of practice: String) -> [SQL] {
        [
            """
            select \(ConcernRow.columns) from practice.concern
            where practice = \(practice) and patient_ref = any (\(refs))
            order by state = 'closed', raised_at desc, concern_id limit \(rowsMax)
            """,
            """
            select \(ActionRow.columns) from practice.action
            where practice = \(practice) and patient_ref = any (\(refs))
            order by state = 'done', added_at desc, action_id limit \(rowsMax)
            """,
            """
            select huddle_day, discussed_at, discussed_by from practice.discussion
            where practice = \(practice) and patient_ref = any (\(refs))
            order by huddle_day desc, discussed_at desc limit \(discussionsMax)
            """,
            """
            select \(SymphonyRow.columns) from practice.symphony
            where practice = \(practice) and patient_ref = any (\(refs))
            order by scored_on desc, scored_at desc limit 1
            """,
        ]
    }

    /// Reads what `statements` give; further results are left alone.
    init(_ results: [PostgresResult]) throws {
        concerns = try results[0].map { try ConcernRow($0) }
        actions = try results[1].map { try ActionRow($0) }
        discussions = try results[2].map { row in
            var columns = ColumnReader(row)
            return Discussion(day: try columns.next(), at: try columns.next(), by: try columns.next())
        }
        symphony = try results[3].first.map { try SymphonyRow($0) }
    }
}
