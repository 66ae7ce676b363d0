/// A subject that answers commands with events about itself.
///
/// The state is the fold of one small stream: `init()` is the state before its first event. `decide` says what a
/// command comes to and changes nothing; `evolve` takes in an event and never fails, for what stands in the log has
/// happened. Both are pure. Who appends the events does so at the version at which the stream was loaded; a stale
/// version is the log's to refuse.
package protocol Decider: Sendable, Equatable {
    /// What is asked for.
    associatedtype Command: Sendable
    /// What has happened.
    associatedtype Event: Sendable
    /// Why a command is not carried out.
    associatedtype Rejection: Error

    /// The state before the first event.
    init()
    /// The events that a command comes to; none where it changes nothing.
    func decide(_ command: Command) throws(Rejection) -> [Event]
    /// Takes in an event.
    mutating func evolve(_ event: Event)
}

extension Decider {
    /// The state after these events, in the order of their stream.
    package init(folding events: some Sequence<Event>) {
        self.init()
        for event in events { evolve(event) }
    }
}
