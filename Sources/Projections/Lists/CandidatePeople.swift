import Admissions
import EventLog
import EventSourcing
import Postgres

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

    /// Rows and open concerns in any order; people come in that of their first row.
    init(_ candidates: [Candidate], concerns: [CandidateConcern], marks: CandidateMarks) {
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
            people[place].take(candidate, marks)
        }
        let byPatient = Dictionary(grouping: concerns, by: \.patient)
        for place in people.indices {
            let patients = Set(people[place].candidates.values.lazy.filter { $0.encounter.correctedAt == nil }.map(\.patient))
            people[place].patient.concerns = patients.flatMap { byPatient[$0] ?? [] }.map(\.concern)
                .sorted { ($0.raisedAt, $0.id) < ($1.raisedAt, $1.id) }
        }
    }
}

/// A hospital's record of a person.
struct CandidatePatient: Hashable, Sendable {
    let hospital: LogName
    let ref: String
}

/// An open concern, and whom it is about.
struct CandidateConcern: Sendable {
    let patient: CandidatePatient
    let concern: HuddlePatient.OpenConcern

    init(patient: CandidatePatient, concern: HuddlePatient.OpenConcern) {
        self.patient = patient
        self.concern = concern
    }

    /// Reads what `CandidateQuery.concerns` gives.
    init(_ row: PostgresRow) throws(PostgresError) {
        var columns = ColumnReader(row)
        patient = CandidatePatient(hospital: try columns.next(), ref: try columns.next())
        concern = HuddlePatient.OpenConcern(
            id: try columns.next(), kind: try columns.next(), raisedAt: try columns.next())
    }
}

extension Candidate {
    var patient: CandidatePatient { CandidatePatient(hospital: hospital, ref: patientRef) }
}

extension CandidatePeople.Person {
    fileprivate mutating func take(_ candidate: Candidate, _ marks: CandidateMarks) {
        let isGone = candidate.encounter.correctedAt != nil
        // A row that has gone shows the person as last shown to the practice: it has no news of them.
        if !isGone || patient.encounters.isEmpty {
            patient.family = candidate.family ?? patient.family
            patient.given = candidate.given ?? patient.given
            patient.born = candidate.born ?? patient.born
        }
        if !isGone {
            patient.isDeceased = patient.isDeceased || candidate.isDeceased
            // The latest score counts; of two of one day the one that was entered by hand.
            for score in [candidate.listScore, marks.scores[candidate.patientRef]].compactMap(\.self)
            where patient.symphony.map({ ($0.scoredOn?.number ?? .min) <= (score.scoredOn?.number ?? .min) }) ?? true {
                patient.symphony = score
            }
            if candidate.registration != HuddlePatient.Registration() { patient.registration = candidate.registration }
            discussed = discussed ?? marks.discussions[candidate.patientRef]
            // An open case says more than one that ended, at whichever hospital.
            if patient.onboarding?.state.isOpen != true { patient.onboarding = marks.cases[candidate.patientRef] ?? patient.onboarding }
            patient.deathToldAt = [patient.deathToldAt, candidate.deathToldAt].compactMap(\.self).min()
        }
        patient.encounters.append(candidate.encounter)
        candidates[candidate.encounter.ref] = candidate
        if candidate.isListed { listed.insert(candidate.encounter.ref) }
    }
}
