package import Admissions
package import EventSourcing

/// A row of `practice.onboarding_case`: a hot onboarding case as far as a practice may see it.
///
/// A pure function of the case's stream and of what the hospital told of its patient: the same after every rebuild.
package struct OnboardingCaseRow: Sendable, Hashable {
    /// The hospital, in whose log the case stands.
    package var hospital: LogName
    /// Opaque name, `case_…`.
    package var caseID: String
    /// The stream of the case. Shown to nobody.
    package var stream: StreamName
    /// The practice in force, or `EncounterRow.unknownPractice`.
    package var practice: String
    package var patientRef: String
    /// The stay that the case is about.
    package var encounterRef: String
    package var state: HotOnboardingState
    package var since: Instant
    package var openedAt: Instant
    /// Number of events of the case.
    package var version: Int64
    package var round: Int
    package var nextStep: HotOnboardingIntent.Kind?
    /// Where the hospital's staff see it; `nil` if not at all.
    package var hospitalSection: HotOnboardingSection?
    /// Where the complex care team sees it; `nil` if not at all.
    package var careSection: HotOnboardingSection?
    package var priority: OnboardingPriority?
    package var owner: Assignee?
    package var keyworker: String?
    package var outcome: OnboardingOutcome?
    package var ending: OnboardingEndCause?
    /// The day on which a patient who has left is to be spoken to.
    package var dueOn: LondonDay?
    package var leftAt: Instant?
    package var visitAt: Instant?
    package var deferredUntil: Instant?
    package var declinedUntil: Instant?
    /// Whether the patient is an inpatient of this hospital now.
    package var isInpatient: Bool
    package var isConsented: Bool
    /// Ascending.
    package var alerts: [OnboardingAlert]
    /// The case that goes on in place of this one.
    package var joinedTo: String?
    /// Sensitive: a practice is not told of which hospital it is (product.md 4.9).
    package var isRestricted: Bool
}

/// A row of `practice.onboarding_detail`: what those who work on a case see beside it.
package struct OnboardingDetail: Sendable, Hashable {
    /// Who the patient is, as rows of the practice show it.
    package var patient: PatientSummary
    package var admitted: Happening
    /// Where the patient is now; nothing for a restricted patient (product.md 4.9).
    package var place: PlaceOfCare
    /// For which ward the visit was planned; `nil` for a restricted patient.
    package var visitWard: String?
    /// JSON: `[{"rule":…,"version":…,"measured":…,"threshold":…,"evidence":[{"log":…,"position":…}]}]`.
    package var findings: String
    package var reasons: [OnboardingReason]
    package var consent: OnboardingConsent?
    /// JSON: `[{"step":"triaged","at":…,"by":…,"role":…,"note":…}]`, oldest first.
    package var history: String
}

/// A case with its detail, as the projector writes them.
struct OnboardingRow: Sendable, Hashable {
    var shown: OnboardingCaseRow
    var detail: OnboardingDetail
}
