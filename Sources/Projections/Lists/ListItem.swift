package import Admissions
package import EventSourcing

/// One line of a list.
package struct ListItem: Sendable, Hashable {
    /// That somebody marked the patient as discussed today.
    package struct Discussion: Sendable, Hashable {
        package var at: Instant
        package var by: String

        package init(at: Instant, by: String) {
            self.at = at
            self.by = by
        }
    }

    /// The encounter; of a restricted patient already without its location.
    package var row: EncounterRow
    /// How far an open encounter is still to be believed.
    package var standing: EncounterStanding
    /// Worst first, each with its reason.
    package var flags: [HuddleFlag]
    /// Open concerns that people raised.
    package var concerns: [HuddlePatient.OpenConcern]
    /// What the service itself finds worrying.
    package var systemConcerns: [HuddleFlag]
    /// `nil` if not, or not known.
    package var discussed: Discussion?
    /// First told to us since the last huddle; of huddles alone.
    package var isNew: Bool

    /// Whether to say "Location withheld".
    package var isLocationWithheld: Bool { row.patient.isRestricted }

    /// Makes a line.
    package init(
        row: EncounterRow, standing: EncounterStanding, flags: [HuddleFlag] = [],
        concerns: [HuddlePatient.OpenConcern] = [], systemConcerns: [HuddleFlag] = [], discussed: Discussion? = nil,
        isNew: Bool = false
    ) {
        self.row = row
        self.standing = standing
        self.flags = flags
        self.concerns = concerns
        self.systemConcerns = systemConcerns
        self.discussed = discussed
        self.isNew = isNew
    }
}
