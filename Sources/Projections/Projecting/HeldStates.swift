import Admissions
import EventSourcing

/// An encounter in memory, with where its row stands.
struct HeldEncounter: Sendable {
    var encounter: Encounter
    /// The patient; `nil` while no message has named one.
    var patient: StateKey?
    /// The practice under which the stored row stands; `nil` while there is none.
    var practice: String?
    var lastUsed = 0
}

/// A patient in memory, with what stored rows show of them.
struct HeldPatient: Sendable {
    var patient: Patient
    /// What stored rows show; `nil` while nothing is stored.
    var shown: EncounterTable.PatientOfPractice?
    var lastUsed = 0
}

/// The states of one hospital that are in memory: for a rebuild all of them, beside the live feed the recent ones.
///
/// Keys are those of the state tables. Whoever applies events loads first what `missing…` names; a key that was loaded
/// and not found is held as new. Nothing here reads a clock or a database.
struct HeldStates: Sendable {
    let hospital: LogName
    let key: ReferenceKey
    private(set) var encounters: [StateKey: HeldEncounter] = [:]
    private(set) var patients: [StateKey: HeldPatient] = [:]
    private(set) var touchedEncounters: Set<StateKey> = []
    private(set) var touchedPatients: Set<StateKey> = []
    private var turn = 0

    init(hospital: LogName, key: ReferenceKey) {
        self.hospital = hospital
        self.key = key
    }

    // MARK: Loading

    func missingEncounters(of facts: [AdmissionFact]) -> [StateKey] {
        Array(Set(facts.compactMap(\.encounter)).filter { encounters[$0] == nil })
    }

    func missingPatients(of facts: [AdmissionFact]) -> [StateKey] {
        Array(Set(facts.compactMap(\.patient)).filter { patients[$0] == nil })
    }

    /// Patients whose details the touched encounters' rows show and who are not in memory.
    ///
    /// Rare: an encounter whose newest patient is not the one of the message that touched it.
    func missingPatientsOfTouched() -> [StateKey] {
        var missing: Set<StateKey> = []
        for key in touchedEncounters {
            if let patient = encounters[key]?.patient, patients[patient] == nil { missing.insert(patient) }
        }
        return Array(missing)
    }

    /// Touched patients whose practice is no longer the one under which their rows stand: all their rows must move.
    func movedPatients() -> [StateKey] {
        touchedPatients.filter { key in
            guard let held = patients[key], let shown = held.shown else { return false }
            return shown.practice != held.patient.practiceInForce
        }
    }

    mutating func hold(_ stored: StateTables.StoredEncounter) throws(ProjectionError) {
        guard encounters[stored.encounter] == nil else { return }
        let encounter: Encounter
        do throws(JSONError) {
            var reader = JSONReader(stored.state)
            encounter = try Encounter(reading: &reader)
        } catch {
            throw .stateUnreadable(hospital: hospital.rawValue, table: "practice.encounter_state")
        }
        encounters[stored.encounter] = HeldEncounter(
            encounter: encounter, patient: stored.patient, practice: stored.practice, lastUsed: turn)
    }

    mutating func hold(_ stored: StateTables.StoredPatient) throws(ProjectionError) {
        guard patients[stored.patient] == nil else { return }
        let patient: Patient
        do throws(JSONError) {
            var reader = JSONReader(stored.state)
            patient = try Patient(reading: &reader)
        } catch {
            throw .stateUnreadable(hospital: hospital.rawValue, table: "practice.patient_state")
        }
        var held = HeldPatient(patient: patient, shown: nil, lastUsed: turn)
        held.shown = shown(stored.patient, as: patient)
        patients[stored.patient] = held
    }

    /// Marks all held encounters of these patients as touched, so that their rows are written anew.
    mutating func touchEncounters(ofPatients keys: [StateKey]) {
        let keys = Set(keys)
        for (key, held) in encounters where held.patient.map(keys.contains) ?? false {
            touchedEncounters.insert(key)
        }
    }

    // MARK: Applying

