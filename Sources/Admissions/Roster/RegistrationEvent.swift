package import EventSourcing

/// A fact about one person on one practice's list, as the practice told it.
///
/// Stands in the log of the practice. A practice's acts have an order, which is that of its log: later ones count.
package struct RegistrationEvent: Sendable, Equatable {
    /// What took place.
    package enum Change: Sendable, Equatable {
        /// The person is on the list, from a day on; `nil` where nobody tells since when.
        case listed(RegisteredPatient, from: LondonDay?)
        /// The person is off the list, from this day on.
        case left(on: LondonDay)
        /// Name, birth, usual GP, care home or day of registration are these now.
        case detailsChanged(RegisteredPatient.Details)
        /// The score is this now; `nil` is none.
        case symphonyScored(RegisteredPatient.Symphony?)
        /// Caseload, consent, key worker, concern and reviews are these now.
        case careChanged(RegisteredPatient.Care)
    }

    package let person: NHSNumber
    package let change: Change
    /// Whose act it is: `terminal:kay`.
    package let by: String

    package init(_ change: Change, of person: NHSNumber, by: String) {
        self.person = person
        self.change = change
        self.by = by
    }

    /// The event's type in the log.
    package var type: String { change.kind.rawValue }

    /// The day on which it counts.
    package var day: LondonDay? {
        switch change {
        case .listed(_, let from): from
        case .left(let day): day
        case .symphonyScored(let symphony): symphony?.scoredOn
        case .detailsChanged, .careChanged: nil
        }
    }

    /// The stream of one person on one practice's list: `registration:` and 32 hexadecimal digits.
    ///
    /// A digest, so that no NHS number stands where streams are listed or told of; whoever has the number can make it.
    package static func stream(of person: NHSNumber, at practice: ODSPracticeCode) -> StreamName {
        let name = "registration|\(practice.rawValue)|\(person.digits)"
        return StreamName("registration:" + Digest(of: Array(name.utf8)).hexadecimal.prefix(32))
    }

    /// The event as the log of a practice takes it.
    package func newEvent(at practice: ODSPracticeCode) -> NewEvent {
        NewEvent(
            stream: Self.stream(of: person, at: practice), type: type, payload: payload, occurredAt: day?.start)
    }
}

extension RegistrationEvent.Change {
    /// What took place, as the log names it.
    package enum Kind: String, Sendable, CaseIterable {
        case listed = "registration.listed.v1"
        case left = "registration.left.v1"
        case detailsChanged = "registration.details-changed.v1"
        case symphonyScored = "registration.symphony-scored.v1"
        case careChanged = "registration.care-changed.v1"
    }

    package var kind: Kind {
        switch self {
        case .listed: .listed
        case .left: .left
        case .detailsChanged: .detailsChanged
        case .symphonyScored: .symphonyScored
        case .careChanged: .careChanged
        }
    }
}
