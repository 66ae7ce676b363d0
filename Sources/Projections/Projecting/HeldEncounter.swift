import Admissions
import EventSourcing

/// An encounter in memory, with where its row stands.
struct HeldEncounter: Sendable {
    private(set) var encounter: Encounter
    /// The patient of the latest reading; `nil` while no message has named one.
    private(set) var patient: StateKey?
    /// The practice under which the stored row stands; `nil` while there is none.
    var practice: String?
    /// What the facts mean, kept from `read` until the row has been written.
    var reading: EncounterReading?
    /// The turn of `HeldStates` in which it was last needed.
    private(set) var lastUsed = 0

    init(encounter: Encounter, patient: StateKey? = nil, practice: String? = nil, lastUsed: Int = 0) {
        self.encounter = encounter
        self.patient = patient
        self.practice = practice
        self.lastUsed = lastUsed
    }

    mutating func apply(_ fact: AdmissionFact, turn: Int) {
        encounter.apply(fact.event, toldAt: fact.toldAt, position: fact.position)
        reading = nil
        lastUsed = turn
    }

    /// Reads the facts anew, if any came.
    mutating func read() {
        guard reading == nil else { return }
        let reading = encounter.reading
        patient = reading.patient.map { StateKey($0) }
        self.reading = reading
    }
}

/// A patient in memory, with what stored rows show of them.
struct HeldPatient: Sendable {
    private(set) var patient: Patient
    /// What stored rows show; `nil` while nothing is stored.
    var shown: EncounterTable.PatientOfPractice?
    /// The turn of `HeldStates` in which it was last needed.
    private(set) var lastUsed = 0

    init(patient: Patient, shown: EncounterTable.PatientOfPractice? = nil, lastUsed: Int = 0) {
        self.patient = patient
        self.shown = shown
        self.lastUsed = lastUsed
    }

    mutating func apply(_ fact: AdmissionFact, turn: Int) {
        patient.apply(fact.event)
        lastUsed = turn
    }

    mutating func lose(_ fact: AdmissionFact, turn: Int) {
        patient.lose(fact.event)
        lastUsed = turn
    }
}

extension Encounter {
    /// The state as the table holds it.
    var json: [UInt8] {
        var writer = JSONWriter(reservingCapacity: 4_096)
        encode(into: &writer)
        return writer.bytes
    }
}

extension Patient {
    /// The state as the table holds it.
    var json: [UInt8] {
        var writer = JSONWriter(reservingCapacity: 2_048)
        encode(into: &writer)
        return writer.bytes
    }
}
