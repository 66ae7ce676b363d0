import EventSourcing

/// All that one hospital's log tells: the fold of every patient and encounter, and of who is whom.
///
/// A pure function of the set of events: any order, with any repeats, gives the same state and the same `reading`.
package struct LogFold: Sendable, Equatable {
    package private(set) var encounters: [EncounterKey: Encounter] = [:]
    package private(set) var patients: [PatientKey: Patient] = [:]
    /// Patients that were merged, moved or renumbered (A34, A36, A40, A43, A47), and what was taken back.
    package private(set) var patientAliases = AliasSet<PatientKey>()
    /// Visits that were merged or renumbered (A35, A36, A42, A50).
    package private(set) var encounterAliases = AliasSet<EncounterKey>()
    /// How each join was told, by its place in the log.
    private(set) var joinsTold: [Position: Telling] = [:]

    /// Nothing told yet.
    package init() {}

    /// Takes in an event; commutative and idempotent.
    package mutating func apply(_ told: ToldEvent) {
        let event = told.event
        if let key = event.encounterKey {
            encounters[key, default: Encounter(key)].apply(event, toldAt: told.toldAt, position: told.position)
        }
        if let key = event.patientKey { patients[key, default: Patient(key)].apply(event) }
        noteAliases(told)
    }

    private mutating func noteAliases(_ told: ToldEvent) {
        let event = told.event
        guard let prior = event.prior else { return }
        let key = FactKey(event)
        if event.kind.joinsPatients || event.kind == .patientUnmerged, let patient = event.patientKey {
            for loser in prior.patients {
                patientAliases.note(
                    key, from: loser, to: patient, isUndo: event.kind == .patientUnmerged, position: told.position)
            }
            joinsTold[told.position] = event.telling
        }
        if event.kind == .merged || event.kind == .renumbered, let encounter = event.encounterKey,
            let before = prior.encounter
        {
            encounterAliases.note(key, from: before, to: encounter, isUndo: false, position: told.position)
            joinsTold[told.position] = event.telling
        }
    }

    /// What it all means together.
    package var reading: LogReading { LogReading(self) }
}
