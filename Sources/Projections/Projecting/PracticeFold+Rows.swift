import Admissions

extension PracticeFold {
    /// People between whom what was read of encounters is forgotten, so that memory stays that of the fold.
    private static let peopleAtOnce = 2_000

    /// Gives all rows that stand: live ones, and what is left of those that went.
    mutating func eachRow(_ body: (EncounterRow) -> Void) {
        var places: Set<EncounterTable.RowKey> = []
        let (hospital, hasDeparted) = (hospital, !departed.isEmpty)
        eachLiveRow { row in
            if hasDeparted { places.insert(EncounterTable.RowKey(row, of: hospital)) }
            body(row)
        }
        for (place, row) in departed where !places.contains(place) {
            if let row { body(row) }
        }
    }

    /// Gives all live rows.
    mutating func eachLiveRow(_ body: (EncounterRow) -> Void) {
        for (place, person) in people.enumerated() {
            for (_, row) in rows(of: person) { body(row) }
            if place % Self.peopleAtOnce == Self.peopleAtOnce - 1 { forgetReadings() }
        }
        for key in encounters where reading(key).patient == nil && !isWithheld(key) { body(rowOfNobody(key)) }
    }
}
