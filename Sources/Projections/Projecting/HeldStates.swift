import Admissions
import EventSourcing

/// The states of one hospital that are in memory: for a rebuild all of them, beside the live feed the recent ones.
///
/// Whoever applies events loads first what `missing…` names; a key that was loaded and not found is held as new.
/// Nothing here reads a clock or a database.
///
/// ```
/// missing… ▶ hold ▶ apply ▶ readTouched ▶ missing…OfTouched, movedPatients ▶ hold ▶ changes ▶ (written) ▶ settle
/// ```
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
        Array(Set(facts.lazy.compactMap(\.encounter?.stored).filter { encounters[$0] == nil }))
    }

    func missingPatients(of facts: [AdmissionFact]) -> [StateKey] {
        Array(Set(facts.lazy.compactMap(\.patient?.stored).filter { patients[$0] == nil }))
    }

    /// Patients whom the rows of touched encounters show and who are not in memory.
    ///
    /// Rare: an encounter whose latest patient is not the one of the message that touched it.
    func missingPatientsOfTouched() -> [StateKey] {
        Array(
            Set(touchedEncounters.lazy.compactMap { encounters[$0]?.patient }.filter { patients[$0] == nil }))
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
        do throws(JSONError) {
            var reader = JSONReader(stored.state)
            let encounter = try Encounter(reading: &reader)
            encounters[stored.encounter] = HeldEncounter(
                encounter: encounter, patient: stored.patient, practice: stored.practice, lastUsed: turn)
        } catch {
            throw .stateUnreadable(hospital: hospital.rawValue, table: "practice.encounter_state")
        }
    }

    mutating func hold(_ stored: StateTables.StoredPatient) throws(ProjectionError) {
        guard patients[stored.patient] == nil else { return }
        do throws(JSONError) {
            var reader = JSONReader(stored.state)
            let patient = try Patient(reading: &reader)
            patients[stored.patient] = HeldPatient(
                patient: patient, shown: shown(stored.patient, patient, under: stored.practice), lastUsed: turn)
        } catch {
            throw .stateUnreadable(hospital: hospital.rawValue, table: "practice.patient_state")
        }
    }

    /// Marks all held encounters of these patients as touched, so that their rows are written anew.
    mutating func touchEncounters(ofPatients keys: [StateKey]) {
        let keys = Set(keys)
        for (key, held) in encounters {
            if let patient = held.patient, keys.contains(patient) { touchedEncounters.insert(key) }
        }
    }

    // MARK: Applying

    /// Applies facts in the order given; any order gives the same states.
    mutating func apply(_ facts: [AdmissionFact]) {
        turn += 1
        for fact in facts {
            if let patient = fact.patient {
                patients[patient.stored, default: HeldPatient(patient: Patient(patient.key))].apply(fact, turn: turn)
                touchedPatients.insert(patient.stored)
            }
            if let encounter = fact.encounter {
                encounters[encounter.stored, default: HeldEncounter(encounter: Encounter(encounter.key))]
                    .apply(fact, turn: turn)
                touchedEncounters.insert(encounter.stored)
            }
        }
    }

    /// Reads anew what the facts of the touched encounters mean.
    mutating func readTouched() {
        for key in touchedEncounters { encounters[key]?.read() }
    }

    /// What the tables must be told so that they show what is held now.
    func changes() -> StateChanges {
        var changes = StateChanges()
        for key in touchedPatients.sorted() {
            guard let held = patients[key] else { continue }
            let now = shown(key, held.patient, under: held.patient.practiceInForce)
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
                let ref = self.key.encounterRef(hospital: hospital, encounter: key.rawValue, practice: before)
                changes.departed.append(
                    EncounterTable.RowKey(practice: before, hospital: hospital, encounterRef: ref))
            }
        }
        return changes
    }

    /// Takes note that the tables now show what is held, and forgets what has not been used for longest.
    mutating func settle(keeping limit: Int) {
        for key in touchedPatients {
            guard let patient = patients[key]?.patient else { continue }
            let shown = shown(key, patient, under: patient.practiceInForce)
            patients[key]?.shown = shown
        }
        for key in touchedEncounters {
            guard let held = encounters[key] else { continue }
            let practice = practice(of: held)
            encounters[key]?.practice = practice
            encounters[key]?.reading = nil
        }
        touchedPatients.removeAll(keepingCapacity: true)
        touchedEncounters.removeAll(keepingCapacity: true)
        if encounters.count > limit {
            let eldest = Self.middle(encounters.values.map(\.lastUsed))
            encounters = encounters.filter { $0.value.lastUsed > eldest }
        }
        if patients.count > limit {
            let eldest = Self.middle(patients.values.map(\.lastUsed))
            patients = patients.filter { $0.value.lastUsed > eldest }
        }
    }

    private static func middle(_ turns: [Int]) -> Int {
        turns.sorted()[turns.count / 2]
    }

    // MARK: Reading

    /// An encounter with its reading.
    func read(_ key: StateKey) -> HeldEncounter? {
        var held = encounters[key]
        held?.read()
        return held
    }

    /// The row of an encounter that has been read, as the held states give it.
    func row(_ key: StateKey, of held: HeldEncounter) -> EncounterRow {
        let practice = practice(of: held)
        let summary: PatientSummary
        if let patient = held.patient, let known = patients[patient] {
            summary = shown(patient, known.patient, under: practice).summary
        } else {
            // Nobody is named: the ref stands for the patient of this encounter alone.
            summary = PatientSummary(
                ref: self.key.patientRef(hospital: hospital, patient: "encounter\0" + key.rawValue, practice: practice))
        }
        return EncounterRow(
            practice: practice, hospital: hospital,
            ref: self.key.encounterRef(hospital: hospital, encounter: key.rawValue, practice: practice),
            patient: summary, encounter: held.encounter, reading: held.reading ?? held.encounter.reading)
    }

    private func practice(of held: HeldEncounter) -> String {
        held.patient.flatMap { patients[$0] }?.patient.practiceInForce ?? EncounterRow.unknownPractice
    }

    private func shown(
        _ key: StateKey, _ patient: Patient, under practice: String
    ) -> EncounterTable.PatientOfPractice {
        let ref = self.key.patientRef(hospital: hospital, patient: key.rawValue, practice: practice)
        return EncounterTable.PatientOfPractice(
            practice: practice, hospital: hospital, summary: PatientSummary(ref: ref, patient: patient))
    }
}
