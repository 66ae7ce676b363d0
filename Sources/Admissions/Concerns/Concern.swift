package import EventSourcing

/// A worry about a patient that a practice keeps in sight until somebody closes it.
///
/// ```
/// unraised ─raise─▶ open ─close─▶ closed
/// ```
///
/// One stream a concern, in the log of the practice. What turns out mistaken is closed, never changed; a concern that
/// comes back is another one.
package struct Concern: StaffDecider {
    package enum State: String, Sendable, CaseIterable {
        case unraised, open, closed
    }

    /// What may be wanted.
    package enum Intent: Sendable, Equatable {
        case raise(ConcernKind, about: PatientSubject, note: StaffNote?, owner: Assignee?, review: LondonDay?)
        case close(reason: StaffNote?)
    }

    package var memory = CommandMemory()
    package private(set) var state = State.unraised
    package private(set) var kind: ConcernKind?
    package private(set) var subject: PatientSubject?
    package private(set) var note: StaffNote?
    /// Who keeps it in sight; `nil` for the huddle as a whole.
    package private(set) var owner: Assignee?
    /// The day on which to look at it again.
    package private(set) var review: LondonDay?
    package private(set) var raised: StaffAct?
    package private(set) var closed: StaffAct?
    /// Why it was closed.
    package private(set) var closingReason: StaffNote?

    package init() {}

    /// The stream of a concern; its identifier is that of the command that raises it.
    package static func stream(_ raising: CommandKey) -> StreamName {
        StreamName("concern:" + raising.id)
    }

    /// The furthest day for a review, in days.
    package static let reviewDaysMax = 366

    package func facts(for intent: Intent, by act: StaffAct) throws(ActRejection) -> [ConcernFact] {
        switch intent {
        case .raise(let kind, let subject, let note, let owner, let review):
            // Concerns come from outside too; free text about health is not for the huddle's organiser.
            try act.requireRole(note == nil ? StaffRole.huddleWriters : StaffRole.clinicalWriters)
            guard state == .unraised else { throw ActRejection(.alreadyExists) }
            guard kind != .other || note != nil else { throw ActRejection(.reasonMissing, .note) }
            try owner?.check(.owner)
            if let review {
                let days = review.number - LondonDay(of: act.at).number
                guard (0...Int64(Self.reviewDaysMax)).contains(days) else {
                    throw ActRejection(.valueOutOfRange, .review)
                }
            }
            return [.raised(kind, about: subject, note: note, owner: owner, review: review)]
        case .close(let reason):
            try act.requireRole(StaffRole.clinicalWriters)
            guard state == .open else { throw ActRejection(state == .unraised ? .notFound : .notAllowedInState) }
            guard let reason else { throw ActRejection(.reasonMissing, .reason) }
            return [.closed(reason: reason)]
        }
    }

    package mutating func evolve(_ fact: ConcernFact, by act: StaffAct) {
        switch fact {
        case .raised(let kind, let subject, let note, let owner, let review):
            state = .open
            self.kind = kind
            self.subject = subject
            self.note = note
            self.owner = owner
            self.review = review
            raised = act
        case .closed(let reason):
            state = .closed
            closed = act
            closingReason = reason
        }
    }
}
