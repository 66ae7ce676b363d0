import Admissions
import EventSourcing

/// One hospital's log as practices see it: what it means, and the rows that left a practice.
///
/// What practices tell of their lists is applied between the facts, by the time at which it was told: behind all facts
/// that were told at or before. What the facts mean does not hang on their order. Which practice had a row and lost it
/// does: facts are applied one by one in the order of the log, so a rebuild withdraws the same rows as the live feed
/// did. Reads no clock and no database. Beside the live feed it holds a part of the log (`HeldStates`): all of each
/// person it is asked about.
struct PracticeFold: Sendable {
    let hospital: LogName
    let basis: ViewBasis
    private(set) var log = LogFold()
    /// Who is on whose list, as far as the fold has come.
    private(set) var book = RegistrationBook()
    /// Since when the row of each encounter has stood under the practice where it stands.
    private(set) var shownSince: [EncounterKey: Instant] = [:]
    /// When anything was last told that names a patient's record.
    private(set) var lastTold: [PatientKey: Instant] = [:]
    /// Rows that left the place where they stood: what stands there now, `nil` for nothing. A live row stands above it.
    private(set) var departed: [EncounterTable.RowKey: EncounterRow?] = [:]
    /// Encounters whose rows left a practice.
    private(set) var moved: Set<EncounterKey> = []
    /// Encounters that came to be withheld, or are so no longer.
    private(set) var veiled: Set<EncounterKey> = []
    /// Places from which rows are gone because their encounters came to be withheld.
    private(set) var hidden: Set<EncounterTable.RowKey> = []
    /// Where the rows of each encounter stood that left.
    private var left: [EncounterKey: Set<EncounterTable.RowKey>] = [:]
    private var readings: [EncounterKey: EncounterReading] = [:]

    init(hospital: LogName, basis: ViewBasis) {
        self.hospital = hospital
        self.basis = basis
    }

    // MARK: Holding

    mutating func hold(_ encounter: Encounter, shownSince since: Instant) {
        log.hold(encounter)
        shownSince[encounter.key] = since
    }

    mutating func hold(_ patient: Patient, lastTold told: Instant) {
        log.hold(patient)
        lastTold[patient.key] = told
    }

    /// Takes in what practices told of people, and moves no row.
    mutating func hold(_ points: some Sequence<RegistrationPoint>) {
        for point in points { book.take(point) }
    }

    /// Takes in who is whom, as told up to where the states stand; `identities` holds nothing else.
    mutating func hold(identities: LogFold) {
        log = identities
    }

    /// Forgets all but who is whom.
    mutating func forgetStates() {
        log.forgetStates()
        shownSince.removeAll()
        lastTold.removeAll()
        book = RegistrationBook()
        settle()
    }

    /// Forgets what is needed only until rows have been written.
    mutating func settle() {
        departed.removeAll()
        moved.removeAll()
        veiled.removeAll()
        hidden.removeAll()
        left.removeAll()
        forgetReadings()
    }

    /// Makes room; readings are made again when they are asked for.
    mutating func forgetReadings() {
        readings.removeAll(keepingCapacity: true)
    }

    // MARK: Applying

    /// Applies the next fact of the log.
    mutating func apply(_ fact: ToldEvent) {
        let before = mayMoveRows(fact.event) ? rows(concernedBy: fact.event) : []
        let veils = veils(of: fact.event)
        log.apply(fact)
        if fact.event.kind.isAboutIdentity {
            forgetReadings()
        } else if let key = fact.event.encounterKey {
            readings[log.root(of: key)] = nil
        }
        if let key = fact.event.encounterKey, shownSince[key] == nil { shownSince[key] = fact.toldAt }
        for key in fact.event.patientsNamed { lastTold[key] = max(lastTold[key] ?? fact.toldAt, fact.toldAt) }
        for (key, row) in before { leave(key, row, at: fact.toldAt, by: fact.event.kind) }
        for veil in veils { follow(veil, at: fact.toldAt) }
    }

