package import EventSourcing

/// A command by a person or by the service: by whose act, and what is wanted.
package struct StaffCommand<Intent: Sendable & Equatable>: Sendable, Equatable {
    package let act: StaffAct
    package let intent: Intent

    /// Makes a command.
    package init(_ intent: Intent, by act: StaffAct) {
        self.act = act
        self.intent = intent
    }
}

/// A decider whose commands come from people.
///
/// A command that was carried out before (`CommandKey`) comes to nothing more. What a command may do is said by
/// `facts`, what it changes by `evolve(_:by:)`.
package protocol StaffDecider: Decider
where Command == StaffCommand<Intent>, Event == StaffEvent<Fact>, Rejection == ActRejection {
    /// What can be wanted.
    associatedtype Intent: Sendable & Equatable
    /// What can have happened.
    associatedtype Fact: StaffFact

    /// The commands answered so far.
    var memory: CommandMemory { get set }
    /// What a command that is not known yet comes to.
    func facts(for intent: Intent, by act: StaffAct) throws(ActRejection) -> [Fact]
    /// Takes in what happened.
    mutating func evolve(_ fact: Fact, by act: StaffAct)
}

extension StaffDecider {
    package func decide(_ command: StaffCommand<Intent>) throws(ActRejection) -> [StaffEvent<Fact>] {
        if try memory.knows(command.act.command) { return [] }
        guard memory.eventCount < CommandMemory.eventsMax else { throw ActRejection(.streamFull) }
        return try facts(for: command.intent, by: command.act).map { StaffEvent($0, by: command.act) }
    }

    package mutating func evolve(_ event: StaffEvent<Fact>) {
        memory.note(event.act)
        evolve(event.fact, by: event.act)
    }
}

extension StaffAct {
    /// Refuses an act of a role that is not among these.
    func requireRole(_ allowed: Set<StaffRole>) throws(ActRejection) {
        guard allowed.contains(role) else { throw ActRejection(.roleNotAllowed) }
    }
}
