import EventSourcing

/// All that one hospital's log tells: the fold of every patient and encounter, and of who is whom.
///
/// A pure function of the set of events: any order, with any repeats, gives the same state and the same `reading`. It may
/// hold a part of the log (`hold`): what it says of a person is right if it holds all of their identities and encounters.
package struct LogFold: Sendable, Equatable {
    package private(set) var encounters: [EncounterKey: Encounter] = [:]
    package private(set) var patients: [PatientKey: Patient] = [:]
    /// Who is whom, as far as messages and operators say.
    package private(set) var identities = Identities()
    /// How each join was told, by its place in the log.
    private(set) var joinsTold: [Position: Telling] = [:]
    /// Whose own record bears a number.
    private(set) var bearers: [NHSNumber: Set<PatientKey>] = [:]
    /// The encounters of which a message named a patient.
    private(set) var visitsNamed: [PatientKey: Set<EncounterKey>] = [:]

    /// Nothing told yet.
    package init() {}

    /// Takes in an event; commutative and idempotent.
    package mutating func apply(_ told: ToldEvent) {
        let event = told.event
        if let key = event.encounterKey {
            encounters[key, default: Encounter(key)].apply(event, toldAt: told.toldAt, position: told.position)
            if let patient = event.patientKey { visitsNamed[patient, default: []].insert(key) }
        }
        if let key = event.patientKey {
            let before = patients[key]?.nhsNumber
            patients[key, default: Patient(key)].apply(event, toldAt: told.toldAt)
            noteNumber(of: key, before: before)
        }
        if identities.note(event, position: told.position) { joinsTold[told.position] = event.telling }
    }

    /// Takes in what facts say of who is whom, and nothing else of them, into a fold that holds nothing else.
    package mutating func apply(identities facts: some Sequence<ToldEvent>) {
        for fact in facts where fact.event.kind.isAboutIdentity { apply(fact) }
        forgetStates()
    }

    /// Takes in what is known of an encounter, in place of nothing.
    package mutating func hold(_ encounter: Encounter) {
        encounters[encounter.key] = encounter
        for patient in encounter.patientsNamed { visitsNamed[patient, default: []].insert(encounter.key) }
    }

    /// Takes in what is known of a patient, in place of nothing.
    package mutating func hold(_ patient: Patient) {
        patients[patient.key] = patient
        noteNumber(of: patient.key, before: nil)
    }

    /// Forgets all patients and encounters, but not who is whom.
    package mutating func forgetStates() {
        encounters.removeAll()
        patients.removeAll()
        bearers.removeAll()
        visitsNamed.removeAll()
    }

    private mutating func noteNumber(of key: PatientKey, before: NHSNumber?) {
        let now = patients[key]?.nhsNumber
        guard now != before else { return }
        if let before {
            bearers[before]?.remove(key)
            if bearers[before]?.isEmpty == true { bearers[before] = nil }
        }
        if let now { bearers[now, default: []].insert(key) }
    }

    /// What it all means together.
    package var reading: LogReading { LogReading(self) }
}
