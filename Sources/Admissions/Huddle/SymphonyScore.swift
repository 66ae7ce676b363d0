package import EventSourcing

/// How much contact a patient needs, from 1 to 10, as the huddle scores it by form.
///
/// ```
/// no score ─record─▶ scored ─record─▶ scored        the latest by the day of scoring counts
///     ▲                 │
///     └─────remove──────┘                           takes back the one that counts; an earlier one counts again
/// ```
///
/// One stream a patient, in the log of the practice, named by the key under which the patient was first scored.
package struct SymphonyScore: StaffDecider {
    /// One scoring.
    package struct Scoring: Sendable, Equatable {
        package let score: Int
        package let scoredOn: LondonDay
        /// Who entered it, and when.
        package let act: StaffAct
    }

    /// What may be wanted.
    package enum Intent: Sendable, Equatable {
        case record(Int, scoredOn: LondonDay, of: PatientSubject)
        case remove(reason: StaffNote?)
    }

    package var memory = CommandMemory()
    package private(set) var subject: PatientSubject?
    /// In the order of entry.
    package private(set) var scorings: [Scoring] = []

    package init() {}

    /// The stream of a patient who was not scored yet.
    package static func stream(of subject: PatientSubject) -> StreamName {
        StreamName("symphony:\(subject.hospital)|\(subject.patient.rawValue)")
    }

    /// The scores there are; 10 needs the most contact.
    package static let scores = 1...10
    /// How long ago a scoring may be when it is entered, in days.
    package static let enteredLateDaysMax = 366

    /// The score that counts: of the latest day, and of that day the last entered.
    package var current: Scoring? { currentIndex.map { scorings[$0] } }

    private var currentIndex: Int? {
        scorings.indices.max { (scorings[$0].scoredOn, $0) < (scorings[$1].scoredOn, $1) }
    }

    package func facts(for intent: Intent, by act: StaffAct) throws(ActRejection) -> [SymphonyFact] {
        try act.requireRole(StaffRole.clinicalWriters)
        switch intent {
        case .record(let score, let day, let subject):
            guard self.subject == nil || self.subject == subject else { throw ActRejection(.subjectDiffers, .patient) }
            guard Self.scores.contains(score) else { throw ActRejection(.valueOutOfRange, .score) }
            let age = LondonDay(of: act.at).number - day.number
            guard (0...Int64(Self.enteredLateDaysMax)).contains(age) else {
                throw ActRejection(.valueOutOfRange, .scoredOn)
            }
            return [.scored(score, on: day, of: subject)]
        case .remove(let reason):
            guard current != nil else { throw ActRejection(.notFound) }
            guard let reason else { throw ActRejection(.reasonMissing, .reason) }
            return [.removed(reason: reason)]
        }
    }

    package mutating func evolve(_ fact: SymphonyFact, by act: StaffAct) {
        switch fact {
        case .scored(let score, let day, let subject):
            if self.subject == nil { self.subject = subject }
            scorings.append(Scoring(score: score, scoredOn: day, act: act))
        case .removed: if let index = currentIndex { scorings.remove(at: index) }
        }
    }
}
