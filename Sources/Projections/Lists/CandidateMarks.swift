import Admissions
import EventSourcing
import Postgres

/// What staff have said of the patients of a practice, by the refs of now: scores, today's discussions, hot onboarding.
///
/// Read beside the encounters and not joined to them: there are few, and PostgreSQL, which cannot know how few, would
/// go through all of them for each encounter.
struct CandidateMarks: Sendable {
    private(set) var scores: [String: HuddlePatient.Score] = [:]
    private(set) var discussions: [String: ListItem.Discussion] = [:]
    private(set) var cases: [String: HuddlePatient.Onboarding] = [:]

    /// What `init(_:)` reads, in this order.
    static func statements(_ query: CandidateQuery) -> [SQL] {
        let practice = query.practice
        let replaced = PresentRef.replaced(of: practice)
        return [
            query.formScores,
            """
            with replaced as materialized (\(replaced))
            select \(PresentRef.of("y.patient_ref")), y.discussed_at, y.discussed_by
            from practice.discussion y where y.practice = \(practice) and y.huddle_day = \(query.day)
            order by y.discussed_at desc
            """,
            // The case that counts comes last: an open one, else the latest.
            """
            select o.patient_ref, o.state, o.encounter_ref
            from practice.onboarding_case o where o.practice = \(practice) and o.joined_to is null
            order by o.next_step is not null, o.opened_at, o.case_id desc
            """,
        ]
    }

    init(
        scores: [String: HuddlePatient.Score], discussions: [String: ListItem.Discussion],
        cases: [String: HuddlePatient.Onboarding]
    ) {
        self.scores = scores
        self.discussions = discussions
        self.cases = cases
    }

    init(_ results: some Collection<PostgresResult>) throws {
        for row in results.first.map(Array.init) ?? [] {
            var columns = ColumnReader(row)
            let ref: String = try columns.next()
            // Its hospital.
            let _: String = try columns.next()
            scores[ref] = try Candidate.score(&columns)
        }
        for row in results.dropFirst().first.map(Array.init) ?? [] {
            var columns = ColumnReader(row)
            let ref: String = try columns.next()
            discussions[ref] = ListItem.Discussion(at: try columns.next(), by: try columns.next())
        }
        for row in results.dropFirst(2).first.map(Array.init) ?? [] {
            var columns = ColumnReader(row)
            let ref: String = try columns.next()
            let state = HotOnboardingState(rawValue: try columns.next())
            let encounter: String = try columns.next()
            cases[ref] = state.map { HuddlePatient.Onboarding(state: $0, encounterRef: encounter) }
        }
    }
}
