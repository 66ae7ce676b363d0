import EventSourcing

/// Who is whom among the patients of one log.
struct People {
    private let patients: [PatientKey: Patient]
    private let aliases: AliasSet<PatientKey>.Resolution
    /// Patients known by NHS number alone, and the one person whose number it is.
    private var bare: [PatientKey: PatientKey] = [:]

    init(_ patients: [PatientKey: Patient], _ aliases: AliasSet<PatientKey>.Resolution) {
        self.patients = patients
        self.aliases = aliases
    }

    /// The person whose identity a key is.
    func root(of key: PatientKey) -> PatientKey {
        let root = aliases.root(of: key)
        return bare[root] ?? root
    }

    /// Joins what was told of an NHS number alone to the person who has it, where that is one and no more.
    mutating func joinBareNumbers() {
        let holders = holders()
        for key in patients.keys {
            guard key.isNHSNumber, aliases.root(of: key) == key, let number = patients[key]?.nhsNumber,
                let known = holders[number], known.count == 1, known[0] != key
            else { continue }
            bare[key] = known[0]
        }
    }

    /// The people with a number of the hospital's own, by NHS number, ascending.
    private func holders() -> [NHSNumber: [PatientKey]] {
        var holders: [NHSNumber: Set<PatientKey>] = [:]
        for (key, patient) in patients where !key.isNHSNumber {
            guard let number = patient.nhsNumber else { continue }
            let root = aliases.root(of: key)
            // A person's own number stands over one that a joined record had.
            guard root == key || patients[root]?.nhsNumber ?? number == number else { continue }
            holders[number, default: []].insert(root)
        }
        return holders.mapValues { $0.sorted() }
    }

    /// All people and identities, ascending by key.
    func read() -> [LogReading.Person] {
        let keys = Set(patients.keys).union(aliases.joins.keys).union(aliases.joins.values.lazy.map(\.to))
        var joined: [PatientKey: [PatientKey]] = [:]
        for key in keys {
            let root = root(of: key)
            if root != key { joined[root, default: []].append(key) }
        }
        return keys.filter { bare[$0] == nil }.sorted().map { key in
            let others = (joined[key] ?? []).sorted()
            var patient = patients[key] ?? Patient(key)
            // In the order in which they were joined, so that the result does not hang on their names.
            let steps = others.map { ($0, joinMoment(of: $0)) }.sorted { lhs, rhs in
                lhs.1 != rhs.1 ? lhs.1 < rhs.1 : lhs.0 < rhs.0
            }
            for (other, moment) in steps {
                if let known = patients[other] { patient = patient.joined(by: known, at: moment) }
            }
            let root = root(of: key)
            return LogReading.Person(key: key, patient: patient, mergedInto: root == key ? nil : root, joined: others)
        }
    }

    /// When an identity was joined; before all time for one known by NHS number alone, which was the person's all
    /// along.
    private func joinMoment(of key: PatientKey) -> FactKey {
        aliases.joins[key]?.key
            ?? FactKey(recorded: Instant(microseconds: .min), sent: Instant(microseconds: .min), rank: 0, digest: 0)
    }

    /// NHS numbers that more than one person has.
    func sharedNumbers() -> [LogReading.WorkItem] {
        let shared = holders().filter { $0.value.count > 1 }.sorted { $0.key < $1.key }
        return shared.map { _, keys in
            let known = keys.compactMap { patients[$0] }
            let births = Set(known.compactMap(\.born))
            let families = Set(known.compactMap { $0.name?.family.uppercased() })
            let differ = births.count > 1 && families.count > 1
            return LogReading.WorkItem(
                code: differ ? .nhsNumberDiscrepancy : .nhsNumberShared, patients: keys, telling: nil)
        }
    }
}
