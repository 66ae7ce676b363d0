package import EventSourcing

/// One day's huddle of a practice: who has been discussed, and when it was closed.
///
/// ```
///          discuss            ┌──────────────┐
///       ┌──────────────────▶  │  discussed   │      each patient by themselves
///  not discussed  ◀────────── └──────────────┘
///          undo (that very mark)
///
///  open ─close─▶ closed       the day; after that nothing is marked or undone
/// ```
///
/// One stream a day, in the log of the practice. Each patient's mark stands by itself, so whoever loses the race for
/// the stream's version may decide again over the fresh state: what is refused then is refused for the row's sake.
package struct HuddleDay: StaffDecider {
    /// Who marked a patient as discussed, and when.
    package struct Mark: Sendable, Equatable {
        package let by: String
        package let at: Instant
        /// The command that set it: what an undo must name.
        package let command: String
    }

    /// How the day was closed.
    package struct Close: Sendable, Equatable {
        package let by: String
        package let at: Instant
        /// Who was there, where somebody said so.
        package let attendees: [String]
        /// How many of the list nobody had marked.
        package let notDiscussed: Int
    }

    /// What may be wanted.
    package enum Intent: Sendable, Equatable {
        case discuss(PatientSubject)
        /// Take back a mark; `mark` is the identifier of the command that set it, as the page showed it.
        case undo(PatientSubject, mark: String)
        case close(attendees: [String], notDiscussed: Int)
    }

    package var memory = CommandMemory()
    package private(set) var marks: [PatientSubject: Mark] = [:]
    package private(set) var closed: Close?
    /// How often the mark of each patient was set or taken back: who sends what they saw is refused if it has changed.
    package private(set) var versions: [PatientSubject: Int64] = [:]

    package init() {}

    /// The stream of a day.
    package static func stream(_ day: LondonDay) -> StreamName {
        StreamName("huddle:" + day.text)
    }

    /// The most people named as present.
    package static let attendeesMax = 50
    /// The most patients on a list: more is a mistake.
    package static let patientsMax = 10_000

    package func facts(for intent: Intent, by act: StaffAct) throws(ActRejection) -> [HuddleFact] {
        try act.requireRole(StaffRole.huddleWriters)
        switch intent {
        case .discuss(let subject):
            if marks[subject] != nil { throw ActRejection(.alreadyDiscussed) }
            try refuseOnceClosed()
            return [.discussed(subject)]
        case .undo(let subject, let command):
            try refuseOnceClosed()
            guard let mark = marks[subject], mark.command == command else { throw ActRejection(.markChanged) }
            return [.discussionUndone(subject)]
        case .close(let attendees, let notDiscussed):
            try refuseOnceClosed()
            guard attendees.count <= Self.attendeesMax, Set(attendees).count == attendees.count else {
                throw ActRejection(.wrongCount, .attendees)
            }
            for name in attendees { try Assignee.check(name, .attendees) }
            guard (0...Self.patientsMax).contains(notDiscussed) else { throw ActRejection(.valueOutOfRange) }
            return [.closed(attendees: attendees, notDiscussed: notDiscussed)]
        }
    }

    private func refuseOnceClosed() throws(ActRejection) {
        guard closed == nil else { throw ActRejection(.notAllowedInState) }
    }

    package mutating func evolve(_ fact: HuddleFact, by act: StaffAct) {
        switch fact {
        case .discussed(let subject):
            marks[subject] = Mark(by: act.by, at: act.at, command: act.command?.id ?? "")
            versions[subject, default: 0] += 1
        case .discussionUndone(let subject):
            marks[subject] = nil
            versions[subject, default: 0] += 1
        case .closed(let attendees, let notDiscussed):
            closed = Close(by: act.by, at: act.at, attendees: attendees, notDiscussed: notDiscussed)
        }
    }
}
