package import EventSourcing

/// A person of one practice, with all that the huddle's rules ask.
///
/// One person whichever hospital told (by NHS number). What nobody told is `nil` and speaks for nothing.
package struct HuddlePatient: Sendable, Hashable {
    /// What the practice's own list says.
    package struct Registration: Sendable, Hashable {
        package var isInCareHome = false
        package var hasFOPASConcern = false
        package init(isInCareHome: Bool = false, hasFOPASConcern: Bool = false) {
            self.isInCareHome = isInCareHome
            self.hasFOPASConcern = hasFOPASConcern
        }
    }

    /// The latest Symphony score, of the list or of a person.
    package struct Score: Sendable, Hashable {
        /// 1 to 10.
        package var score: Int
        package var scoredOn: LondonDay?
        package init(_ score: Int, on day: LondonDay? = nil) {
            self.score = score
            scoredOn = day
        }
    }

    /// A concern that is open.
    package struct OpenConcern: Sendable, Hashable {
        package var id: String
        /// `ConcernKind`.
        package var kind: String
        package var raisedAt: Instant
        package init(id: String, kind: String, raisedAt: Instant) {
            self.id = id
            self.kind = kind
            self.raisedAt = raisedAt
        }
    }

    /// The hot onboarding case that counts.
    package struct Onboarding: Sendable, Hashable {
        package var state: HotOnboardingState
        /// The stay that it is about.
        package var encounterRef: String
        package init(state: HotOnboardingState, encounterRef: String) {
            self.state = state
            self.encounterRef = encounterRef
        }
    }

    package var family: String?
    package var given: String?
    /// `yyyy-mm-dd`, or its beginning.
    package var born: String?
    package var isDeceased = false
    package var deathToldAt: Instant?
    /// In any order; what is cancelled or withdrawn counts for `corrected` alone.
    package var encounters: [HuddleEncounter]
    package var registration: Registration?
    package var symphony: Score?
    /// Clinical Frailty Scale, where somebody tells it.
    package var frailtyScore: Int?
    package var concerns: [OpenConcern] = []
    package var onboarding: Onboarding?

    package init(encounters: [HuddleEncounter]) {
        self.encounters = encounters
    }
}

extension HuddlePatient {
    var counted: [HuddleEncounter] { encounters.filter(\.counts) }

    /// The encounter that stands for the person where a list shows people: the open stay, else the open attendance,
    /// else the latest that counts.
    package var foremost: HuddleEncounter? {
        func rank(_ encounter: HuddleEncounter) -> Int {
            encounter.isOpenStay ? 2 : encounter.isOpenAttendance ? 1 : 0
        }
        return counted.max { (rank($0), $0.startedAt, $0.ref) < (rank($1), $1.startedAt, $1.ref) }
    }

    /// Whole years on a day; `nil` without a whole date of birth.
    func age(on day: LondonDay) -> Int? {
        guard let born, let birthday = LondonDay(born), birthday <= day else { return nil }
        let (today, then) = (day.text, birthday.text)
        guard let year = Int(today.prefix(4)), let from = Int(then.prefix(4)) else { return nil }
        return year - from - (today.dropFirst(4) < then.dropFirst(4) ? 1 : 0)
    }
}
