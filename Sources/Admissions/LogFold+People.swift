import EventSourcing

/// Who is whom among the patients of a log.
///
/// Two records are one person where a message or an operator says so (`Identities`), and where one is known by NHS number
/// alone and exactly one person bears that number. Two of the hospital's own numbers are never joined by us.
extension LogFold {
    /// The person whose identity a key is.
    package func root(of key: PatientKey) -> PatientKey {
        let root = identities.patients.resolution.root(of: key)
        guard root.isNHSNumber, let number = patients[root]?.nhsNumber, let bearer = soleBearer(of: number) else {
            return root
        }
        return bearer
    }

    /// A person's key, and behind it all others that are theirs, ascending.
    package func identities(of root: PatientKey) -> [PatientKey] {
        let aliases = identities.patients.resolution
        let joined = aliases.identities(of: root)
        // Where nobody else bears their numbers, as nearly always, there is nobody else to be found by them.
        let shared = joined.compactMap { patients[$0]?.nhsNumber }.filter { bearers[$0].map { $0.count > 1 } ?? false }
        guard joined.count > 1 || !shared.isEmpty else { return joined }
        var others = Set(joined.dropFirst())
        for number in Set(shared) where soleBearer(of: number) == root {
            for key in bearers[number] ?? [] where key.isNHSNumber && key != root && aliases.root(of: key) == key {
                others.formUnion(aliases.identities(of: key))
            }
        }
        return [root] + others.sorted()
    }

    /// A person with what was told under other identities, and with what the ends of their encounters tell.
    package func person(_ root: PatientKey, visits: [LogReading.Visit]) -> LogReading.Person {
        LogReading.Person(
            key: root, patient: patient(root), mergedInto: nil, joined: Array(identities(of: root).dropFirst()),
            deaths: LogReading.Person.deaths(visits))
    }

    /// The record of a person with what was told under other identities.
    package func patient(_ root: PatientKey) -> Patient {
        var person = patients[root] ?? Patient(root)
        let identities = identities(of: root)
        guard identities.count > 1 else { return person }
        let others = identities.dropFirst().map { (key: $0, at: joinMoment(of: $0)) }
        // In the order in which they were joined, so that the result does not hang on their names.
        for other in others.sorted(by: { ($0.at, $0.key) < ($1.at, $1.key) }) {
            if let known = patients[other.key] { person = person.joined(by: known, at: other.at) }
        }
        return person
    }

    /// Whose own records bear an NHS number.
    package func patients(bearing number: NHSNumber) -> Set<PatientKey> { bearers[number] ?? [] }

    /// The people with a number of the hospital's own who bear an NHS number, ascending.
    func holders(of number: NHSNumber) -> [PatientKey] {
        var holders: Set<PatientKey> = []
        for key in bearers[number] ?? [] where !key.isNHSNumber {
            let root = identities.patients.resolution.root(of: key)
            // A person's own number stands over one that a joined record had.
            guard root == key || patients[root]?.nhsNumber ?? number == number else { continue }
            holders.insert(root)
        }
        return holders.sorted()
    }

    private func soleBearer(of number: NHSNumber) -> PatientKey? {
        let holders = holders(of: number)
        return holders.count == 1 ? holders[0] : nil
    }

    /// When an identity was joined; before all time for one known by NHS number alone, which was the person's all along.
    private func joinMoment(of key: PatientKey) -> FactKey {
        identities.patients.resolution.joins[key]?.key
            ?? FactKey(recorded: Instant(microseconds: .min), sent: Instant(microseconds: .min), rank: 0, digest: 0)
    }
}
