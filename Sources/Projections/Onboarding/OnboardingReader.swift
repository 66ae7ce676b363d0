package import Admissions
import EventLog
package import EventSourcing
package import Postgres

/// Reads hot onboarding cases, and the inpatients of a hospital, within an access record.
///
/// The record names the hospital, or a practice; row-level security narrows to it, and the detail of a case opens to
/// the hospital and to complex care alone. Every patient given is recorded as shown, in the statement that reads. The
/// pool logs in as `primary_conect_service`.
package struct OnboardingReader: Sendable {
    /// A case, and its detail where the access record opens it.
    package struct Found: Sendable, Hashable {
        package var shown: OnboardingCaseRow
        package var detail: OnboardingDetail?

        package init(shown: OnboardingCaseRow, detail: OnboardingDetail?) {
            self.shown = shown
            self.detail = detail
        }
    }

    /// Which cases are wanted.
    package enum View: Sendable {
        /// The work list of the hospital's staff: who is an inpatient now, or went home unseen.
        case hospital
        /// The work list of the complex care team: who agreed.
        case complexCare
        /// What a practice may know of its own patients' cases.
        case practice
    }

    /// Some of a list, and how many there are in all.
    package struct Page<Item: Sendable>: Sendable {
        package var items: [Item]
        package var total: Int
        /// Where the next page begins; `nil` after the last.
        package var next: Place?
        /// All feeds, in the order of their hospitals.
        package var feeds: [FeedFreshness]
    }

    /// A place in a list: longest first, and by ref within an instant.
    package struct Place: Sendable, Hashable {
        package var since: Instant
        package var ref: String

        package init(since: Instant, ref: String) {
            self.since = since
            self.ref = ref
        }
    }

    /// An inpatient of a hospital now, and where a flag would go.
    package struct Inpatient: Sendable {
        /// The stay; of a restricted patient without its location.
        package var row: EncounterRow
        /// The case of the patient that counts, if there is one: an open one first, then the latest.
        package var caseID: String?
        package var state: HotOnboardingState?
        package var stream: StreamName?

        /// Whom a flag would be about.
        package var subject: OnboardingSubject? {
            guard let hospital, !row.patientKey.isEmpty else { return nil }
            return OnboardingSubject(
                hospital: hospital, patient: PatientKey(row.patientKey), encounter: EncounterKey(row.encounterKey))
        }
        /// The hospital, whatever the row may show.
        package var hospital: LogName?
    }

    private let pool: PostgresPool
    private let rule: FreshnessRule
    private let now: @Sendable () -> Instant

    /// Reads through a pool; `now` decides how fresh feeds are.
    package init(
        pool: PostgresPool, rule: FreshnessRule = FreshnessRule(), now: @escaping @Sendable () -> Instant = WallClock.now
    ) {
        self.pool = pool
        self.rule = rule
        self.now = now
    }

    // MARK: Cases

    /// The cases of a view that wait longest; `state` narrows to one.
    package func cases(
        _ view: View, access: AccessRequest, state: HotOnboardingState?, limit: Int, after place: Place?
    ) async throws -> Page<Found> {
        let condition: SQL = "\(scope(view, access)) \(standing(view, state))"
        let behind: SQL = place.map { "and (c.since, c.case_id) > (\($0.since), \($0.ref))" } ?? ""
        let moment = now()
        let results = try await pool.pipeline([
            AccessStatements.open(access),
            """
            with page as materialized (
                select c.* from practice.onboarding_case c
                where \(condition) \(behind) order by c.since, c.case_id limit \(limit + 1)
            )
            select \(OnboardingTable.caseColumns), \(OnboardingTable.detailColumns), d.case_id is not null,
                   counted.total, noted.shown
            from (select count(*) as total from practice.onboarding_case c where \(condition)) counted
            cross join (select audit.record_shown(array(
                select page.patient_ref from page order by page.since, page.case_id limit \(limit))) as shown) noted
            left join page c on true
            left join practice.onboarding_detail d on d.hospital = c.hospital and d.case_id = c.case_id
            order by c.since, c.case_id
            """,
            FeedTable.select(at: moment),
        ])
        let total: Int64 = try results[1][0].decode(Self.totalColumn)
        let found = try results[1].compactMap { try Self.found($0) }
        let shown = Array(found.prefix(limit))
        let last = found.count > limit ? shown.last.map { Place(since: $0.shown.since, ref: $0.shown.caseID) } : nil
        return Page(
            items: shown, total: Int(total), next: last,
            feeds: try FeedTable.decode(results[2], rule: rule, now: moment))
    }

    /// One case of a view by its name or its stream; `nil` where there is none that may be seen.
    package func find(_ view: View, access: AccessRequest, caseID: String) async throws -> Found? {
        try await find(access, "c.case_id = \(caseID) and \(scope(view, access)) \(standing(view, nil, ended: true))")
    }

    /// The case of a stream, for who has just written there.
    package func find(access: AccessRequest, stream: StreamName, of hospital: LogName) async throws -> Found? {
        try await find(access, "c.hospital = \(hospital) and c.stream = \(stream)")
    }

    private func find(_ access: AccessRequest, _ condition: SQL) async throws -> Found? {
        let results = try await pool.pipeline([
            AccessStatements.open(access),
            """
            with page as materialized (
                select c.* from practice.onboarding_case c where \(condition) limit 1
            )
            select \(OnboardingTable.caseColumns), \(OnboardingTable.detailColumns), d.case_id is not null,
                   0::bigint, noted.shown
            from (select audit.record_shown(array(select page.patient_ref from page)) as shown) noted
            left join page c on true
            left join practice.onboarding_detail d on d.hospital = c.hospital and d.case_id = c.case_id
            """,
        ])
        return try results[1].first.flatMap { try Self.found($0) }
    }

    private func scope(_ view: View, _ access: AccessRequest) -> SQL {
        switch view {
        case .hospital: "c.hospital = \(access.practice)"
        case .practice: "c.practice = \(access.practice)"
        case .complexCare: "(c.practice = \(access.practice) or c.hospital = \(access.practice))"
        }
    }

    private func standing(_ view: View, _ state: HotOnboardingState?, ended: Bool = false) -> SQL {
        let wanted: SQL = state.map { "and c.state = \($0.rawValue)" } ?? ""
        switch view {
        case .hospital: return "and c.hospital_section is not null \(wanted)"
        case .complexCare: return "and c.care_section is not null \(wanted)"
        case .practice: return state == nil && !ended ? "and c.next_step is not null" : wanted
        }
    }

    /// Columns of the detail, which stand behind those of the case.
    private static let detailColumnCount = 21
    private static let totalColumn = OnboardingTable.caseColumnCount + detailColumnCount + 1

    private static func found(_ row: PostgresRow) throws -> Found? {
        guard try row.decode(1, as: String?.self) != nil else { return nil }
        let shown = try OnboardingTable.decodeCase(row)
        let first = OnboardingTable.caseColumnCount
        guard try row.decode(first + detailColumnCount, as: Bool.self) else { return Found(shown: shown, detail: nil) }
        return Found(
            shown: shown, detail: try OnboardingTable.decodeDetail(row, first: first, ref: shown.patientRef))
    }

    // MARK: Inpatients

    /// The inpatients of a hospital now, those first who have been in longest.
    package func inpatients(
        of hospital: LogName, access: AccessRequest, limit: Int, after place: Place?
    ) async throws -> Page<Inpatient> {
        let condition: SQL = "e.hospital = \(hospital) and \(Self.isOpenInpatient)"
        let behind: SQL = place.map { "and (e.started_at, e.encounter_ref) > (\($0.since), \($0.ref))" } ?? ""
        let moment = now()
        let results = try await pool.pipeline([
            AccessStatements.open(access),
            """
            with page as materialized (
                select e.* from practice.encounter e
                where \(condition) \(behind) order by e.started_at, e.encounter_ref limit \(limit + 1)
            )
            select \(EncounterTable.columns), c.case_id, c.state, c.stream, counted.total, noted.shown
            from (select count(*) as total from practice.encounter e where \(condition)) counted
            cross join (select audit.record_shown(array(
                select page.patient_ref from page order by page.started_at, page.encounter_ref
                limit \(limit))) as shown) noted
            left join page e on true
            \(Self.caseOfPatient)
            order by e.started_at, e.encounter_ref
            """,
            FeedTable.select(at: moment),
        ])
        let total: Int64 = try results[1][0].decode(EncounterTable.columnCount + 3)
        let found = try results[1].compactMap { try Self.inpatient($0) }
        let shown = Array(found.prefix(limit))
        let last =
            found.count > limit
            ? shown.last.map { Place(since: $0.row.startedAt, ref: $0.row.encounterRef) } : nil
        return Page(
            items: shown, total: Int(total), next: last,
            feeds: try FeedTable.decode(results[2], rule: rule, now: moment))
    }

    /// The open stay of this ref, within the hospital or the practice of the access record; `nil` for any other ref.
    package func inpatient(_ encounterRef: String, access: AccessRequest) async throws -> Inpatient? {
        // No text of PostgreSQL holds a zero byte, and so no ref of ours.
        guard !encounterRef.utf8.contains(0) else { return nil }
        let results = try await pool.pipeline([
            AccessStatements.open(access),
            """
            with page as materialized (
                select e.* from practice.encounter e
                where e.encounter_ref = \(encounterRef) and \(Self.isOpenInpatient)
                  and (e.practice = \(access.practice) or e.hospital = \(access.practice)) limit 1
            )
            select \(EncounterTable.columns), c.case_id, c.state, c.stream, noted.shown
            from (select audit.record_shown(array(select page.patient_ref from page)) as shown) noted
            left join page e on true
            \(Self.caseOfPatient)
            """,
        ])
        return try results[1].first.flatMap { try Self.inpatient($0) }
    }

    private static let isOpenInpatient: SQL = """
        e.class = 'inpatient' and e.status in ('arrived', 'in-progress', 'onleave')
        """

    /// The case that counts of the patient of the row `e`.
    private static let caseOfPatient: SQL = """
        left join lateral (
            select o.case_id, o.state, o.stream from practice.onboarding_case o
            where o.practice = e.practice and o.hospital = e.hospital and o.patient_ref = e.patient_ref
              and o.joined_to is null
            order by o.next_step is null, o.opened_at desc, o.case_id limit 1) c on true
        """

    private static func inpatient(_ row: PostgresRow) throws -> Inpatient? {
        guard try row.decode(0, as: String?.self) != nil else { return nil }
        let encounter = try EncounterTable.decode(row)
        let first = EncounterTable.columnCount
        return Inpatient(
            row: encounter.withholdingLocation(), caseID: try row.decode(first),
            state: (try row.decode(first + 1, as: String?.self)).flatMap(HotOnboardingState.init(rawValue:)),
            stream: try row.decode(first + 2), hospital: encounter.hospital)
    }

    // MARK: Reading one's own writes

    /// Waits until what was written at a position can be read, at most this long; `false` if it cannot by then.
    package func waitUntilShown(
        _ position: Position, of hospital: LogName, atMost limit: Duration
    ) async throws -> Bool {
        let clock = ContinuousClock()
        let end = clock.now + limit
        while true {
            let result = try await pool.query("select practice.reached(\(hospital))")
            if let reached = try result.first?.decode(0, as: Position?.self), reached >= position { return true }
            guard clock.now < end else { return false }
            try await Task.sleep(for: .milliseconds(20))
        }
    }
}
