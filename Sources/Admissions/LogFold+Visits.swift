/// The encounters of a log, each with what was told of it under other numbers, and whose they are.
extension LogFold {
    /// The encounter whose number a key is.
    package func root(of key: EncounterKey) -> EncounterKey {
        identities.encounters.resolution.root(of: key)
    }

    /// An encounter's key, and behind it all others that are its own, ascending.
    package func identities(of root: EncounterKey) -> [EncounterKey] {
        guard !identities.encounters.isEmpty else { return [root] }
        return [root] + identities.encounters.resolution.identities(of: root).dropFirst().sorted()
    }

    /// An encounter with what was told of it under other numbers.
    package func whole(_ root: EncounterKey) -> Encounter {
        var whole = encounters[root] ?? Encounter(root)
        guard !identities.encounters.isEmpty else { return whole }
        for other in identities(of: root).dropFirst() {
            if let known = encounters[other] { whole.absorb(known) }
        }
        return whole
    }

    /// The encounters of which a message named this very record.
    package func visitsNaming(_ key: PatientKey) -> Set<EncounterKey> { visitsNamed[key] ?? [] }

    /// The encounters that may be a person's: of which a message named one of their identities; ascending.
    package func visitsNamed(of root: PatientKey) -> [EncounterKey] {
        let people = identities(of: root)
        if people.count == 1, identities.encounters.isEmpty { return visitsNamed[root]?.sorted() ?? [] }
        return Set(people.lazy.flatMap { visitsNamed[$0] ?? [] }.map { self.root(of: $0) }).sorted()
    }

    /// The encounters of one person.
    package func visits(of person: PatientKey) -> [LogReading.Visit] {
        visits(of: person, among: visitsNamed(of: person).map { whole($0).reading })
    }

    /// The encounters of one person, or of nobody, read together.
    ///
    /// - Parameter readings: ascending by key; those of other people are passed over.
    package func visits(of person: PatientKey?, among readings: [EncounterReading]) -> [LogReading.Visit] {
        let readings = readings.filter { $0.patient.map { root(of: $0) } == person }
        let links = person == nil ? EncounterLinks([]) : EncounterLinks(readings)
        return readings.map { reading in
            LogReading.Visit(
                reading: reading, patient: person,
                linkedTo: reading.linkedTo.map { root(of: $0) } ?? links[reading.key],
                flags: reading.flags { root(of: $0) })
        }
    }
}
