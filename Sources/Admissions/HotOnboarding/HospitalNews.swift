import EventSourcing

/// What a hospital tells by now about an encounter, as far as a hot onboarding case cares.
package struct HospitalNews: Sendable, Equatable {
    /// Where the encounter stands.
    package enum Standing: Sendable, Equatable {
        /// Not begun.
        case expected
        case inHospital
        /// Ended; `nil` where nobody told when.
        case left(Moment?)
        /// It never took place (A11).
        case cancelled
        /// Entered in error (A23).
        case deleted
    }

    /// Who the patient of the case (`HotOnboardingCase.openedFor`) is by now, after merges.
    package var casePatient: PatientKey
    /// Whether it is the encounter of the case, after renumbering and merges of encounters.
    package var isOfCase: Bool
    package var encounter: EncounterKey
    package var standing: Standing
    /// Whose encounter it is by now, after merges; `nil` if no message says.
    package var encounterPatient: PatientKey?
    /// A stay of an inpatient: a case that has lost sight of its patient follows them there.
    package var isInpatient: Bool
    /// Where the patient is.
    package var place: HospitalLocation?
    /// The patient of the case is dead by what is known now.
    package var isDead: Bool
    package var diedAt: Moment?
    /// The events that told it.
    package var evidence: [Evidence]

    /// Makes news by hand.
    package init(
        casePatient: PatientKey, isOfCase: Bool, encounter: EncounterKey, standing: Standing,
        encounterPatient: PatientKey?, isInpatient: Bool = true, place: HospitalLocation? = nil, isDead: Bool = false,
        diedAt: Moment? = nil, evidence: [Evidence] = []
    ) {
        self.casePatient = casePatient
        self.isOfCase = isOfCase
        self.encounter = encounter
        self.standing = standing
        self.encounterPatient = encounterPatient
        self.isInpatient = isInpatient
        self.place = place
        self.isDead = isDead
        self.diedAt = diedAt
        self.evidence = evidence
    }

    /// Reads the news from an encounter and from the patient of the case.
    package init(
        _ reading: EncounterReading, whose encounterPatient: PatientKey?, isOfCase: Bool, casePatient: PatientKey,
        known person: LogReading.Person?, evidence: [Evidence]
    ) {
        let standing: Standing =
            switch reading.status {
            case .planned: .expected
            case .arrived, .inProgress, .onleave: .inHospital
            case .finished: .left(reading.discharged?.moment)
            case .cancelled: .cancelled
            case .enteredInError: .deleted
            }
        // Either telling is enough to stop contact; a discharge tells the death of whose encounter it is.
        let diedHere = reading.died && encounterPatient == casePatient
        self.init(
            casePatient: casePatient, isOfCase: isOfCase, encounter: reading.key, standing: standing,
            encounterPatient: encounterPatient, isInpatient: reading.isInpatient, place: reading.location,
            isDead: person?.isDeceased == true || diedHere, diedAt: person?.diedAt, evidence: evidence)
    }
}
