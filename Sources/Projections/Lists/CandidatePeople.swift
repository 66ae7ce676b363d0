import Admissions
import EventLog
import EventSourcing

/// Whom a list may show, by person.
struct CandidatePeople: Sendable {
    /// A person of the practice.
    struct Person: Sendable {
        let key: String
        var patient: HuddlePatient
        /// Rows by encounter, for what a line needs beside the rules.
        var candidates: [String: Candidate]
        /// Refs of the rows that belong to a plain list.
        var listed: Set<String>
        var discussed: ListItem.Discussion?
    }

    private(set) var people: [Person] = []

    /// Rows in any order; people come in that of their first row.
    init(_ candidates: [Candidate]) {
        var places: [String: Int] = [:]
        for candidate in candidates {
            let place: Int
            if let known = places[candidate.person] {
                place = known
            } else {
                place = people.count
                places[candidate.person] = place
                people.append(
                    Person(
                        key: candidate.person, patient: HuddlePatient(encounters: []), candidates: [:], listed: []))
            }
            people[place].take(candidate)
        }
    }
}

extension CandidatePeople.Person {
    fileprivate mutating func take(_ candidate: Candidate) {
        let isGone = candidate.encounter.correctedAt != nil
        // A row that has gone shows the person as last shown to the practice: it has no news of them.
        if !isGone || patient.encounters.isEmpty {
            patient.family = candidate.family ?? patient.family
            patient.given = candidate.given ?? patient.given
            patient.born = candidate.born ?? patient.born
        }
        if !isGone {
            patient.isDeceased = patient.isDeceased || candidate.isDeceased
            patient.deathToldAt = [patient.deathToldAt, candidate.deathToldAt].compactMap(\.self).min()
        }
        patient.encounters.append(candidate.encounter)
        candidates[candidate.encounter.ref] = candidate
        if candidate.isListed { listed.insert(candidate.encounter.ref) }
    }
}
