import EventSourcing

/// All that one hospital's log tells: the fold of every patient and encounter, and of who is whom.
///
/// A pure function of the set of events: any order, with any repeats, gives the same state and the same `reading`.
package struct LogFold: Sendable, Equatable {
    package private(set) var encounters: [EncounterKey: Encounter] = [:]
    package private(set) var patients: [PatientKey: Patient] = [:]
    /// Who is whom.
    package private(set) var identities = Identities()
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
        if event.kind == .moved {
            for key in event.prior?.patients ?? [] { patients[key, default: Patient(key)].lose(event) }
        }
        if identities.note(event, position: told.position) { joinsTold[told.position] = event.telling }
    }

    /// What it all means together.
    package var reading: LogReading { LogReading(self) }
}
