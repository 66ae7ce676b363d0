/// Why a person suggests a patient: the ticks of the form (product.md 4.8).
package enum OnboardingReason: String, Sendable, CaseIterable {
    case frequent, readmitted
    case longStay = "long-stay"
    case symphony
    case livesAlone = "lives-alone"
    case carerStrain = "carer-strain"
    /// Said in the note.
    case other
}

/// How soon a patient is to be seen.
package enum OnboardingPriority: String, Sendable, CaseIterable {
    case urgent, soon, routine
}

/// How a case that took its course ended.
package enum OnboardingOutcome: String, Sendable, CaseIterable {
    /// The aims of the care plan were met.
    case completed
    /// Care goes on with the practice alone.
    case returnedToPractice = "returned-to-practice"
    /// The patient went to another service, or out of the area.
    case movedElsewhere = "moved-elsewhere"
    /// Said in the note.
    case other
}

/// What made a case end before its course was run.
package enum OnboardingEndCause: String, Sendable, CaseIterable {
    /// A person said so.
    case staff
    /// Left the hospital while only a rule had suggested them.
    case discharged
    /// Left the hospital, and nobody reached them in time.
    case notReached = "not-reached"
    /// The death of the patient.
    case death
    /// The hospital cancelled the admission (A11).
    case cancelled
    /// The hospital deleted the admission (A23).
    case deleted
    /// The admission was another patient's (A44).
    case otherPatient = "other-patient"
    /// The patient has an older case, found when the hospital merged two records (A40).
    case joined
}

/// Something that has come up since a person last acted on the case.
package enum OnboardingAlert: String, Sendable, CaseIterable {
    /// The patient left the hospital: speak to them today.
    case dueToday = "due-today"
    /// The patient is not where the visit was planned.
    case placeChanged = "place-changed"
    /// An automatic end was taken back.
    case reinstated
    /// The day to which the case was put off has come.
    case deferralOver = "deferral-over"
    /// The patient had a second case; look there before going on.
    case otherCase = "other-case"
}
