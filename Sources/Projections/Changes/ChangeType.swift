import Admissions

/// What kind of change a practice is told; raw values as they stand in the change feed (product.md 5.3).
///
/// Others may come: clients pass over those they do not know.
package struct ChangeType: RawRepresentable, Sendable, Hashable {
    package let rawValue: String

    /// Takes a type as stored: `encounter.admitted`.
    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// The type that tells of an act, by the type of its event: `huddle.discussion-undone.v1` is `huddle.discussion_undone`.
    init(ofEvent type: String) {
        let words = type.split(separator: ".").prefix(2).joined(separator: ".")
        self.init(rawValue: String(words.map { $0 == "-" ? "_" : $0 }))
    }

    /// A stay is shown among inpatients, newly or anew at this practice.
    package static let admitted = ChangeType(rawValue: "encounter.admitted")
    /// Another ward, bay or bed.
    package static let transferred = ChangeType(rawValue: "encounter.transferred")
    /// The end of a stay.
    package static let discharged = ChangeType(rawValue: "encounter.discharged")
    /// Cancelled, or entered in error.
    package static let cancelled = ChangeType(rawValue: "encounter.cancelled")
    /// What was told before was wrong: a cancelled discharge, another time or patient, a stay that is no longer shown.
    package static let corrected = ChangeType(rawValue: "encounter.corrected")
    /// Anything else of an encounter.
    package static let updated = ChangeType(rawValue: "encounter.updated")
    /// An A&E attendance began.
    package static let attendanceStarted = ChangeType(rawValue: "attendance.started")
    /// An A&E attendance ended.
    package static let attendanceEnded = ChangeType(rawValue: "attendance.ended")
    /// The patient's death is told.
    package static let died = ChangeType(rawValue: "patient.died")
    /// The record turned out to be one with another.
    package static let merged = ChangeType(rawValue: "patient.merged")
    /// A merge was taken back.
    package static let unmerged = ChangeType(rawValue: "patient.unmerged")
    /// The patient is registered elsewhere; nothing says where.
    package static let movedPractice = ChangeType(rawValue: "patient.moved_practice")
    /// Name, number, birth date or the like.
    package static let patientUpdated = ChangeType(rawValue: "patient.updated")
    /// A hospital's feed fell silent: what the lists show of it may be old.
    package static let feedFellSilent = ChangeType(rawValue: "feed.fell_silent")
    /// A hospital's feed was heard again.
    package static let feedRecovered = ChangeType(rawValue: "feed.recovered")
    /// The practice closed its huddle: the windows of its lists begin anew.
    package static let huddleClosed = ChangeType(rawValue: "huddle.closed")
    /// The practice told its own list, or a part of it: what lists show of their patients may have changed.
    package static let registrationsUpdated = ChangeType(rawValue: "registrations.updated")
    /// All rows have been made anew: load the lists.
    package static let viewsRebuilt = ChangeType(rawValue: "views.rebuilt")

    /// All that are told now; in the order of their names within each kind.
    package static let all: Set<ChangeType> = Set(
        [
            .admitted, .transferred, .discharged, .cancelled, .corrected, .updated, .attendanceStarted, .attendanceEnded,
            .died, .merged, .unmerged, .movedPractice, .patientUpdated, .feedFellSilent, .feedRecovered,
            .registrationsUpdated, .viewsRebuilt,
        ]
            + [
                "action.added", "action.assigned", "action.completed", "action.reopened", "concern.closed",
                "concern.raised", "huddle.closed", "huddle.discussed", "huddle.discussion_undone",
                "symphony.score_removed", "symphony.scored",
            ].map { ChangeType(rawValue: $0) }
            + HotOnboardingState.allCases.map { ChangeType(ofEvent: "onboarding.\($0.rawValue)") })

    /// Whether it is of a hospital's feed and of no patient.
    package var isOfFeed: Bool { self == .feedFellSilent || self == .feedRecovered }
}
