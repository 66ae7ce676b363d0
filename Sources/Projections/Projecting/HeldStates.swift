import Admissions
import EventSourcing

/// The part of a hospital's log that is in memory beside the live feed: whole people, with all their encounters.
///
/// Whoever applies facts loads first what `missing` names, until it names nothing: everybody whom the facts can touch, under
/// all their identities, with all their encounters. What was asked for and not found is new. Nothing here reads a clock
/// or a database.
///
/// ```
/// missing ▶ hold ▶ missing ▶ … ▶ apply ▶ changes ▶ (written) ▶ settle
/// ```
struct HeldStates: Sendable {
    private(set) var fold: PracticeFold
    private var asked = Wanted()
    /// What rows showed of people before the facts of this run.
    private var before: [PatientKey: Standing] = [:]
    private var touchedEncounters: Set<EncounterKey> = []
    private var touchedPatients: Set<PatientKey> = []
    /// What practices are told of the run; `nil` where nobody follows (a rebuild).
    private var told: RowsOfRun?

    /// Who a person is, what rows show of them, and which of their encounters are linked.
    private struct Standing {
        let identities: [PatientKey]
        let shown: EncounterTable.PatientOfPractice
        let links: [EncounterKey: EncounterKey]
    }

    /// What must be loaded.
    struct Wanted: Sendable, Equatable {
        var encounters: Set<EncounterKey> = []
        var patients: Set<PatientKey> = []
        /// Patients all of whose encounters are wanted.
        var visitors: Set<PatientKey> = []
        /// All who bear one of these numbers, and what practices say of them.
        var numbers: Set<NHSNumber> = []
        /// Patients all of whose encounters of once are wanted, too.
        var formerVisitors: Set<PatientKey> = []
        /// All who bore one of these numbers once.
        var formerNumbers: Set<NHSNumber> = []

        var isEmpty: Bool {
            encounters.isEmpty && patients.isEmpty && visitors.isEmpty && numbers.isEmpty && isPresentOnly
        }

        /// Whether nothing of once is wanted.
        var isPresentOnly: Bool { formerVisitors.isEmpty && formerNumbers.isEmpty }
    }

    init(hospital: LogName, basis: ViewBasis, tellsPractices: Bool = false) {
        fold = PracticeFold(hospital: hospital, basis: basis)
        told = tellsPractices ? RowsOfRun() : nil
    }

    // MARK: Loading

    /// Takes in who is whom, as told up to where the states stand.
    mutating func hold(identities facts: [ToldEvent]) {
        var identities = LogFold()
        identities.apply(identities: facts)
        hold(identities: identities)
    }

    /// The same, folded already.
    mutating func hold(identities: LogFold) {
        fold.hold(identities: identities)
    }

    /// What the facts need, and these patients and encounters, and is not in memory; once loaded, ask again.
    func missing(
        for facts: [ToldEvent], patients: [PatientKey] = [], encounters: [EncounterKey] = []
    ) -> Wanted {
        var search = PersonSearch(log: fold.log, asked: asked)
        for fact in facts { search.begin(fact.event) }
        search.begin(patients: patients, encounters: encounters)
        return search.missing
    }

    /// Who bore which number once, as far as is held.
    var formerBearers: FormerBearers { FormerBearers(fold.log) }

    /// What is tied to these numbers and to what these facts name, now or ever.
    func thoroughSearch(
        from facts: [ToldEvent], _ numbers: [NHSNumber], formerBearers: FormerBearers
    ) -> PersonSearch {
        var search = PersonSearch(log: fold.log, asked: asked, formerBearers: formerBearers)
        for fact in facts { search.begin(fact.event) }
        for number in numbers { search.begin(number) }
        return search
    }

    /// Whether a hospital told anything after a point, or a practice anything behind it, of those found by a search.
    func isAnythingTold(behind point: RegistrationPoint, of search: PersonSearch) -> Bool {
        search.patientsSeen.contains { fold.lastTold[$0].map { $0 > point.toldAt } ?? false }
            || search.encountersSeen.contains { key in
                fold.log.encounters[key]?.facts.contains { $0.toldAt > point.toldAt } ?? false
            }
            || search.numbersSeen.contains { fold.book.points(of: $0).last.map { $0 > point } ?? false }
    }

    /// Whether what practices say of a number is held.
    func holds(_ number: NHSNumber) -> Bool { asked.numbers.contains(number) }

    /// Takes in what practices told, and moves no row.
    mutating func hold(_ points: some Sequence<RegistrationPoint>) {
        fold.hold(points)
    }

    /// Takes note that all this was asked for: what is not held by now is new.
    mutating func note(asked wanted: Wanted) {
        asked.encounters.formUnion(wanted.encounters)
        asked.patients.formUnion(wanted.patients)
        asked.visitors.formUnion(wanted.visitors)
        asked.numbers.formUnion(wanted.numbers)
        asked.formerVisitors.formUnion(wanted.formerVisitors)
        asked.formerNumbers.formUnion(wanted.formerNumbers)
    }

    mutating func hold(_ stored: StateTables.StoredEncounter) throws(ProjectionError) {
        let encounter = try Encounter(stored: stored.state, of: fold.hospital)
        guard fold.log.encounters[encounter.key] == nil else { return }
        fold.hold(encounter, shownSince: stored.shownSince)
        asked.encounters.insert(encounter.key)
    }

