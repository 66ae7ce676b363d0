import Admissions
import EventSourcing

extension OnboardingRow {
    /// What the practice of the case is told when the case has gone on: the state it is in now, as `onboarding.visit_offered`;
    /// `nil` where the case is of no practice.
    func change(toldAt: Instant) -> PracticeChange? {
        guard shown.practice != EncounterRow.unknownPractice else { return nil }
        return PracticeChange(
            practice: shown.practice, type: ChangeType(ofEvent: "onboarding.\(shown.state.rawValue)"),
            encounterRef: shown.encounterRef, patientRef: shown.patientRef, lists: ["huddle"], toldAt: toldAt)
    }
}
