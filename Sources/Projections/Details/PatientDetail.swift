/// All that a practice knows of a patient.
package struct PatientDetail: Sendable, Hashable {
    /// The encounters, the latest first: of the ref that was asked for, and those of other hospitals under the same NHS
    /// number.
    package var rows: [EncounterRow]
    /// What the practice has done.
    package var acts: PatientActs
    /// What its list says; `nil` where the patient is not on it and never was, or where lists are not read.
    package var registration: ListedPerson?
    /// Of a ref that is nobody's any more: the ref of the patient with whom the hospital joined that record.
    package var mergedInto: String?

    package init(
        rows: [EncounterRow], acts: PatientActs = PatientActs(), registration: ListedPerson? = nil,
        mergedInto: String? = nil
    ) {
        self.rows = rows
        self.acts = acts
        self.registration = registration
        self.mergedInto = mergedInto
    }
}
