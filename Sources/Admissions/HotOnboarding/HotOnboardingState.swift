/// Where a hot onboarding case stands (domain.md 6.2).
package enum HotOnboardingState: String, Sendable, CaseIterable {
    /// No event yet.
    case unopened
    /// A rule suggests the patient; nobody has looked.
    case identified
    /// A person suggests the patient.
    case flagged
    /// Reviewed and found suitable.
    case triaged
    /// Somebody is to see the patient, at a known time.
    case visitPlanned = "visit-planned"
    /// The patient has been asked.
    case visitOffered = "visit-offered"
    /// Put off to a known day; goes on from where it was.
    case deferred
    /// The patient agreed.
    case consented
    /// A keyworker has begun.
    case onboarding
    /// Shared care has commenced.
    case handedOver = "handed-over"
    /// Ended as it should.
    case closed
    /// The patient said no, at whatever point.
    case declined
    /// Reviewed and found not suitable.
    case notSuitable = "not-suitable"
    /// Left the hospital before anybody could speak to them.
    case lost
    case died
    /// Taken back: the wrong patient, or an admission that never was.
    case withdrawn

    /// Whether somebody still has something to do.
    package var isOpen: Bool {
        switch self {
        case .identified, .flagged, .triaged, .visitPlanned, .visitOffered, .deferred, .consented, .onboarding,
            .handedOver:
            true
        case .unopened, .closed, .declined, .notSuitable, .lost, .died, .withdrawn: false
        }
    }

    /// Whether it has ended; another round may follow.
    package var isEnded: Bool { self != .unopened && !isOpen }

    /// What a practice is told (product.md 4.3 and 4.8): `nil` where there is nothing to tell.
    package var boardWord: String? {
        switch self {
        case .unopened: nil
        case .identified: "suggested"
        case .flagged: "flagged"
        case .triaged, .visitPlanned, .visitOffered: "accepted"
        case .deferred: "deferred"
        case .consented: "consented"
        case .onboarding, .handedOver: "with-team"
        case .closed: "ended"
        case .declined: "refused"
        case .notSuitable: "declined"
        case .lost: "lost"
        case .died: "died"
        case .withdrawn: "withdrawn"
        }
    }
}
