/// Where a case stands on a work list (product.md 4.8).
package enum HotOnboardingSection: String, Sendable, CaseIterable {
    /// Somebody has to take the next step.
    case waiting
    /// Suggested by rule; nobody has looked.
    case suggested
    /// Went home before anybody could speak to them; to be reached today.
    case goneHome = "gone-home"
    case withTeam = "with-team"
    /// By the patient, or by the team.
    case declined
}

extension HotOnboardingCase {
    /// The section in which somebody of this role sees the case; `nil` if not at all.
    ///
    /// Hospital staff see who is an inpatient now, of whatever practice, and who went home unseen, until reached or
    /// lost. Complex care sees who has consented and has not taken it back. Practices see the state on their own lists
    /// (`HotOnboardingState.boardWord`), not the case.
    package func section(for role: StaffRole, isOpenInpatient: Bool) -> HotOnboardingSection? {
        switch role {
        case .hospitalOnboarding:
            guard isOpenInpatient else { return state.isOpen && consent == nil && departure != nil ? .goneHome : nil }
            switch state {
            case .identified: return .suggested
            case .deferred where consent != nil: return .withTeam
            case .flagged, .triaged, .visitPlanned, .visitOffered, .deferred: return .waiting
            case .consented, .onboarding, .handedOver: return .withTeam
            case .declined, .notSuitable: return .declined
            case .unopened, .closed, .lost, .died, .withdrawn: return nil
            }
        case .complexCare:
            guard consent != nil, state.isOpen else { return nil }
            return state == .onboarding || state == .handedOver ? .withTeam : .waiting
        case .practiceClinician, .practiceCoach, .practiceAdmin, .integration, .service: return nil
        }
    }

    /// The one step that comes next (product.md 4.8); `nil` once ended.
    package var nextStep: HotOnboardingIntent.Kind? {
        switch state {
        case .identified, .flagged: .triage
        case .triaged: .planVisit
        case .visitPlanned: .offer
        case .visitOffered: .consent
        case .deferred: .resume
        case .consented: .start
        case .onboarding: .handOver
        case .handedOver: .close
        case .unopened, .closed, .declined, .notSuitable, .lost, .died, .withdrawn: nil
        }
    }
}
