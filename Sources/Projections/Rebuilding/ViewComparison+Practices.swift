import Admissions
import EventSourcing
import Postgres

/// Holds what is made of practices' logs against a fresh fold of them.
extension ViewComparison {
    func comparePracticeLog(
        _ fold: FreshPracticeLog, in transaction: PostgresTransaction, report: inout Report
    ) async throws {
        let (log, run) = (fold.log, fold.run)
        let registrations = run.registrations.values
        try await compare(
            "registration", of: log,
            Dictionary(
                uniqueKeysWithValues: registrations.map { ($0.person.digits, RegistrationRow($0, at: run.practice)) }),
            in: transaction, report: &report
        ) { last in
            """
            select \(RegistrationRow.columns) from practice.registration r
            where r.practice = \(log) and r.nhs_number > \(last ?? "")
            order by r.nhs_number limit \(Self.pageRowsMax)
            """
        } decode: { row in
            let stored = try RegistrationRow(row)
            return (stored.nhsNumber, stored)
        }
        try await compare(
            "registration_state", of: log,
            Dictionary(
                uniqueKeysWithValues: registrations.map { ($0.person.digits, RegistrationTables.stored($0)) }),
            in: transaction, report: &report
        ) { last in
            """
            select nhs_number, state from practice.registration_state
            where practice = \(log) and nhs_number > \(last ?? "") order by nhs_number limit \(Self.pageRowsMax)
            """
        } decode: { row in
            try row.decode(String.self, String.self)
        }
        try await compare(
            "registration_point", of: log,
            Dictionary(uniqueKeysWithValues: run.points.map { ($0.position.rawValue, $0) }),
            in: transaction, report: &report
        ) { last in
            RegistrationTables.selectPoints(
                of: run.practice, after: Position(last ?? 0), through: Position(.max), limit: Self.pageRowsMax,
                from: ProjectionTables.live.registrationPoint)
        } decode: { row in
            let point = try RegistrationTables.decodePoint(row, from: ProjectionTables.live.registrationPoint)
            return (point.position.rawValue, point)
        }
        try await ActComparison(fold.acts.rows, log: log).run(in: transaction, report: &report)
        try await comparePoison(fold.poison, of: log, in: transaction, report: &report)
    }

    /// Compares a table of one practice, page by page; a row is told of by a digest of its key, which is patient data.
    private func compare<Key: Hashable & Sendable, Row: Equatable>(
        _ table: String, of log: LogName, _ made: [Key: Row], in transaction: PostgresTransaction,
        report: inout Report, page: (Key?) -> SQL, decode: (PostgresRow) throws -> (Key, Row)
    ) async throws {
        let note = { (key: Key, kind: Difference.Kind) in
            Difference(table: table, hospital: log, row: StateKey(stored: "\(key)").digest, kind: kind)
        }
        var expected = made
        var last: Key?
        while true {
            let result = try await transaction.query(page(last))
            guard !result.isEmpty else { break }
            for row in result {
                let (key, stored) = try decode(row)
                last = key
                report.rows += 1
                let known = expected.removeValue(forKey: key)
                if known != stored { report.note(note(key, known == nil ? .superfluous : .different)) }
            }
        }
        for key in expected.keys { report.note(note(key, .missing)) }
    }
}