    /// Whether an encounter was withheld, and where its row stood if it was not.
    private struct Veil {
        let key: EncounterKey
        let isWithheld: Bool
        let place: EncounterTable.RowKey
    }

    /// Of the encounters that an event is about, those that are known.
    private mutating func veils(of event: AdmissionEvent) -> [Veil] {
        guard !basis.sensitivity.isEmpty else { return [] }
        let roots = Set([event.encounterKey, event.prior?.encounter].compactMap(\.self).map { log.root(of: $0) })
        return roots.sorted().filter { !log.whole($0).facts.isEmpty }.map { root in
            Veil(
                key: root, isWithheld: isWithheld(root), place: place(of: root, at: practice(ofPatientOf: root)))
        }
    }

    /// What is withheld leaves nothing behind, wherever it was seen before; what is so no longer is seen from now on.
    private mutating func follow(_ veil: Veil, at told: Instant) {
        let root = log.root(of: veil.key)
        guard isWithheld(root) != veil.isWithheld else { return }
        veiled.formUnion([veil.key, root])
        guard !veil.isWithheld else {
            shownSince[root] = told
            return
        }
        for place in (left[veil.key] ?? []).union(left[root] ?? []).union([veil.place]) {
            departed[place] = .some(nil)
            hidden.insert(place)
        }
    }

    /// Whether no practice may know of an encounter.
    mutating func isWithheld(_ root: EncounterKey) -> Bool {
        !basis.sensitivity.isEmpty && basis.sensitivity.sensitivity(of: reading(root)) == .withheld
    }

    /// Whether practices may know of an encounter, but not where it is.
    func isSensitive(_ reading: EncounterReading) -> Bool {
        !basis.sensitivity.isEmpty && basis.sensitivity.sensitivity(of: reading) > .normal
    }

    private mutating func practice(ofPatientOf root: EncounterKey) -> String {
        reading(root).patient.map { practice(of: log.patient(log.root(of: $0))) } ?? EncounterRow.unknownPractice
    }

    /// Applies what a practice told behind all facts so far.
    mutating func apply(_ point: RegistrationPoint) {
        let before = people(bearing: point.person).flatMap { rows(of: $0) }
        book.take(point)
        for (key, row) in before { leave(key, row, at: point.toldAt, by: nil) }
    }

    /// The people whose NHS number it is, ascending.
    func people(bearing number: NHSNumber) -> [PatientKey] {
        Set(log.patients(bearing: number).map { log.root(of: $0) }).sorted()
    }

    /// Takes note of what becomes of a row, if it no longer stands where it stood.
    ///
    /// - Parameter kind: of the fact that moved it; `nil` where a practice's list did.
    private mutating func leave(
        _ key: EncounterKey, _ row: EncounterRow, at told: Instant, by kind: AdmissionEvent.Kind?
    ) {
        let root = log.root(of: key)
        let person = reading(root).patient.map { log.root(of: $0) }
        let practice = practice(ofPatientOf: root)
        guard root != key || practice != row.practice else { return }
        let place = EncounterTable.RowKey(row, of: hospital)
        if !basis.sensitivity.isEmpty { left[root, default: []].insert(place) }
        if practice == row.practice || row.practice == EncounterRow.unknownPractice {
            departed[place] = .some(nil)
        } else {
            let isSamePerson =
                person.map {
                    basis.key.patientRef(hospital: hospital, patient: StateKey($0).rawValue, practice: row.practice)
                } == row.patient.ref
            departed[place] = row.withdrawn(
                at: told,
                because: isSamePerson || kind == nil
                    ? .registeredElsewhere : kind?.joinsPatients == true ? .merged : .wrongPatient)
        }
        if practice != row.practice {
            shownSince[root] = told
        } else {
            // Under another number it is no news to the practice.
            shownSince[root] = min(shownSince[root] ?? row.shownSince, row.shownSince)
        }
        moved.formUnion([key, root])
    }

