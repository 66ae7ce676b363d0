/// One line of a list.
package struct ListItem: Sendable, Hashable {
    /// The encounter; of a restricted patient already without its location.
    package var row: EncounterRow
    /// Of a stay: ref of the A&E attendance it came out of. Of an attendance: ref of the stay it led to.
    ///
    /// Same patient and hospital, the stay beginning between arrival and six hours after the end of the attendance
    /// (domain.md 1.2, ED to ward); an attendance without an end counts for 72 hours. Where the hospital carries on
    /// under one visit number it is the line's own ref.
    package var linkedEncounterRef: String?
    /// How far an open encounter is still to be believed.
    package var standing: EncounterStanding

    /// Whether to say "Location withheld".
    package var isLocationWithheld: Bool { row.patient.isRestricted }

    /// Makes a line.
    package init(row: EncounterRow, linkedEncounterRef: String?, standing: EncounterStanding) {
        self.row = row
        self.linkedEncounterRef = linkedEncounterRef
        self.standing = standing
    }
}
