package import Admissions
import EventLog
package import EventSourcing
package import Postgres

/// Reads single encounters and patients of a practice, and searches among them, within one scope.
///
/// As `ListReader`: the access record, the feeds and the rows are one transaction, each patient shown is recorded in
/// it, and nothing is returned before it has been committed. Rows come as they may be shown (`withholdingLocation`),
/// save from `revealing`. Throws `PostgresError` and `ProjectionError`. The pool logs in as `primary_conect_service`.
package struct DetailReader: Sendable {
    /// The most rows of one patient; older ones are left out.
    package static let rowsMax = 500
    /// The most rows of a page.
    package static let limitMax = 200

    private let pool: PostgresPool
    private let rule: FreshnessRule
    private let rules: HuddleRules
    private let now: (@Sendable () -> Instant)?

    /// Reads through a pool; `now` decides freshness and flags, by default the database's clock.
    package init(
        pool: PostgresPool, rule: FreshnessRule = FreshnessRule(), settings: HuddleSettings = HuddleSettings(),
        now: (@Sendable () -> Instant)? = nil
    ) {
        self.pool = pool
        self.rule = rule
        rules = HuddleRules(settings)
        self.now = now
    }

    /// One encounter; `nil` where the practice has none of this ref.
    package func encounter(_ ref: String, access: AccessRequest) async throws -> Looked<EncounterRow?> {
        let looked = try await rows(DetailStatements.encounter(ref, of: access.practice), access: access)
        return looked.map { $0.first?.withholdingLocation() }
    }

    /// A patient: the encounters, and what the practice has done. Without encounters where the practice has no patient
    /// of this ref; then it may be known into which other the patient was merged.
    package func patient(_ ref: String, access: AccessRequest) async throws -> Looked<PatientDetail> {
        try await pool.transaction { transaction in
            let opened = try await transaction.pipeline([
                AccessStatements.open(access), feedSelect, DetailStatements.patient(ref, of: access.practice),
            ])
            let looked = try look(opened, access)
            let standing = looked.found.filter { !$0.isWithdrawn }
            let refs = Set(looked.found.map(\.patient.ref) + standing.flatMap(\.patient.formerRefs)).sorted()
            let results = try await transaction.pipeline(
                PatientActs.statements(refs, of: access.practice) + [
                    ListedPerson.statement(standing, of: access.practice),
                    PresentRef.select(ref, of: access.practice),
                ])
            let (listed, replaced) = (results[results.count - 2], results[results.count - 1])
            let detail = PatientDetail(
                rows: looked.found.map { $0.withholdingLocation() }, acts: try PatientActs(results),
                registration: try listed.first.map { try ListedPerson($0) },
                mergedInto: looked.found.isEmpty ? try replaced.first?.decode(0) : nil)
            return looked.map { _ in detail }
        }
    }

    /// The encounters of a patient with what is withheld elsewhere: for who has typed a reason, which `access.purpose`
    /// says.
    package func revealing(_ ref: String, access: AccessRequest) async throws -> Looked<[EncounterRow]> {
        try await rows(DetailStatements.patient(ref, of: access.practice), access: access)
    }

    /// The encounters of those who bear an NHS number, the latest first.
    package func bearing(_ number: NHSNumber, access: AccessRequest) async throws -> Looked<[EncounterRow]> {
        let looked = try await rows(DetailStatements.bearing(number.digits, of: access.practice), access: access)
        return looked.map { $0.map { $0.withholdingLocation() } }
    }

    /// One row of each of these patients, as far as the practice has them.
    package func patients(_ refs: [String], access: AccessRequest) async throws -> Looked<[EncounterRow]> {
        let looked = try await rows(DetailStatements.patients(refs, of: access.practice), access: access)
        return looked.map { $0.map { $0.withholdingLocation() } }
    }

    /// One page of a search; whether more follows.
    ///
    /// - Throws: `ProjectionError.limitOutOfRange` where the limit is not 1...200.
    package func encounters(
        _ search: EncounterSearch, access: AccessRequest
    ) async throws -> Looked<(rows: [EncounterRow], hasMore: Bool)> {
        guard (1...Self.limitMax).contains(search.limit) else { throw ProjectionError.limitOutOfRange }
        let looked = try await rows(search.statement(of: access.practice), access: access)
        return looked.map { rows in
            (rows.prefix(search.limit).map { $0.withholdingLocation() }, rows.count > search.limit)
        }
    }

    /// What `choose` makes of the flags of the board, of which the patients it names are recorded as shown.
    ///
    /// - Throws: `ProjectionError.windowTooWide` where the last weeks have more encounters than can be weighed.
    package func flags<Chosen: Sendable>(
        access: AccessRequest, choose: ([BoardFlag]) -> (Chosen, patients: [String])
    ) async throws -> Looked<Chosen> {
        let moment = now?()
        let present: SQL = moment.map { "\($0)" } ?? "transaction_timestamp()"
        let candidates = CandidateQuery(
            list: .huddle, practice: access.practice, since: "\(present) - interval '30 days'", now: present,
            day: LondonDay(of: moment ?? WallClock.now()).text, settings: rules.settings)
        return try await pool.transaction { transaction in
            let opened = try await transaction.pipeline([
                AccessStatements.open(access), feedSelect, candidates.statement, candidates.concerns,
            ] + CandidateMarks.statements(candidates))
            let look = try OpenedAccess(opened[0])
            let madeAt = moment ?? look.at
            guard opened[2].count <= CandidateQuery.rowsMax else { throw ProjectionError.windowTooWide }
            let people = CandidatePeople(
                try opened[2].map { try Candidate($0, now: madeAt) },
                concerns: try opened[3].map { try CandidateConcern($0) },
                marks: try CandidateMarks(opened[4...]))
            let (chosen, patients) = choose(BoardFlag.flags(of: people, rules: rules, now: madeAt))
            try await transaction.query(DetailStatements.recordShown(patients))
            return Looked(
                found: chosen, practice: access.practice,
                feeds: try FeedTable.decode(opened[1], rule: rule, now: madeAt), madeAt: madeAt, accessID: look.id)
        }
    }

    /// Whether the practice may be told of a place: a row that is not restricted has it.
    package func knows(_ place: PlaceKey, access: AccessRequest) async throws -> Bool {
        let results = try await pool.pipeline([
            AccessStatements.open(access), DetailStatements.place(place, of: access.practice),
        ])
        return try results[1][0].decode(0, as: Bool.self)
    }

    /// Records a look that shows no patient.
    package func look(access: AccessRequest) async throws {
        _ = try await pool.pipeline([AccessStatements.open(access), DetailStatements.recordShown([])])
    }

    /// Records a look that was refused; opens nothing.
    package func recordDenial(_ access: AccessRequest, reason: DenialReason) async throws {
        _ = try await pool.query(AccessStatements.deny(access, reason: reason))
    }

    private var feedSelect: SQL { FeedTable.select(at: now?() ?? WallClock.now()) }

    private func rows(_ statement: SQL, access: AccessRequest) async throws -> Looked<[EncounterRow]> {
        try look(try await pool.pipeline([AccessStatements.open(access), feedSelect, statement]), access)
    }

    /// Reads what the access record, the feeds and a statement of `DetailStatements` give.
    private func look(_ results: [PostgresResult], _ access: AccessRequest) throws -> Looked<[EncounterRow]> {
        let opened = try OpenedAccess(results[0])
        let madeAt = now?() ?? opened.at
        let feeds = try FeedTable.decode(results[1], rule: rule, now: madeAt)
        var rows: [EncounterRow] = []
        for index in 0..<results[2].count {
            // Where there is nothing, there is one row of NULLs.
            let key: String? = try results[2][index].decode(0, as: String?.self)
            if key != nil { rows.append(try EncounterTable.decode(results[2][index])) }
        }
        return Looked(found: rows, practice: access.practice, feeds: feeds, madeAt: madeAt, accessID: opened.id)
    }
}

extension Looked {
    /// The same look at what `transform` makes of what was found.
    func map<Other: Sendable>(_ transform: (Found) -> Other) -> Looked<Other> {
        Looked<Other>(
            found: transform(found), practice: practice, feeds: feeds, madeAt: madeAt, accessID: accessID)
    }
}