    /// Whether a fact may take a row from the practice where it stands; where this is `false` it does not.
    private func mayMoveRows(_ event: AdmissionEvent) -> Bool {
        if event.kind.isAboutIdentity { return true }
        if let key = event.encounterKey {
            let facts = log.whole(log.root(of: key)).facts
            if !facts.isEmpty {
                let named = facts.lazy.compactMap(\.patient)
                if named.isEmpty ? event.patientKey != nil : named.contains(where: { $0 != event.patientKey }) {
                    return true
                }
            }
        }
        guard let key = event.patientKey, let details = event.patient else { return false }
        let person = log.patient(log.root(of: key))
        let own = log.patients[key]?.nhsNumber
        // Of two joined records the one that tells its number again has the last word, though it says nothing new.
        if let told = details.nhsNumber, told != own || told != person.nhsNumber {
            if own != nil || !log.patients(bearing: told).isEmpty || book.knows(told) { return true }
        }
        if let born = details.born, let number = person.nhsNumber, book.knows(number), born != person.born {
            return true
        }
        guard !details.practice.isAbsent, log.patients[log.root(of: key)] != nil else { return false }
        return details.practice.value != person.practice
    }

    /// The people whom a fact may change: before it is applied.
    func people(concernedBy event: AdmissionEvent) -> Set<PatientKey> {
        var people = Set(event.patientsNamed.map { log.root(of: $0) })
        let held = event.patientKey.flatMap { log.patients[$0]?.nhsNumber }
        for number in Set([event.patient?.nhsNumber, held].compactMap(\.self)) {
            people.formUnion(log.patients(bearing: number).map { log.root(of: $0) })
        }
        for key in [event.encounterKey, event.prior?.encounter].compactMap(\.self) {
            let patients = log.whole(log.root(of: key)).patientsNamed
            people.formUnion(patients.map { log.root(of: $0) })
        }
        return people
    }

    private mutating func rows(concernedBy event: AdmissionEvent) -> [(EncounterKey, EncounterRow)] {
        var rows = people(concernedBy: event).sorted().flatMap { self.rows(of: $0) }
        for key in [event.encounterKey, event.prior?.encounter].compactMap(\.self) {
            let root = log.root(of: key)
            if !log.whole(root).facts.isEmpty, reading(root).patient == nil, !isWithheld(root) {
                rows.append((root, rowOfNobody(root)))
            }
        }
        return rows
    }

    // MARK: Reading

    /// What is known of an encounter, with its other numbers.
    mutating func reading(_ root: EncounterKey) -> EncounterReading {
        if let reading = readings[root] { return reading }
        let reading = log.whole(root).reading
        readings[root] = reading
        return reading
    }

    /// Whose an encounter is, as the latest message says.
    mutating func patient(of root: EncounterKey) -> PatientKey? {
        // The whole reading is large to copy.
        if let known = readings[root]?.patient { return known }
        return reading(root).patient
    }

    /// The encounters of a person that practices may know of: nothing that they show follows from any other.
    mutating func visits(of person: PatientKey) -> [LogReading.Visit] {
        visits(of: person, among: log.visitsNamed(of: person))
    }

    private mutating func visits(of person: PatientKey, among keys: [EncounterKey]) -> [LogReading.Visit] {
        var readings: [EncounterReading] = []
        for key in keys where !isWithheld(key) { readings.append(reading(key)) }
        return log.visits(of: person, among: readings)
    }

    /// The rows of a person, ascending by encounter.
    mutating func rows(of person: PatientKey) -> [(EncounterKey, EncounterRow)] {
        rows(of: person, among: log.visitsNamed(of: person))
    }

    /// The same, for whoever knows the encounters of which a message named the person, ascending.
    mutating func rows(of person: PatientKey, among keys: [EncounterKey]) -> [(EncounterKey, EncounterRow)] {
        let visits = visits(of: person, among: keys)
        guard !visits.isEmpty else { return [] }
        let shown = shown(person, visits: visits)
        return visits.map { visit in
            let linked = visit.linkedTo.flatMap { key in visits.first { $0.reading.key == key }?.reading }
            return (visit.reading.key, row(of: visit, linked: linked, shown))
        }
    }

