package import EventSourcing

/// Who is whom in one log: patients that were merged, moved or renumbered, and visits likewise.
///
/// A set of tellings; any order of arrival, with any repeats, gives the same.
package struct Identities: Sendable, Equatable {
    /// A34, A36, A40, A43, A46, A47, and what an operator took back.
    package private(set) var patients = AliasSet<PatientKey>()
    /// A35, A36, A42, A50.
    package private(set) var encounters = AliasSet<EncounterKey>()

    package init() {}

    /// Takes in an event; `false` if it says nothing of who is whom.
    @discardableResult
    package mutating func note(_ event: AdmissionEvent, position: Position) -> Bool {
        guard let prior = event.prior else { return false }
        switch event.kind {
        case .patientMerged, .patientMoved, .patientRenumbered, .patientUnmerged:
            guard let patient = event.patientKey else { return false }
            let key = FactKey(event)
            for other in prior.patients {
                patients.note(
                    key, from: other, to: patient, isUndo: event.kind == .patientUnmerged, position: position)
            }
            return true
        case .merged, .renumbered:
            guard let encounter = event.encounterKey, let before = prior.encounter else { return false }
            encounters.note(FactKey(event), from: before, to: encounter, isUndo: false, position: position)
            return true
        default: return false
        }
    }
}
