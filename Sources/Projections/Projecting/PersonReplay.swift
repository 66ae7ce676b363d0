import Admissions
import EventSourcing

/// Some people of a log folded anew, from their first event: they, and all that was ever tied to them.
///
/// Says what the tables must be told whatever they hold now: it names every place where one of these rows can ever have
/// stood. States of patients are none of its affair: they do not hang on any order.
struct PersonReplay: Sendable {
    private var fold: PracticeFold
    private var order: ListOrder
    private var practices: Set<String> = [EncounterRow.unknownPractice]

    /// - Parameter points: what practices told of these people, ascending.
    init(hospital: LogName, basis: ViewBasis, points: [RegistrationPoint]) {
        fold = PracticeFold(hospital: hospital, basis: basis)
        order = ListOrder(points)
        for point in points { practices.insert(basis.successors.current(point.practice).rawValue) }
    }

    /// Applies the next facts of these people, in the order of the log.
    mutating func apply(_ facts: [ToldEvent]) {
        for fact in facts {
            guard let practice = fact.event.patient?.practice.value else { continue }
            practices.insert(fold.basis.successors.current(practice).rawValue)
        }
        order.apply(facts, to: &fold)
    }

    /// Places from which rows are gone because their encounters are withheld.
    var hidden: Set<EncounterTable.RowKey> { fold.hidden }

    /// What the tables must be told.
    mutating func changes() -> StateChanges {
        order.finish(&fold)
        var changes = StateChanges()
        for key in fold.log.encounters.keys.sorted() {
            if let stored = fold.stored(key) { changes.encounters.append(stored) }
        }
        changes.rows = liveRows()
        var places = Set(changes.rows.map { EncounterTable.RowKey($0, of: fold.hospital) })
        for (place, row) in fold.departed.sorted(by: { $0.key < $1.key }) where !places.contains(place) {
            guard let row else { continue }
            changes.withdrawn.append(row)
            places.insert(place)
        }
        for key in fold.log.encounters.keys.sorted() {
            for practice in practices.sorted() {
                let place = fold.place(of: key, at: practice)
                if !places.contains(place) { changes.departed.append(place) }
            }
        }
        return changes
    }

    /// All rows that stand: live ones, and what is left of those that went.
    mutating func rows() -> [EncounterRow] {
        order.finish(&fold)
        var rows: [EncounterRow] = []
        fold.eachRow { rows.append($0) }
        return rows
    }

    /// The rows that show hot onboarding cases of these people.
    mutating func cases(_ records: [StreamName: HotOnboardingRecord]) -> [OnboardingCaseRow] {
        records.sorted { $0.key < $1.key }.compactMap { fold.row(of: $0.value, stream: $0.key)?.shown }
    }

    private mutating func liveRows() -> [EncounterRow] {
        var rows: [EncounterRow] = []
        fold.eachLiveRow { rows.append($0) }
        return rows
    }
}