    mutating func hold(_ stored: StateTables.StoredPatient) throws(ProjectionError) {
        let patient = try Patient(stored: stored.state, of: fold.hospital)
        guard fold.log.patients[patient.key] == nil else { return }
        fold.hold(patient, lastTold: stored.lastTold)
        asked.patients.insert(patient.key)
    }

    // MARK: Applying

    /// Applies facts in the order of the log.
    mutating func apply(_ facts: [ToldEvent]) {
        for fact in facts {
            for person in fold.people(concernedBy: fact.event) where before[person] == nil {
                before[person] = standing(person)
            }
        }
        for fact in facts {
            told?.prepare(.fact(fact), in: &fold)
            fold.apply(fact)
            told?.tell(.fact(fact), in: &fold)
            if let key = fact.event.encounterKey { touchedEncounters.insert(key) }
            touchedPatients.formUnion(fact.event.patientsNamed)
        }
    }

    /// Applies what practices told behind all facts of those concerned, in order.
    mutating func apply(_ points: [RegistrationPoint]) {
        for point in points {
            for person in fold.people(bearing: point.person) where before[person] == nil {
                before[person] = standing(person)
            }
        }
        for point in points {
            told?.prepare(.point(point), in: &fold)
            fold.apply(point)
            told?.tell(.point(point), in: &fold)
        }
    }

    /// Everybody whom the facts of this run touched, under all the identities they had or have.
    var touchedIdentities: Set<PatientKey> {
        var keys = touchedPatients
        for standing in before.values { keys.formUnion(standing.identities) }
        for root in Set(keys.map({ fold.log.root(of: $0) })) { keys.formUnion(fold.log.identities(of: root)) }
        return keys
    }

    /// Writes the rows of some hot onboarding cases as they show now; what shows no more is taken away.
    mutating func write(_ records: [StreamName: HotOnboardingRecord], to changes: inout StateChanges) {
        for (stream, record) in records.sorted(by: { $0.key < $1.key }) {
            if let row = fold.row(of: record, stream: stream) {
                changes.cases.append(row)
            } else {
                changes.casesGone.append(fold.basis.key.caseRef(hospital: fold.hospital, stream: stream))
            }
        }
    }

    private mutating func standing(_ person: PatientKey) -> Standing {
        let visits = fold.visits(of: person)
        var links: [EncounterKey: EncounterKey] = [:]
        for visit in visits { links[visit.reading.key] = visit.linkedTo }
        return Standing(
            identities: fold.log.identities(of: person), shown: fold.shown(person, visits: visits), links: links)
    }

    /// What the tables must be told so that they show what is held now.
    mutating func changes() -> StateChanges {
        var changes = StateChanges()
        changes.patients = touchedPatients.sorted().compactMap { fold.stored($0) }
        let touched = touchedEncounters.union(fold.moved)
        let roots = Set(touched.map { fold.log.root(of: $0) })
        for key in touched.union(roots).sorted() {
            if let stored = fold.stored(key) { changes.encounters.append(stored) }
        }
        var people = Set(touchedPatients.map { fold.log.root(of: $0) })
        for standing in before.values { people.formUnion(standing.identities.map { fold.log.root(of: $0) }) }
        for root in roots.sorted() where fold.log.encounters[root] != nil {
            if let patient = fold.reading(root).patient {
                people.insert(fold.log.root(of: patient))
            } else if !fold.isWithheld(root) {
                changes.rows.append(fold.rowOfNobody(root))
            }
        }
        for person in people.sorted() { write(person, touched: roots, to: &changes) }
        for (place, row) in fold.departed.sorted(by: { $0.key < $1.key }) {
            if let row { changes.withdrawn.append(row) } else { changes.departed.append(place) }
        }
        told?.tellRest(in: &fold)
        changes.told = told?.changes ?? []
        if told != nil { changes.hidden = fold.hidden }
        return changes
    }

    /// Writes those rows of a person that may show something else than before.
    private mutating func write(_ person: PatientKey, touched: Set<EncounterKey>, to changes: inout StateChanges) {
        let rows = fold.rows(of: person)
        let now = standing(person)
        guard let was = before[person], was.identities == now.identities, was.shown.practice == now.shown.practice else {
            changes.rows += rows.map(\.1)
            return
        }
        if was.shown != now.shown {
            // A row may be restricted for itself: what is written into all rows of a patient would undo that.
            guard rows.allSatisfy({ $0.1.patient == now.shown.summary }) else {
                changes.rows += rows.map(\.1)
                return
            }
            changes.shownPatients.append(now.shown)
        }
        changes.rows += rows.filter { key, _ in
            touched.contains(key) || now.links[key].map(touched.contains) == true || was.links[key] != now.links[key]
        }.map(\.1)
    }

    /// Takes note that the tables now show what is held; forgets all states if they are too many.
    mutating func settle(keeping limit: Int) {
        before.removeAll(keepingCapacity: true)
        touchedEncounters.removeAll(keepingCapacity: true)
        touchedPatients.removeAll(keepingCapacity: true)
        if told != nil { told = RowsOfRun() }
        fold.settle()
        if fold.log.encounters.count > limit || fold.log.patients.count > limit {
            forgetStates()
        }
    }

    /// Forgets all but who is whom.
    mutating func forgetStates() {
        fold.forgetStates()
        asked = Wanted()
    }
}
