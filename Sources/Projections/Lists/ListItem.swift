/// One line of a list.
package struct ListItem: Sendable, Hashable {
    /// The encounter; of a restricted patient already without its location.
    package var row: EncounterRow
    /// How far an open encounter is still to be believed.
    package var standing: EncounterStanding

    /// Whether to say "Location withheld".
    package var isLocationWithheld: Bool { row.patient.isRestricted }

    /// Makes a line.
    package init(row: EncounterRow, standing: EncounterStanding) {
        self.row = row
        self.standing = standing
    }
}
