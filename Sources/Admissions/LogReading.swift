import EventSourcing

/// What one hospital's log means: its people, each once, and their encounters.
package struct LogReading: Sendable {
    /// A person, or an identity that turned out to be another's.
    package struct Person: Sendable {
        package let key: PatientKey
        /// With what was told under identities that were joined to this one.
        package let patient: Patient
        /// Whose identity this is; `nil` for a person of their own.
        package let mergedInto: PatientKey?
        /// Identities that were joined to this one, ascending.
        package let joined: [PatientKey]
    }

    /// An encounter, and whose it is.
    package struct Visit: Sendable {
        package let reading: EncounterReading
        /// The person; `nil` where no message names one.
        package let patient: PatientKey?
        /// The attendance that led to this stay, or the stay that this attendance led to.
        package let linkedTo: EncounterKey?
        /// What is odd, as codes, ascending.
        package let flags: [String]
    }

    /// Something that a person must settle.
    package struct WorkItem: Sendable, Equatable {
        package enum Code: String, Sendable {
            /// A merge that would close a ring: not followed.
            case mergeCycle = "merge-cycle"
            /// One NHS number on two of the hospital's own numbers: never joined by us.
            case nhsNumberShared = "nhs-number-shared"
            /// The same, and date of birth and family name differ as well.
            case nhsNumberDiscrepancy = "nhs-number-discrepancy"
            /// No practice is known of a person in hospital.
            case practiceUnknown = "practice-unknown"
        }

        package let code: Code
        package let patients: [PatientKey]
        /// How it was told, where a message told it.
        package let telling: Telling?
    }

    /// Ascending by key.
    package let people: [Person]
    /// Ascending by key.
    package let visits: [Visit]
    package let workItems: [WorkItem]

    init(_ fold: LogFold) {
        let aliases = fold.identities.patients.resolution
        var people = People(fold.patients, aliases)
        people.joinBareNumbers()
        let visits = Self.visits(fold, people)
        self.people = people.read()
        self.visits = visits
        workItems =
            aliases.refused.map {
                WorkItem(code: .mergeCycle, patients: [$0.from, $0.to].sorted(), telling: fold.joinsTold[$0.position])
            } + people.sharedNumbers() + Self.withoutPractice(visits, self.people)
    }

    private static func visits(_ fold: LogFold, _ people: People) -> [Visit] {
        let aliases = fold.identities.encounters.resolution
        var encounters: [EncounterKey: Encounter] = [:]
        for (key, encounter) in fold.encounters {
            let root = aliases.root(of: key)
            encounters[root, default: Encounter(root)].absorb(encounter)
        }
        let readings = encounters.keys.sorted().compactMap { encounters[$0]?.reading }
        let links = EncounterLinks(readings) { $0.patient.map(people.root) }
        return readings.map { reading in
            Visit(
                reading: reading, patient: reading.patient.map(people.root),
                linkedTo: reading.linkedTo.map(aliases.root) ?? links[reading.key],
                flags: reading.flags(by: people.root))
        }
    }

    private static func withoutPractice(_ visits: [Visit], _ people: [Person]) -> [WorkItem] {
        let inHospital = Set(visits.lazy.filter(\.reading.isOpen).compactMap(\.patient))
        return people.filter { $0.mergedInto == nil && $0.patient.practice == nil && inHospital.contains($0.key) }
            .map { WorkItem(code: .practiceUnknown, patients: [$0.key], telling: nil) }
    }
}
