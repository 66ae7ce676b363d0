package import Admissions
package import EventSourcing

/// All that was told of a patient or an encounter, in the order in which we learned it, and who was told of it.
///
/// Made of the events themselves by the fold that the views are made by (`HistoryFold`); what somebody may not see is
/// masked in it already (`HistoryReach`), so whoever writes it down adds nothing and leaves nothing out.
package struct History: Sendable, Equatable {
    /// Hospital by hospital, and the practice's own log last; within each in the order of the log.
    package var items: [HistoryItem] = []
    /// The encounters, by when they began.
    package var visits: [HistoryVisit] = []
    /// Under which practices the encounters are or were shown.
    package var rows: [HistoryRow] = []
    /// Who was shown the patient; for the auditor alone.
    package var looks: [HistoryLook] = []
    /// What webhooks were told, with what has come of it by today; for the auditor alone.
    package var deliveries: [HistoryDelivery] = []
    /// Whether there is more of it than was read (`HistoryReader.eventsMax`).
    package var isCut = false
    /// Whether where the patient is stays withheld.
    package var hidesPlace = false

    package init() {}

    /// Whether nothing was told.
    package var isEmpty: Bool { items.isEmpty }
}

/// One event: what it says, when it happened and when we were told, and what it changed.
package struct HistoryItem: Sendable, Equatable {
    /// The log; `nil` where it would tell where a restricted patient is.
    package var log: LogName?
    package var position: Position
    /// The event's type: `encounter.admitted.v1`.
    package var type: String
    /// The same in plain words.
    package var words: String
    /// The encounter that it is about, as `HistoryVisit` names it; `nil` for the patient's own events.
    package var visit: String?
    /// When it happened, as told.
    package var happened: Moment?
    /// The field in which that time stood.
    package var happenedField: TimeField?
    /// When we were told.
    package var toldAt: Instant
    /// What is known otherwise since, in the order of `HistoryField`.
    package var changes: [HistoryChange] = []
    /// The position of the event that took it back; it is to be struck through.
    package var takenBackBy: Position?
    /// The position of the event that had told the very same before.
    package var repeats: Position?
    /// The message that told it; `nil` where people did.
    package var source: HistorySource?
    /// Who told it, where no message did.
    package var by: String?
    /// Whether what it said was erased since (`audit redact`).
    package var isErased = false
    /// Whether it cannot be read.
    package var isUnreadable = false

    package init(log: LogName?, position: Position, type: String, words: String, toldAt: Instant) {
        self.log = log
        self.position = position
        self.type = type
        self.words = words
        self.toldAt = toldAt
    }
}

/// What an event changed: a value before and after; `nil` where nothing was known.
package struct HistoryChange: Sendable, Equatable {
    package var field: HistoryField
    package var before: String?
    package var after: String?
}

/// The message that told an event.
package struct HistorySource: Sendable, Equatable {
    /// The log position of its first event, by which it is kept.
    package var position: Position
    /// MSH-9: `ADT^A01`.
    package var trigger: String
    /// MSH-10.
    package var controlID: String
    /// MSH-3|MSH-4; `nil` where it would tell where a restricted patient is.
    package var sender: String?
    /// Address of the peer, or file; for the auditor alone.
    package var receivedFrom: String?
}

/// One encounter as it stands at the end of the history.
package struct HistoryVisit: Sendable, Equatable {
    /// Its ref at the practice, else `visit-1`, `visit-2`.
    package var name: String
    /// The log that tells it; `nil` where withheld.
    package var log: LogName?
    package var encounterClass: String
    package var status: String
    /// Whether it is to be taken as never having been.
    package var isVoid: Bool
    package var began: Moment?
    package var ended: Moment?
    /// Under how many other numbers the hospital told of it.
    package var otherNumbers: Int
    /// Where the patient was, the earliest first.
    package var places: [HistoryPlace]
}

/// A time in one place.
package struct HistoryPlace: Sendable, Equatable {
    /// `7B bed 3`, or `withheld`.
    package var text: String
    package var from: Moment
    package var to: Moment?
}

/// Where an encounter stands, or stood, in a practice's lists.
package struct HistoryRow: Sendable, Equatable {
    package var practice: String
    package var encounterRef: String
    package var patientRef: String
    package var shownSince: Instant
    /// When we learned that it is not this practice's to see; `nil` while it is.
    package var withdrawnAt: Instant?
    package var withdrawnReason: String?
}

/// One look that showed the patient: an access record.
package struct HistoryLook: Sendable, Equatable {
    package var practice: String
    package var at: Instant
    package var subject: String
    package var role: String
    package var client: String
    package var purpose: String
    package var route: String
    package var requestID: String
}

/// One thing that a webhook was told, or was to be.
package struct HistoryDelivery: Sendable, Equatable {
    package var practice: String
    /// The host of its URL.
    package var host: String
    package var type: String
    package var toldAt: Instant
    package var triedAt: Instant?
    /// `waiting`, `delivered` or `failed`.
    package var state: String
    package var status: Int32?
    package var attempts: Int32
}
