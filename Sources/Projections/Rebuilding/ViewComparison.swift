import Admissions
package import EventLog
package import EventSourcing
package import Postgres

/// Holds the live views against a fresh fold of the logs, row for row.
///
/// Reads rows and checkpoints in one snapshot, folds each log to its checkpoint (a hospital's by the practices' lists
/// as far as its rows stand by them), and compares every row of `practice.encounter`, every registration, every state,
/// the feed and the poison. The feed goes on meanwhile. The pool logs in as `primary_conect_projector` and needs one
/// connection besides the reader's.
package struct ViewComparison: Sendable {
    /// One row that is not as a fresh fold makes it.
    package struct Difference: Sendable, Hashable {
        /// What is wrong with it.
        package enum Kind: String, Sendable {
            /// The fold makes it, the table lacks it.
            case missing
            /// The table has it, the fold does not make it.
            case superfluous
            /// Both have it and they differ.
            case different
        }

        package var table: String
        package var hospital: LogName
        /// An opaque ref or a position; of a state only its hash, for its key is patient data.
        package var row: String
        package var kind: Kind
    }

    /// What was compared and what differs.
    package struct Report: Sendable, Hashable {
        /// Rows compared, of all tables.
        package var rows: Int64 = 0
        /// Events folded.
        package var events: Int64 = 0
        /// How many rows differ.
        package var differenceCount: Int64 = 0
        /// The first of them, at most `differencesMax`.
        package var differences: [Difference] = []

        /// Whether the views are what the logs say.
        package var isEqual: Bool { differenceCount == 0 }

        mutating func note(_ difference: Difference) {
            differenceCount += 1
            if differences.count < ViewComparison.differencesMax { differences.append(difference) }
        }
    }

    /// Differences described in a report.
    package static let differencesMax = 100
    /// Rows read at once.
    static let pageRowsMax = 5_000

    private let pool: PostgresPool
    private let reader: EventReader

    /// Makes a comparison.
    package init(pool: PostgresPool, reader: EventReader) {
        self.pool = pool
        self.reader = reader
    }

    /// Compares all views with all logs.
    package func run(progress: @Sendable (RebuildProgress) -> Void = { _ in }) async throws -> Report {
        let basis = try await ViewBasis.load(from: pool)
        return try await pool.transaction(.repeatableReadOnly) { transaction in
            let positions = try CheckpointTable.decodePositions(
                try await transaction.query(CheckpointTable.selectAll(from: ProjectionTables.live.checkpoint)))
            var report = Report()
            var points: [RegistrationPoint] = []
            for (log, position) in positions.sorted(by: { $0.key < $1.key }) {
                guard let practice = log.practice else { continue }
                var fold = FreshPracticeLog(log: log, practice: practice, basis: basis)
                var done: Int64 = 0
                try await fold.fold(through: position, from: reader) { count in
                    done += count
                    progress(RebuildProgress(phase: .folding, log: log, done: done, total: position.rawValue))
                }
                report.events += done
                try await comparePracticeLog(fold, in: transaction, report: &report)
                points += fold.run.points
            }
            points.sort()
            for (log, position) in positions.sorted(by: { $0.key < $1.key }) where log.practice == nil {
                let taken = try TakenLists(
                    try await transaction.query(
                        CheckpointTable.selectTaken(log, from: ProjectionTables.live.checkpoint)))
                var fold = FreshFold(hospital: log, basis: basis, points: points.filter(taken.covers))
                var done: Int64 = 0
                try await fold.fold(through: position, from: reader) { count in
                    done += count
                    progress(RebuildProgress(phase: .folding, log: log, done: done, total: position.rawValue))
                }
                report.events += done
                try await compare(fold, in: transaction, report: &report, progress: progress)
            }
            return report
        }
    }

    private func compare(
        _ fold: FreshFold, in transaction: PostgresTransaction, report: inout Report,
        progress: @Sendable (RebuildProgress) -> Void
    ) async throws {
        var expected = Expected()
        var made = fold
        try await made.eachRows(of: Self.pageRowsMax) { rows, encounters in
            for row in rows { expected.rows[EncounterTable.RowKey(row, of: fold.practices.hospital)] = row.hashValue }
            for encounter in encounters { expected.encounters[encounter.encounter] = encounter.hashValue }
        }
        try await compareCases(made.onboardingRows(), of: fold.practices.hospital, in: transaction, report: &report)
        try await compareRows(fold, expected.rows, in: transaction, report: &report, progress: progress)
        try await compareEncounterStates(fold, expected.encounters, in: transaction, report: &report)
        try await comparePatientStates(fold, in: transaction, report: &report)
        try await compareFeed(fold, in: transaction, report: &report)
        try await comparePoison(fold.poison, of: fold.practices.hospital, in: transaction, report: &report)
    }

    /// What the fold makes, by digests: of two that differ one in 2^64 passes as equal, and in no second run.
    private struct Expected {
        var rows: [EncounterTable.RowKey: Int] = [:]
        var encounters: [StateKey: Int] = [:]
    }

    private func compareRows(
        _ fold: FreshFold, _ made: [EncounterTable.RowKey: Int], in transaction: PostgresTransaction, report: inout Report,
        progress: @Sendable (RebuildProgress) -> Void
    ) async throws {
        let hospital = fold.practices.hospital
        var expected = made
        let total = Int64(expected.count)
        var last = EncounterTable.RowKey(practice: "", hospital: hospital, encounterRef: "")
        while true {
            let result = try await transaction.query(
                """
                select \(EncounterTable.columns) from practice.encounter e
                where e.hospital = \(hospital)
                  and (e.practice, e.encounter_ref) > (\(last.practice), \(last.encounterRef))
                order by e.practice, e.encounter_ref limit \(Self.pageRowsMax)
                """)
            guard !result.isEmpty else { break }
            for stored in result {
                let row = try EncounterTable.decode(stored)
                last = EncounterTable.RowKey(row, of: hospital)
                report.rows += 1
                guard let digest = expected.removeValue(forKey: last) else {
                    report.note(
                        .init(table: "encounter", hospital: hospital, row: row.encounterRef, kind: .superfluous))
                    continue
                }
                if digest != row.hashValue {
                    report.note(.init(table: "encounter", hospital: hospital, row: row.encounterRef, kind: .different))
                }
            }
            progress(
                RebuildProgress(phase: .comparing, log: hospital, done: total - Int64(expected.count), total: total))
        }
        for key in expected.keys {
            report.note(.init(table: "encounter", hospital: hospital, row: key.encounterRef, kind: .missing))
        }
    }

    private func compareCases(
        _ made: [OnboardingRow], of hospital: LogName, in transaction: PostgresTransaction, report: inout Report
    ) async throws {
        var expected = Dictionary(uniqueKeysWithValues: made.map { ($0.shown.caseID, $0.hashValue) })
        let result = try await transaction.query(
            """
            select \(OnboardingTable.caseColumns), \(OnboardingTable.detailColumns)
            from practice.onboarding_case c left join practice.onboarding_detail d using (hospital, case_id)
            where c.hospital = \(hospital) order by c.case_id
            """)
        for stored in result {
            let shown = try OnboardingTable.decodeCase(stored)
            let detail = try OnboardingTable.decodeDetail(
                stored, first: OnboardingTable.caseColumnCount, ref: shown.patientRef)
            report.rows += 1
            let digest = expected.removeValue(forKey: shown.caseID)
            guard digest != OnboardingRow(shown: shown, detail: detail).hashValue else { continue }
            report.note(
                .init(
                    table: "onboarding_case", hospital: hospital, row: shown.caseID,
                    kind: digest == nil ? .superfluous : .different))
        }
        for caseID in expected.keys {
            report.note(.init(table: "onboarding_case", hospital: hospital, row: caseID, kind: .missing))
        }
    }

    private func compareEncounterStates(
        _ fold: FreshFold, _ made: [StateKey: Int], in transaction: PostgresTransaction, report: inout Report
    ) async throws {
        let hospital = fold.practices.hospital
        var expected = made
        var last = StateKey(stored: "")
        while true {
            let result = try await transaction.query(
                """
                select \(StateTables.encounterColumns) from practice.encounter_state
                where hospital = \(hospital) and encounter > \(last.rawValue)
                order by encounter limit \(Self.pageRowsMax)
                """)
            guard !result.isEmpty else { break }
            for stored in try StateTables.decodeEncounters(result) {
                last = stored.encounter
                report.rows += 1
                let digest = expected.removeValue(forKey: stored.encounter)
                let isKnown = digest != nil
                guard digest != stored.hashValue else { continue }
                report.note(
                    .init(
                        table: "encounter_state", hospital: hospital, row: stored.encounter.digest,
                        kind: isKnown ? .different : .superfluous))
            }
        }
        for key in expected.keys {
            report.note(.init(table: "encounter_state", hospital: hospital, row: key.digest, kind: .missing))
        }
    }

    private func comparePatientStates(
        _ fold: FreshFold, in transaction: PostgresTransaction, report: inout Report
    ) async throws {
        let hospital = fold.practices.hospital
        var expected: [StateKey: PatientKey] = [:]
        for key in fold.practices.log.patients.keys { expected[StateKey(key)] = key }
        var last = StateKey(stored: "")
        while true {
            let result = try await transaction.query(
                """
                select \(StateTables.patientColumns) from practice.patient_state
                where hospital = \(hospital) and patient > \(last.rawValue)
                order by patient limit \(Self.pageRowsMax)
                """)
            guard !result.isEmpty else { break }
            for stored in try StateTables.decodePatients(result) {
                last = stored.patient
                report.rows += 1
                let key = expected.removeValue(forKey: stored.patient)
                let isKnown = key != nil
                let made = key.flatMap { fold.practices.stored($0) }
                guard made != stored else { continue }
                report.note(
                    .init(
                        table: "patient_state", hospital: hospital, row: stored.patient.digest,
                        kind: isKnown ? .different : .superfluous))
            }
        }
        for key in expected.keys {
            report.note(.init(table: "patient_state", hospital: hospital, row: key.digest, kind: .missing))
        }
    }

    private func compareFeed(
        _ fold: FreshFold, in transaction: PostgresTransaction, report: inout Report
    ) async throws {
        let hospital = fold.practices.hospital
        let results = try await transaction.pipeline(FeedTable.selectHearing(of: hospital, in: .live))
        let rows = Int64(results.reduce(0) { $0 + $1.count })
        report.rows += rows
        let stored = try FeedTable.decodeHearing(results)
        guard stored != fold.heard else { return }
        let kind: Difference.Kind = rows == 0 ? .missing : fold.heard.last == nil ? .superfluous : .different
        report.note(.init(table: "feed", hospital: hospital, row: FeedTable.feed, kind: kind))
    }

    func comparePoison(
        _ poison: [PoisonEvent], of hospital: LogName, in transaction: PostgresTransaction, report: inout Report
    ) async throws {
        let result = try await transaction.query(
            "select position from practice.poison where hospital = \(hospital)")
        var expected = Set(poison.map(\.position.rawValue))
        for row in result {
            let position = try row.decode(0, as: Int64.self)
            report.rows += 1
            if expected.remove(position) == nil {
                report.note(.init(table: "poison", hospital: hospital, row: "\(position)", kind: .superfluous))
            }
        }
        for position in expected {
            report.note(.init(table: "poison", hospital: hospital, row: "\(position)", kind: .missing))
        }
    }
}

extension EncounterTable.RowKey {
    init(_ row: EncounterRow, of hospital: LogName) {
        self.init(practice: row.practice, hospital: hospital, encounterRef: row.encounterRef)
    }
}
