package import Admissions
package import EventSourcing

/// A flag of the board on its own: which rule, about whom, over which encounter.
package struct BoardFlag: Sendable, Hashable {
    package var flag: HuddleFlag
    /// Ref of the patient whom it is about.
    package var patientRef: String
    /// Ref of the encounter on whose line it stands; of a person's own flag that of the encounter that stands for the
    /// person.
    package var encounterRef: String
    /// Whether it is about the person rather than one encounter, so that it stands once.
    package var isOfPerson: Bool
    /// Whether the patient is restricted.
    package var isRestricted: Bool
    /// The day since which it holds; `nil` where that cannot be said.
    package var since: LondonDay?
    /// When something was last told of the encounter.
    package var toldAt: Instant

    /// The flags of the encounters that are open or have ended of late, and of the people whose they are.
    ///
    /// In the order of the people, and of their encounters by ref.
    static func flags(of people: CandidatePeople, rules: HuddleRules, now: Instant) -> [BoardFlag] {
        people.people.flatMap { person -> [BoardFlag] in
            guard let foremost = person.patient.foremost else { return [] }
            let reading = rules.reading(person.patient, now: now)
            let recent = person.patient.encounters.filter { $0.correctedAt == nil && rules.isRecent($0, at: now) }
                .sorted { $0.ref < $1.ref }
            var flags: [BoardFlag] = []
            // Those of the person stand once, on the line that stands for them.
            for encounter in [foremost] + recent.filter({ $0.ref != foremost.ref }) {
                guard let candidate = person.candidates[encounter.ref] else { continue }
                for flag in rules.flags(of: encounter, reading) {
                    let isOfPerson = flag.isOfPerson
                    if isOfPerson, encounter.ref != foremost.ref { continue }
                    if !isOfPerson, !rules.isRecent(encounter, at: now) { continue }
                    flags.append(
                        BoardFlag(
                            flag: flag, patientRef: candidate.patientRef, encounterRef: encounter.ref,
                            isOfPerson: isOfPerson, isRestricted: encounter.isRestricted,
                            since: Self.since(flag, encounter, person.patient), toldAt: encounter.lastToldAt))
                }
            }
            return flags
        }
    }

    private static func since(_ flag: HuddleFlag, _ encounter: HuddleEncounter, _ patient: HuddlePatient) -> LondonDay?
    {
        switch flag.rule {
        case .deceased: patient.deathToldAt.map { LondonDay(of: $0) }
        case .longStay:
            if case .number(let nights)? = flag.value {
                encounter.admitted.at.map { LondonDay(of: $0) + nights }
            } else {
                nil
            }
        case .readmitted, .readmissionRisk: LondonDay(of: encounter.startedAt)
        case .selfDischarge, .newCareHome, .zeroStay: encounter.endedAt.map { LondonDay(of: $0) }
        case .symphony: flag.scoredOn.flatMap { LondonDay($0) }
        default: nil
        }
    }
}

extension HuddleFlag {
    /// Whether it says something of the person, whichever encounter is looked at.
    fileprivate var isOfPerson: Bool {
        switch rule {
        case .frequentAdmissions, .frequentAttender, .leftBeforeTreatment: true
        default: evidence.isEmpty
        }
    }
}