    /// The row of an encounter of which no message says whose it is: the patient's ref is of this encounter alone.
    mutating func rowOfNobody(_ root: EncounterKey) -> EncounterRow {
        let practice = EncounterRow.unknownPractice
        let ref = basis.key.patientRef(
            hospital: hospital, patient: "encounter\0" + StateKey(root).rawValue, practice: practice)
        let visits = log.visits(of: nil, among: [reading(root)])
        return row(
            of: visits[0], linked: nil,
            EncounterTable.PatientOfPractice(
                practice: practice, hospital: hospital, summary: PatientSummary(ref: ref)))
    }

    /// What rows show of a person, and where they stand.
    func shown(_ root: PatientKey, visits: [LogReading.Visit]) -> EncounterTable.PatientOfPractice {
        let person = log.person(root, visits: visits)
        let practice = practice(of: person.patient)
        let ref = { (key: PatientKey) in
            basis.key.patientRef(hospital: hospital, patient: StateKey(key).rawValue, practice: practice)
        }
        var summary = PatientSummary(ref: ref(root), person: person)
        summary.formerRefs = person.joined.map(ref).sorted()
        return EncounterTable.PatientOfPractice(practice: practice, hospital: hospital, summary: summary)
    }

    /// The practice under which a patient's rows stand: by the practices' lists, then by PD1.
    func practice(of patient: Patient) -> String {
        book.practice(of: patient, current: basis.successors.current)?.rawValue ?? EncounterRow.unknownPractice
    }

    /// Where the row of an encounter stands, when it stands under a practice.
    func place(of key: EncounterKey, at practice: String) -> EncounterTable.RowKey {
        EncounterTable.RowKey(
            practice: practice, hospital: hospital,
            encounterRef: basis.key.encounterRef(
                hospital: hospital, encounter: StateKey(key).rawValue, practice: practice))
    }

    private func row(
        of visit: LogReading.Visit, linked: EncounterReading?, _ shown: EncounterTable.PatientOfPractice
    ) -> EncounterRow {
        let ref = { (key: EncounterKey) in
            basis.key.encounterRef(
                hospital: hospital, encounter: StateKey(key).rawValue, practice: shown.practice)
        }
        let key = visit.reading.key
        var row = EncounterRow(
            practice: shown.practice, hospital: hospital, ref: ref(key), patient: shown.summary, visit: visit,
            shownSince: shownSince[key] ?? visit.reading.firstTold ?? Instant(microseconds: 0))
        if let linked { row.link(linked, ref: ref(linked.key)) }
        row.encounterKey = StateKey(key).rawValue
        row.patientKey = visit.patient.map { StateKey($0).rawValue } ?? ""
        if isSensitive(visit.reading) { row.patient.isRestricted = true }
        return row
    }

    // MARK: Everything

    /// All people, ascending.
    var people: [PatientKey] { Set(log.patients.keys.lazy.map { log.root(of: $0) }).sorted() }

    /// All encounters that are their own, ascending.
    var encounters: [EncounterKey] { Set(log.encounters.keys.lazy.map { log.root(of: $0) }).sorted() }

    /// The state of a patient as its table holds it.
    func stored(_ key: PatientKey) -> StateTables.StoredPatient? {
        log.patients[key].map {
            StateTables.StoredPatient($0, lastTold: lastTold[key] ?? Instant(microseconds: 0))
        }
    }

    /// The state of an encounter as its table holds it.
    mutating func stored(_ key: EncounterKey) -> StateTables.StoredEncounter? {
        guard let encounter = log.encounters[key] else { return nil }
        let patient = log.root(of: key) == key ? patient(of: key) : encounter.reading.patient
        return StateTables.StoredEncounter(
            encounter, patient: patient, shownSince: shownSince[key] ?? Instant(microseconds: 0))
    }
}

extension AdmissionEvent {
    /// All patients whom it names: its own, and those of before.
    var patientsNamed: [PatientKey] { [patientKey].compactMap(\.self) + (prior?.patients ?? []) }
}
