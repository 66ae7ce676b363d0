package import EventSourcing

/// What somebody may want of a hot onboarding case.
package enum HotOnboardingIntent: Sendable, Equatable {
    /// Rules apply. `lastDecline` is until when a case under another of the patient's identities asks for peace.
    case identify(OnboardingSubject, [OnboardingFinding], lastDecline: Instant? = nil)
    case flag(OnboardingSubject, [OnboardingReason], note: StaffNote? = nil)
    case triage(OnboardingPriority, note: StaffNote? = nil)
    case findNotSuitable(reason: StaffNote?)
    /// Somebody will see the patient; `place` is where the patient is now.
    case planVisit(at: Instant, place: HospitalLocation?)
    /// The patient has been asked; `place` is where the patient is now.
    case offer(place: HospitalLocation?)
    case consent(OnboardingConsent)
    /// The patient says no, or no longer agrees.
    case decline(note: StaffNote? = nil)
    case start(keyworker: String)
    case handOver(to: ODSPracticeCode)
    case close(OnboardingOutcome, note: StaffNote? = nil)
    case `defer`(until: Instant, reason: StaffNote?)
    case resume
    case lose(reason: StaffNote?)
    case withdraw(reason: StaffNote?)
    case assign(Assignee)

    /// Which kind of intent; the raw value is the name of the transition in the API.
    package enum Kind: String, Sendable, CaseIterable {
        case identify, flag, triage
        case findNotSuitable = "find-not-suitable"
        case planVisit = "plan-visit"
        case offer, consent, decline, start
        case handOver = "hand-over"
        case close, `defer`, resume, lose, withdraw, assign
    }

    /// Which kind it is.
    package var kind: Kind {
        switch self {
        case .identify: .identify
        case .flag: .flag
        case .triage: .triage
        case .findNotSuitable: .findNotSuitable
        case .planVisit: .planVisit
        case .offer: .offer
        case .consent: .consent
        case .decline: .decline
        case .start: .start
        case .handOver: .handOver
        case .close: .close
        case .defer: .defer
        case .resume: .resume
        case .lose: .lose
        case .withdraw: .withdraw
        case .assign: .assign
        }
    }
}

extension HotOnboardingIntent.Kind {
    /// Whose work it is (domain.md 6.2). Who may see the case at all is another question (`HotOnboardingCase.section`).
    package var roles: Set<StaffRole> {
        switch self {
        case .identify: [.service]
        case .flag: StaffRole.huddleClinical.union([.hospitalOnboarding, .complexCare])
        case .planVisit, .offer, .lose: [.hospitalOnboarding]
        case .triage, .findNotSuitable, .consent, .decline, .defer, .resume, .withdraw, .assign:
            [.hospitalOnboarding, .complexCare]
        case .start, .handOver: [.complexCare]
        // A keyworker may sit in the practice.
        case .close: StaffRole.huddleClinical.union([.complexCare])
        }
    }

    /// The states from which it is possible.
    package var states: Set<HotOnboardingState> {
        switch self {
        case .identify: [.unopened, .closed, .declined, .notSuitable, .lost, .withdrawn]
        case .flag: [.unopened, .identified, .closed, .declined, .notSuitable, .lost, .withdrawn]
        case .triage: [.identified, .flagged]
        case .findNotSuitable: [.identified, .flagged, .triaged, .visitPlanned, .visitOffered, .deferred]
        case .planVisit: [.triaged, .visitPlanned, .visitOffered]
        case .offer: [.triaged, .visitPlanned]
        case .consent: [.visitPlanned, .visitOffered]
        case .decline:
            [.flagged, .triaged, .visitPlanned, .visitOffered, .deferred, .consented, .onboarding, .handedOver]
        case .start: [.consented]
        case .handOver: [.onboarding]
        case .close: [.handedOver]
        case .defer: [.flagged, .triaged, .visitPlanned, .visitOffered, .consented]
        case .resume: [.deferred]
        case .lose: [.flagged, .triaged, .visitPlanned, .visitOffered, .deferred]
        case .withdraw, .assign: Set(HotOnboardingState.allCases.filter(\.isOpen))
        }
    }
}
