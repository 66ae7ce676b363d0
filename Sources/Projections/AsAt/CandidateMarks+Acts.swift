import Admissions
import EventSourcing

extension CandidateMarks {
    /// What staff had said by then.
    init(acts: ActRows, cases: [OnboardingCaseRow], day: String, present: AsAtRefs) {
        var scores: [String: (score: HuddlePatient.Score, on: String, at: Instant)] = [:]
        for row in acts.scores {
            let ref = present.of(row.patientRef)
            if let known = scores[ref], (known.on, known.at) >= (row.scoredOn, row.scoredAt) { continue }
            scores[ref] = (
                HuddlePatient.Score(Int(row.score), on: LondonDay(row.scoredOn)), row.scoredOn, row.scoredAt
            )
        }
        var discussions: [String: ListItem.Discussion] = [:]
        for huddle in acts.huddles where huddle.day == day {
            // The oldest mark of a patient stands.
            for mark in huddle.discussions.sorted(by: { $0.discussedAt > $1.discussedAt }) {
                discussions[present.of(mark.patientRef)] = ListItem.Discussion(at: mark.discussedAt, by: mark.discussedBy)
            }
        }
        var onboarding: [String: HuddlePatient.Onboarding] = [:]
        // The case that counts comes last: an open one, else the latest.
        let ordered = cases.sorted {
            ($0.nextStep != nil ? 1 : 0, $0.openedAt, $1.caseID) < ($1.nextStep != nil ? 1 : 0, $1.openedAt, $0.caseID)
        }
        for row in ordered {
            onboarding[row.patientRef] = HuddlePatient.Onboarding(state: row.state, encounterRef: row.encounterRef)
        }
        self.init(scores: scores.mapValues(\.score), discussions: discussions, cases: onboarding)
    }
}
