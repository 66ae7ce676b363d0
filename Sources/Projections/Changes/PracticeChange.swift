package import EventSourcing

/// One line that is added to a practice's journal.
///
/// Holds refs and no other patient data. Whatever changes what a practice reads must be told by at least one line in the
/// same transaction: entity tags, streams and webhooks go by it.
package struct PracticeChange: Sendable, Hashable {
    /// The practice that is told.
    package var practice: String
    /// What kind of change.
    package var type: ChangeType
    /// Ref of the encounter at this practice; `nil` if it is of no single one.
    package var encounterRef: String?
    /// Ref of the patient at this practice; `nil` if it is of nobody.
    package var patientRef: String?
    /// The log that told it; `nil` for a restricted patient, of whom it would be a location. Never shown to practices.
    package var hospital: LogName?
    /// Class of the encounter, as rows have it.
    package var encounterClass: String?
    /// Lists it may have changed, as paths name them, ascending; `PracticeChange.allLists` alone for all.
    package var lists: [String]
    /// When it happened, as the hospital says; `nil` if it says nothing, or a day alone.
    package var happenedAt: Instant?
    /// When the message that told it reached us.
    package var toldAt: Instant

    /// Describes a change.
    package init(
        practice: String, type: ChangeType, encounterRef: String? = nil, patientRef: String? = nil,
        hospital: LogName? = nil, encounterClass: String? = nil, lists: [String], happenedAt: Instant? = nil,
        toldAt: Instant
    ) {
        self.practice = practice
        self.type = type
        self.encounterRef = encounterRef
        self.patientRef = patientRef
        self.hospital = hospital
        self.encounterClass = encounterClass
        self.lists = lists
        self.happenedAt = happenedAt
        self.toldAt = toldAt
    }

    /// Stands for every list.
    package static let allLists = "all"
}
