package import EventSourcing

/// Something that a huddle wants done about a patient.
///
/// ```
///                ┌─assign─┐
/// unasked ─add─▶ open ─complete─▶ done
///                 ▲                │
///                 └─────reopen─────┘
/// ```
///
/// One stream an action, in the log of the practice. Open actions outlive the huddle that added them.
package struct HuddleAction: StaffDecider {
    package enum State: String, Sendable, CaseIterable {
        case unasked, open, done
    }

    /// What is to be done (product.md 4.6).
    package enum Kind: String, Sendable, CaseIterable {
        case call, visit, review
        case medicinesCheck = "medicines-check"
        case letter
        case hotOnboarding = "hot-onboarding"
        /// Said in the note.
        case other
    }

    /// What may be wanted.
    package enum Intent: Sendable, Equatable {
        case add(Kind, about: PatientSubject, who: Assignee, due: LondonDay, note: StaffNote?)
        case assign(Assignee)
        case complete(note: StaffNote?)
        /// It was not done after all.
        case reopen
    }

    package var memory = CommandMemory()
    package private(set) var state = State.unasked
    package private(set) var kind: Kind?
    package private(set) var subject: PatientSubject?
    package private(set) var who: Assignee?
    package private(set) var due: LondonDay?
    package private(set) var note: StaffNote?
    package private(set) var added: StaffAct?
    package private(set) var completed: StaffAct?
    /// What came of it.
    package private(set) var resultNote: StaffNote?

    package init() {}

    /// The stream of an action; its identifier is that of the command that adds it.
    package static func stream(_ adding: CommandKey) -> StreamName {
        StreamName("action:" + adding.id)
    }

    /// The furthest day by which something can be wanted, in days.
    package static let dueDaysMax = 366

    /// Whether it should have been done by now.
    package func isOverdue(at now: Instant) -> Bool {
        guard state == .open, let due else { return false }
        return due < LondonDay(of: now)
    }

    package func facts(for intent: Intent, by act: StaffAct) throws(ActRejection) -> [HuddleActionFact] {
        try act.requireRole(StaffRole.huddleWriters)
        switch intent {
        case .add(let kind, let subject, let who, let due, let note):
            guard state == .unasked else { throw ActRejection(.alreadyExists) }
            guard kind != .other || note != nil else { throw ActRejection(.reasonMissing, .note) }
            try who.check(.owner)
            let days = due.number - LondonDay(of: act.at).number
            guard (0...Int64(Self.dueDaysMax)).contains(days) else { throw ActRejection(.valueOutOfRange, .due) }
            return [.added(kind, about: subject, who: who, due: due, note: note)]
        case .assign(let who):
            try requireOpen()
            try who.check(.owner)
            return who == self.who ? [] : [.assigned(who)]
        case .complete(let note):
            try requireOpen()
            return [.completed(note: note)]
        case .reopen:
            guard state == .done else { throw ActRejection(state == .unasked ? .notFound : .notAllowedInState) }
            return [.reopened]
        }
    }

    private func requireOpen() throws(ActRejection) {
        guard state == .open else { throw ActRejection(state == .unasked ? .notFound : .notAllowedInState) }
    }

    package mutating func evolve(_ fact: HuddleActionFact, by act: StaffAct) {
        switch fact {
        case .added(let kind, let subject, let who, let due, let note):
            state = .open
            self.kind = kind
            self.subject = subject
            self.who = who
            self.due = due
            self.note = note
            added = act
        case .assigned(let who): self.who = who
        case .completed(let note):
            state = .done
            completed = act
            resultNote = note
        case .reopened:
            state = .open
            completed = nil
            resultNote = nil
        }
    }
}