    /// Applies facts in the order given; any order gives the same states.
    mutating func apply(_ facts: [AdmissionFact]) {
        turn += 1
        for fact in facts {
            if let key = fact.patient {
                patients[key, default: HeldPatient(patient: Patient(), shown: nil)].apply(fact, turn: turn)
                touchedPatients.insert(key)
            }
            if let key = fact.encounter {
                encounters[key, default: HeldEncounter(fact)].apply(fact, turn: turn)
                touchedEncounters.insert(key)
            }
        }
    }

    /// What the tables must be told so that they show what is held now.
    func changes() -> StateChanges {
        var changes = StateChanges()
        for key in touchedPatients.sorted() {
            guard let held = patients[key] else { continue }
            let now = shown(key, as: held.patient)
            changes.patients.append(
                StateTables.StoredPatient(patient: key, practice: now.practice, state: held.patient.json))
            if let before = held.shown, before.practice == now.practice, before != now {
                changes.shownPatients.append(now)
            }
        }
        for key in touchedEncounters.sorted() {
            guard let held = encounters[key] else { continue }
            let row = row(key, of: held)
            changes.rows.append(row)
            changes.encounters.append(
                StateTables.StoredEncounter(
                    encounter: key, patient: held.patient, practice: row.practice, state: held.encounter.json))
            if let before = held.practice, before != row.practice {
                changes.departed.append(
                    EncounterTable.RowKey(
                        practice: before, hospital: hospital,
                        encounterRef: self.key.encounterRef(hospital: hospital, encounter: key.rawValue, practice: before)))
            }
        }
        return changes
    }

    /// Takes note that the tables now show what is held, and forgets what has not been used for longest.
    mutating func settle(keeping limit: Int) {
        for key in touchedPatients {
            if let held = patients[key] { patients[key]?.shown = shown(key, as: held.patient) }
        }
        for key in touchedEncounters {
            if let held = encounters[key] { encounters[key]?.practice = practice(of: held) }
        }
        touchedPatients.removeAll(keepingCapacity: true)
        touchedEncounters.removeAll(keepingCapacity: true)
        if encounters.count > limit {
            let eldest = Self.medianTurn(encounters.values.map(\.lastUsed))
            encounters = encounters.filter { $0.value.lastUsed > eldest }
        }
        if patients.count > limit {
            let eldest = Self.medianTurn(patients.values.map(\.lastUsed))
            patients = patients.filter { $0.value.lastUsed > eldest }
        }
    }

    private static func medianTurn(_ turns: [Int]) -> Int {
        turns.sorted()[turns.count / 2]
    }

    // MARK: Reading

    private func practice(of held: HeldEncounter) -> String {
        held.patient.flatMap { patients[$0] }?.patient.practiceInForce ?? EncounterRow.unknownPractice
    }

    private func shown(_ key: StateKey, as patient: Patient) -> EncounterTable.PatientOfPractice {
        let practice = patient.practiceInForce
        let ref = self.key.patientRef(hospital: hospital, patient: key.rawValue, practice: practice)
        return EncounterTable.PatientOfPractice(
            practice: practice, hospital: hospital, summary: PatientSummary(ref: ref, patient: patient))
    }

    /// The row of an encounter, as the held states give it.
    func row(_ key: StateKey, of held: HeldEncounter) -> EncounterRow {
        let practice = practice(of: held)
        let summary: PatientSummary
        if let patient = held.patient, let known = patients[patient] {
            summary = shown(patient, as: known.patient).summary
        } else {
            // Nobody is named: the ref stands for the patient of this encounter alone.
            summary = PatientSummary(
                ref: self.key.patientRef(hospital: hospital, patient: "encounter\0" + key.rawValue, practice: practice))
        }
        return EncounterRow(
            practice: practice, hospital: hospital,
            ref: self.key.encounterRef(hospital: hospital, encounter: key.rawValue, practice: practice), patient: summary,
            encounter: held.encounter)
    }
}

/// What a batch writes besides checkpoint and feed.
struct StateChanges: Sendable {
    var encounters: [StateTables.StoredEncounter] = []
    var patients: [StateTables.StoredPatient] = []
    /// Rows to be written whole.
    var rows: [EncounterRow] = []
    /// Patients of whom all rows show something new.
    var shownPatients: [EncounterTable.PatientOfPractice] = []
    /// Rows that have gone to another practice.
    var departed: [EncounterTable.RowKey] = []
}
