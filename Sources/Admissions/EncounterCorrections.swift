/// Which facts of an encounter a later one took back: what a history strikes through, and by whose word.
///
/// The same fold as `EncounterReading`, one fact at a time: what stood before a fact and is void behind it was taken back
/// by it. "Later" is as the hospital recorded, not as we heard. Tellings of one thing again (an A01 with another bed)
/// take back what was told before, too.
package struct EncounterCorrections: Sendable, Equatable {
    /// By the fact that was taken back: the fact that did it.
    package private(set) var takenBack: [FactKey: FactKey] = [:]

    /// Reads the facts of an encounter.
    package init(_ encounter: Encounter) {
        let facts = EncounterReading.standing(encounter.facts, of: encounter.key)
        var chapters: [EncounterChapter] = []
        var begun = 0
        for (index, fact) in facts.enumerated() {
            let before = chapters.last
            EncounterReading.take(fact, in: &chapters)
            guard let after = chapters.last else { continue }
            let goesOn = before.map { !$0.isCancelled || after.isCancelled } ?? false
            if !goesOn { begun = index }
            let earlier = facts[begun..<index]
            if goesOn, before?.isCancelled == false, after.isCancelled {
                note(earlier.lazy.filter { !$0.kind.isCancel }, by: fact)
            } else if before?.admission != nil, after.admission == nil {
                note(earlier.lazy.filter { $0.kind == .admitted || $0.kind == .becameInpatient }, by: fact)
            }
            let voided = after.voided.subtracting(before?.voided ?? [])
            note(earlier.lazy.filter { voided.contains($0.key) && fact.mayVoid($0) }, by: fact)
            if let undone = fact.kind.undone, let last = earlier.last(where: { $0.kind == undone && !isTakenBack($0) }) {
                takenBack[last.key] = fact.key
            }
        }
    }

    private func isTakenBack(_ fact: EncounterFact) -> Bool { takenBack[fact.key] != nil }

    private mutating func note(_ facts: some Sequence<EncounterFact>, by later: EncounterFact) {
        for fact in facts where !isTakenBack(fact) { takenBack[fact.key] = later.key }
    }
}

extension EncounterFact {
    /// Whether a place, an end or a leave that is void behind this fact was meant by it: a cancel's, or the same thing
    /// told again. A step into a bed only overtakes the end of the attendance.
    fileprivate func mayVoid(_ other: EncounterFact) -> Bool {
        switch kind {
        case .transferCancelled: other.kind == .transferred
        case .dischargeCancelled: other.kind == .discharged || other.encounter.dischargedAt.value != nil
        case .leaveStartCancelled: other.kind == .leaveStarted
        case .leaveEndCancelled: other.kind == .leaveEnded
        default: other.kind == kind
        }
    }
}

extension AdmissionEvent.Kind {
    /// What it takes back the latest of, where no state remembers which it was.
    fileprivate var undone: AdmissionEvent.Kind? {
        switch self {
        case .clinicianChangeCancelled: .clinicianChanged
        case .transferPlanCancelled: .transferPlanned
        case .dischargePlanCancelled: .dischargePlanned
        default: nil
        }
    }
}
