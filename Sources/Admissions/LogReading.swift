package import EventSourcing

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
        /// The ends of this person's encounters that tell death; what a discharge tells goes with its visit, whomever its
        /// message named (A44, A45). The earliest first.
        package let deaths: [ToldMoment]

        /// Dead by PID-29/30, or by the end of an encounter.
        package var isDeceased: Bool { patient.isToldDead || !deaths.isEmpty }

        /// When the person died; `nil` if alive, or if nobody told when.
        package var diedAt: Moment? { patient.toldDiedAt ?? deaths.lazy.compactMap(\.moment).first }

        /// When we were first told of the death, in whichever way; `nil` if alive.
        package var deathToldAt: Instant? {
            (deaths.map(\.toldAt) + [patient.deathToldAt].compactMap(\.self)).min()
        }
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
            /// A practice has the person on its list under another date of birth: its list does not count.
            case listDiscrepancy = "list-discrepancy"
        }

        package let code: Code
        package let patients: [PatientKey]
        /// How it was told, where a message told it.
        package let telling: Telling?

        package init(code: Code, patients: [PatientKey], telling: Telling?) {
            self.code = code
            self.patients = patients
            self.telling = telling
        }
    }

    /// Ascending by key.
    package let people: [Person]
    /// Ascending by key.
    package let visits: [Visit]
    package let workItems: [WorkItem]

    init(_ fold: LogFold) {
        let visits = Self.visits(fold)
        let people = Self.people(fold, visits)
        self.visits = visits
        self.people = people
        workItems =
            fold.identities.patients.resolution.refused.map {
                WorkItem(code: .mergeCycle, patients: [$0.from, $0.to].sorted(), telling: fold.joinsTold[$0.position])
            } + Self.sharedNumbers(fold) + Self.withoutPractice(visits, people)
    }

    private static func visits(_ fold: LogFold) -> [Visit] {
        let roots = Set(fold.encounters.keys.lazy.map { fold.root(of: $0) }).sorted()
        let readings = roots.map { fold.whole($0).reading }
        let byPerson = Dictionary(grouping: readings) { $0.patient.map { fold.root(of: $0) } }
        return byPerson.flatMap { fold.visits(of: $0, among: $1) }.sorted { $0.reading.key < $1.reading.key }
    }

    private static func people(_ fold: LogFold, _ visits: [Visit]) -> [Person] {
        let byPerson = Dictionary(grouping: visits, by: \.patient)
        let aliases = fold.identities.patients.resolution
        let keys = Set(fold.patients.keys).union(aliases.joins.keys).union(aliases.joins.values.lazy.map(\.to))
        return keys.sorted().compactMap { key in
            let root = fold.root(of: key)
            let visits = byPerson[root] ?? []
            guard root != key else { return fold.person(key, visits: visits) }
            // Who is known by an NHS number alone that another bears was never anybody else.
            guard aliases.root(of: key) != key else { return nil }
            return Person(
                key: key, patient: fold.patients[key] ?? Patient(key), mergedInto: root, joined: [],
                deaths: Person.deaths(visits.filter { $0.reading.patient == key }))
        }
    }

    /// NHS numbers that more than one person has.
    private static func sharedNumbers(_ fold: LogFold) -> [WorkItem] {
        fold.bearers.keys.sorted().compactMap { number in
            let holders = fold.holders(of: number)
            guard holders.count > 1 else { return nil }
            let known = holders.compactMap { fold.patients[$0] }
            let births = Set(known.compactMap(\.born))
            let families = Set(known.compactMap { $0.name?.family.uppercased() })
            let differ = births.count > 1 && families.count > 1
            return WorkItem(code: differ ? .nhsNumberDiscrepancy : .nhsNumberShared, patients: holders, telling: nil)
        }
    }

    private static func withoutPractice(_ visits: [Visit], _ people: [Person]) -> [WorkItem] {
        let inHospital = Set(visits.lazy.filter(\.reading.isOpen).compactMap(\.patient))
        return people.filter { $0.mergedInto == nil && $0.patient.practice == nil && inHospital.contains($0.key) }
            .map { WorkItem(code: .practiceUnknown, patients: [$0.key], telling: nil) }
    }
}

extension LogReading.Person {
    /// The ends of encounters that tell death, the earliest first.
    static func deaths(_ visits: [LogReading.Visit]) -> [ToldMoment] {
        visits.lazy.filter(\.reading.died).compactMap(\.reading.discharged).sorted { lhs, rhs in
            guard let left = lhs.moment, let right = rhs.moment else { return lhs.moment != nil && rhs.moment == nil }
            return (left.instant, left.precision.rawValue) < (right.instant, right.precision.rawValue)
        }
    }
}
