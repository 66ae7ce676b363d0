import Admissions
import EventSourcing

/// The rows of the people whom a run of news concerns, as last told to the practices.
///
/// What changed is found by comparing rows before and after each fact, so whatever moves a row is told, and with the fact
/// that moved it. People with very many encounters (a dummy number) are compared once at the end of the run.
///
/// ```
/// for each fact: prepare ▶ (applied) ▶ tell      then: tellRest ▶ changes
/// ```
struct RowsOfRun: Sendable {
    typealias Rows = [EncounterTable.RowKey: EncounterRow]

    /// People with more encounters are compared once a run.
    static let visitsMax = 64

    /// What practices are to be told, in the order of the facts.
    private(set) var changes: [PracticeChange] = []
    private var shown: [PatientKey: Rows] = [:]
    private var people: Set<PatientKey> = []
    /// Those who are compared at the end: their rows at the beginning, and the last news of them.
    private var late: (people: Set<PatientKey>, rows: Rows, news: RowNews)?

    /// Takes note of the rows that the next fact may change.
    mutating func prepare(_ news: RowNews, in fold: inout PracticeFold) {
        people = fold.people(concernedBy: news)
        for person in people where shown[person] == nil && late?.people.contains(person) != true {
            shown[person] = fold.keyedRows(of: person)
        }
    }

    /// Compares, once the fact has been applied.
    mutating func tell(_ news: RowNews, in fold: inout PracticeFold) {
        let after = people.union(fold.people(concernedBy: news)).reduce(into: Set<PatientKey>()) {
            $0.formUnion([$1, fold.log.root(of: $1)])
        }
        var before: Rows = [:]
        for person in after {
            if let rows = shown.removeValue(forKey: person) { before.merge(rows) { first, _ in first } }
        }
        let isLate = after.contains { person in
            late?.people.contains(person) == true || fold.log.visitsNamed(of: person).count > Self.visitsMax
        }
        if isLate {
            var whole = late ?? (people: [], rows: [:], news: news)
            whole.people.formUnion(after)
            whole.rows.merge(before) { first, _ in first }
            whole.news = news
            late = whole
            return
        }
        var now: Rows = [:]
        for person in after where fold.log.root(of: person) == person {
            let rows = fold.keyedRows(of: person)
            shown[person] = rows
            now.merge(rows) { first, _ in first }
        }
        changes += RowComparison(
            before: before, after: now, departed: fold.departed, hidden: fold.hidden, news: news
        ).changes
    }

    /// Compares those who were left for the end.
    mutating func tellRest(in fold: inout PracticeFold) {
        guard let late else { return }
        var now: Rows = [:]
        for person in late.people where fold.log.root(of: person) == person {
            now.merge(fold.keyedRows(of: person)) { first, _ in first }
        }
        changes += RowComparison(
            before: late.rows, after: now, departed: fold.departed, hidden: fold.hidden, news: late.news
        ).changes
        self.late = nil
    }
}

extension PracticeFold {
    /// The rows of a person by their keys; those of no practice are left out, for nobody follows them.
    mutating func keyedRows(of person: PatientKey) -> RowsOfRun.Rows {
        var keyed: RowsOfRun.Rows = [:]
        for (_, row) in rows(of: person) where row.practice != EncounterRow.unknownPractice {
            keyed[EncounterTable.RowKey(row, of: hospital)] = row
        }
        return keyed
    }
}
