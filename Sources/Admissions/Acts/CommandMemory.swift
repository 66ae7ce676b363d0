import EventSourcing

/// The commands that a stream has answered, and how long it has grown.
///
/// Part of a decider's state, so that a command sent twice is known by the events of the first time.
package struct CommandMemory: Sendable, Equatable {
    private var answered: [String: Digest] = [:]
    /// How many events the stream holds.
    package private(set) var eventCount = 0

    /// The longest stream that takes commands; the log takes longer ones.
    package static let eventsMax = 2_000

    /// Nothing answered yet.
    package init() {}

    /// Whether the command was carried out before; refused if its identifier then meant something else.
    package func knows(_ command: CommandKey?) throws(ActRejection) -> Bool {
        guard let command, let digest = answered[command.id] else { return false }
        guard digest == command.digest else { throw ActRejection(.commandIDReused) }
        return true
    }

    mutating func note(_ act: StaffAct) {
        eventCount += 1
        if let command = act.command { answered[command.id] = command.digest }
    }
}
