import EventSourcing
import Postgres

/// Holds the views of one practice's acts against a fresh fold of its log, row for row.
struct ActComparison: Sendable {
    private let made: ActRows
    private let log: LogName

    init(_ made: ActRows, log: LogName) {
        self.made = made
        self.log = log
    }

    func run(in transaction: PostgresTransaction, report: inout ViewComparison.Report) async throws {
        let practice = made.practice
        let concerns = try await transaction.query(
            "select \(ConcernRow.columns) from practice.concern where practice = \(practice)"
        ).map { try ConcernRow($0) }
        compare("concern", made.concerns, concerns, key: \.id, &report)
        let actions = try await transaction.query(
            "select \(ActionRow.columns) from practice.action where practice = \(practice)"
        ).map { try ActionRow($0) }
        compare("action", made.actions, actions, key: \.id, &report)
        let scores = try await transaction.query(
            "select \(SymphonyRow.columns) from practice.symphony where practice = \(practice)"
        ).map { try SymphonyRow($0) }
        compare("symphony", made.scores, scores, key: \.patientRef, &report)
        let discussions = try HuddleRow.discussions(
            try await transaction.query(
                "select \(HuddleRow.discussionColumns) from practice.discussion where practice = \(practice)"))
        let huddles = try await transaction.query(
            "select \(HuddleRow.columns) from practice.huddle where practice = \(practice)"
        ).map { try HuddleRow($0, discussions: discussions) }
        compare("huddle", made.huddles, huddles, key: \.day, &report)
    }

    private func compare<Row: Equatable>(
        _ table: String, _ made: [Row], _ stored: [Row], key: KeyPath<Row, String>,
        _ report: inout ViewComparison.Report
    ) {
        var expected = Dictionary(made.map { ($0[keyPath: key], $0) }) { first, _ in first }
        report.rows += Int64(stored.count)
        for row in stored {
            let wanted = expected.removeValue(forKey: row[keyPath: key])
            guard wanted != row else { continue }
            report.note(
                .init(
                    table: table, hospital: log, row: row[keyPath: key], kind: wanted == nil ? .superfluous : .different))
        }
        for name in expected.keys {
            report.note(.init(table: table, hospital: log, row: name, kind: .missing))
        }
    }
}
