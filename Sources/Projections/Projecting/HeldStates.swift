import Admissions
import EventSourcing

/// The states of one hospital that are in memory: for a rebuild all of them, beside the live feed the recent ones.
///
/// Whoever applies events loads first what `missing…` names; a key that was loaded and not found is held as new.
/// Nothing here reads a clock or a database.
///
/// ```
/// missing… ▶ hold ▶ apply ▶ missing…OfTouched, movedPatients ▶ hold ▶ … ▶ changes ▶ (written) ▶ settle
/// ```
struct HeldStates: Sendable {
    let hospital: LogName
    let key: ReferenceKey
    private(set) var encounters: [StateKey: HeldEncounter] = [:]
    private(set) var patients: [StateKey: HeldPatient] = [:]
    private(set) var touchedEncounters: Set<StateKey> = []
    private(set) var touchedPatients: Set<StateKey> = []
    private(set) var identities = HeldIdentities()
    /// Patients whose group is another than before: all their rows must be written anew.
    private var regroupedPatients: Set<StateKey> = []
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
        Array(Set(facts.lazy.flatMap { $0.patients.map(\.stored) }.filter { patients[$0] == nil }))
    }

    /// Encounters that are one with a touched one and not in memory.
    func missingEncountersOfTouched() -> Set<StateKey> {
        Set(
            touchedEncounters.lazy.flatMap { identities.encounters.all(of: identities.encounters.root(of: $0)) }
                .filter { encounters[$0] == nil })
    }

    /// Patients whom the rows of touched encounters show, or who are one with a touched one, and who are not in memory.
    ///
    /// Rare: an encounter whose latest patient is not the one of the message that touched it, or a merged patient.
    func missingPatientsOfTouched() -> Set<StateKey> {
        let shown = touchedEncounters.lazy.map { identities.encounters.root(of: $0) }.compactMap { patient(ofRoot: $0) }
        let roots = Set(shown).union(touchedPatients.lazy.map { identities.patients.root(of: $0) })
        return Set(roots.lazy.flatMap { identities.patients.all(of: $0) }.filter { patients[$0] == nil })
    }

    /// Touched patients whose practice is no longer the one under which their rows stand, and all who are one with them: all
    /// their rows must move.
    func movedPatients() -> Set<StateKey> {
        var moved = regroupedPatients
        for key in touchedPatients {
            let root = identities.patients.root(of: key)
            guard let shown = patients[root]?.shown, shown.practice != practice(ofPerson: root) else { continue }
            moved.formUnion(identities.patients.all(of: root))
        }
        return moved
    }

    mutating func hold(_ stored: StateTables.StoredEncounter) throws(ProjectionError) {
        guard encounters[stored.encounter] == nil else { return }
        do throws(JSONError) {
            var reader = JSONReader(stored.state)
            let encounter = try Encounter(reading: &reader)
            encounters[stored.encounter] = HeldEncounter(
                encounter: encounter, patient: stored.patient,
                practice: stored.practice.isEmpty ? nil : stored.practice, lastUsed: turn)
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
    mutating func touchEncounters(ofPatients keys: Set<StateKey>) {
        for (key, held) in encounters {
            if let patient = held.patient, keys.contains(patient) { touchedEncounters.insert(key) }
        }
    }

    /// Takes in who is whom, as told up to where the states stand.
    mutating func hold(identities facts: [AdmissionFact]) {
        _ = identities.note(facts)
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
            for loser in fact.losers {
                patients[loser.stored, default: HeldPatient(patient: Patient(loser.key))].lose(fact, turn: turn)
                touchedPatients.insert(loser.stored)
            }
            if let encounter = fact.encounter {
                encounters[encounter.stored, default: HeldEncounter(encounter: Encounter(encounter.key))]
                    .apply(fact, turn: turn)
                touchedEncounters.insert(encounter.stored)
            }
        }
        let regrouped = identities.note(facts)
        touchedPatients.formUnion(regrouped.patients)
        regroupedPatients.formUnion(regrouped.patients)
        touchedEncounters.formUnion(regrouped.encounters)
    }

    /// Reads anew what the facts of the touched encounters mean.
    mutating func readTouched() {
        for key in touchedEncounters { encounters[key]?.read() }
    }

    /// What the tables must be told so that they show what is held now.
    func changes() -> StateChanges {
        var changes = StateChanges()
        let people = Set(touchedPatients.map { identities.patients.root(of: $0) })
        // The practice of a person is kept with each of their identities.
        for key in touchedPatients.union(people.flatMap { identities.patients.all(of: $0) }).sorted() {
            guard let held = patients[key] else { continue }
            changes.patients.append(
                StateTables.StoredPatient(
                    patient: key, practice: practice(ofPerson: identities.patients.root(of: key)),
                    state: held.patient.json))
        }
        for root in people.sorted() {
            guard let before = patients[root]?.shown, let now = shown(root, under: practice(ofPerson: root)) else { continue }
            // What rows show of a person of several identities is not known from the person's own state alone.
            let isKnown = identities.patients.members(of: root).isEmpty
            if before.practice == now.practice, before != now || !isKnown { changes.shownPatients.append(now) }
        }
        let roots = Set(touchedEncounters.lazy.map { identities.encounters.root(of: $0) })
        for key in touchedEncounters.union(roots).sorted() {
            guard let held = encounters[key] else { continue }
            var practice: String?
            if identities.encounters.isRoot(key) {
                let row = row(key, of: held)
                practice = row.practice
                changes.rows.append(row)
            }
            changes.encounters.append(
                StateTables.StoredEncounter(
                    encounter: key, patient: held.patient, practice: practice ?? "", state: held.encounter.json))
            if let before = held.practice, before != practice {
                let ref = self.key.encounterRef(hospital: hospital, encounter: key.rawValue, practice: before)
                changes.departed.append(
                    EncounterTable.RowKey(practice: before, hospital: hospital, encounterRef: ref))
            }
        }
        return changes
    }

    /// Takes note that the tables now show what is held, and forgets what has not been used for longest.
    mutating func settle(keeping limit: Int) {
        let identities = identities
        for root in Set(touchedPatients.map { identities.patients.root(of: $0) }) {
            let shown = shown(root, under: practice(ofPerson: root))
            patients[root]?.shown = shown
        }
        let roots = Set(touchedEncounters.map { identities.encounters.root(of: $0) })
        for key in touchedEncounters.union(roots) {
            guard encounters[key] != nil else { continue }
            let practice = identities.encounters.isRoot(key) ? practice(ofEncounter: key) : nil
            encounters[key]?.practice = practice
            encounters[key]?.reading = nil
        }
        regroupedPatients.removeAll()
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

    /// The row of an encounter, as the held states give it; of one with its other numbers, if it has any.
    func row(_ key: StateKey, of held: HeldEncounter) -> EncounterRow {
        let (encounter, reading) = whole(key, held)
        let person = reading.patient.map { identities.patients.root(of: StateKey($0)) }
        let practice = person.map { self.practice(ofPerson: $0) } ?? EncounterRow.unknownPractice
        // Where nobody is named the ref stands for the patient of this encounter alone.
        let summary =
            person.flatMap { shown($0, under: practice)?.summary }
            ?? PatientSummary(
                ref: self.key.patientRef(hospital: hospital, patient: "encounter\0" + key.rawValue, practice: practice))
        return EncounterRow(
            practice: practice, hospital: hospital,
            ref: self.key.encounterRef(hospital: hospital, encounter: key.rawValue, practice: practice),
            patient: summary, encounter: encounter, reading: reading,
            flags: reading.flags { identities.patients.root(of: StateKey($0)) })
    }

    /// An encounter with what was told of it under other numbers.
    private func whole(_ root: StateKey, _ held: HeldEncounter) -> (Encounter, EncounterReading) {
        let members = identities.encounters.members(of: root)
        guard !members.isEmpty else { return (held.encounter, held.reading ?? held.encounter.reading) }
        var encounter = held.encounter
        for member in members {
            if let other = encounters[member.key] { encounter.absorb(other.encounter) }
        }
        return (encounter, encounter.reading)
    }

    /// The patient of an encounter, as the latest message says.
    private func patient(ofRoot root: StateKey) -> StateKey? {
        guard let held = encounters[root] else { return nil }
        if identities.encounters.members(of: root).isEmpty, held.reading == nil {
            return held.patient.map { identities.patients.root(of: $0) }
        }
        return whole(root, held).1.patient.map { identities.patients.root(of: StateKey($0)) }
    }

    private func practice(ofEncounter root: StateKey) -> String {
        patient(ofRoot: root).map { practice(ofPerson: identities.patients.root(of: $0)) } ?? EncounterRow.unknownPractice
    }

    /// A person with what was told under other identities; `nil` where nothing is held.
    private func person(_ root: StateKey) -> Patient? {
        let members = identities.patients.members(of: root)
        guard !members.isEmpty else { return patients[root]?.patient }
        var person = patients[root]?.patient ?? Patient(PatientKey(root.rawValue))
        for member in members {
            if let other = patients[member.key]?.patient { person = person.joined(by: other, at: member.at) }
        }
        return person
    }

    func practice(ofPerson root: StateKey) -> String {
        person(root)?.practiceInForce ?? EncounterRow.unknownPractice
    }

    private func shown(_ root: StateKey, under practice: String) -> EncounterTable.PatientOfPractice? {
        person(root).map { shown(root, $0, under: practice) }
    }

    private func shown(
        _ key: StateKey, _ patient: Patient, under practice: String
    ) -> EncounterTable.PatientOfPractice {
        let ref = self.key.patientRef(hospital: hospital, patient: key.rawValue, practice: practice)
        return EncounterTable.PatientOfPractice(
            practice: practice, hospital: hospital, summary: PatientSummary(ref: ref, patient: patient))
    }
}
