package import EventSourcing

/// What has happened to a hot onboarding case.
package enum HotOnboardingFact: StaffFact {
    case identified(OnboardingSubject, [OnboardingFinding])
    case flagged(OnboardingSubject, [OnboardingReason], note: StaffNote?)
    case triaged(OnboardingPriority, note: StaffNote?)
    case foundNotSuitable(reason: StaffNote)
    case visitPlanned(at: Instant, place: HospitalLocation?)
    case visitOffered(place: HospitalLocation?)
    case consented(OnboardingConsent)
    /// No rule suggests the patient again before `notBefore`.
    case declined(notBefore: Instant, note: StaffNote?)
    case started(keyworker: String)
    case handedOver(to: ODSPracticeCode)
    case closed(OnboardingOutcome, note: StaffNote?)
    case deferred(until: Instant, reason: StaffNote)
    case resumed
    case lost(OnboardingEndCause, reason: StaffNote?)
    case died(at: Moment?)
    /// `other` is the stream of the case that goes on, where the cause is `joined`.
    case withdrawn(OnboardingEndCause, reason: StaffNote?, other: StreamName?)
    case ownerAssigned(Assignee)
    /// The patient left the hospital; to be spoken to on the day `due`.
    case patientLeft(at: Moment?, due: LondonDay)
    /// The discharge was taken back.
    case patientReturned
    case placeChanged(to: HospitalLocation?)
    /// The patient is in hospital again, in another encounter.
    case encounterFollowed(EncounterKey, place: HospitalLocation?)
    /// What ended the case without a person is no longer so.
    case reinstated
    /// The patient goes by another key now.
    case rekeyed(to: PatientKey)
    /// Another case of the same patient ended in favour of this one, from where it then stood.
    case otherJoined(StreamName, HotOnboardingState)

    /// Which kind of fact; the raw value is the event's type in the log.
    package enum Kind: String, Sendable, CaseIterable {
        case identified = "onboarding.identified.v1"
        case flagged = "onboarding.flagged.v1"
        case triaged = "onboarding.triaged.v1"
        case foundNotSuitable = "onboarding.found-not-suitable.v1"
        case visitPlanned = "onboarding.visit-planned.v1"
        case visitOffered = "onboarding.visit-offered.v1"
        case consented = "onboarding.consented.v1"
        case declined = "onboarding.declined.v1"
        case started = "onboarding.started.v1"
        case handedOver = "onboarding.handed-over.v1"
        case closed = "onboarding.closed.v1"
        case deferred = "onboarding.deferred.v1"
        case resumed = "onboarding.resumed.v1"
        case lost = "onboarding.lost.v1"
        case died = "onboarding.died.v1"
        case withdrawn = "onboarding.withdrawn.v1"
        case ownerAssigned = "onboarding.owner-assigned.v1"
        case patientLeft = "onboarding.patient-left.v1"
        case patientReturned = "onboarding.patient-returned.v1"
        case placeChanged = "onboarding.place-changed.v1"
        case encounterFollowed = "onboarding.encounter-followed.v1"
        case reinstated = "onboarding.reinstated.v1"
        case rekeyed = "onboarding.rekeyed.v1"
        case otherJoined = "onboarding.other-joined.v1"
    }

    /// Which kind it is.
    package var kind: Kind {
        switch self {
        case .identified: .identified
        case .flagged: .flagged
        case .triaged: .triaged
        case .foundNotSuitable: .foundNotSuitable
        case .visitPlanned: .visitPlanned
        case .visitOffered: .visitOffered
        case .consented: .consented
        case .declined: .declined
        case .started: .started
        case .handedOver: .handedOver
        case .closed: .closed
        case .deferred: .deferred
        case .resumed: .resumed
        case .lost: .lost
        case .died: .died
        case .withdrawn: .withdrawn
        case .ownerAssigned: .ownerAssigned
        case .patientLeft: .patientLeft
        case .patientReturned: .patientReturned
        case .placeChanged: .placeChanged
        case .encounterFollowed: .encounterFollowed
        case .reinstated: .reinstated
        case .rekeyed: .rekeyed
        case .otherJoined: .otherJoined
        }
    }

    package var type: String { kind.rawValue }
}
