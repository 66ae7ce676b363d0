/// What is appended as one: a message and the events it tells.
///
/// Either all of it is in the log or nothing. There is always at least one event: a quarantined message is told by
/// `message.quarantined.v1` in the stream `message`.
package struct Entry: Sendable, Equatable {
    /// The log it belongs to.
    package var log: LogName
    /// The message, byte for byte.
    package var message: ReceivedMessage
    /// The events it tells, at least one, in order.
    package var events: [NewEvent]

    /// Makes an entry.
    package init(log: LogName, message: ReceivedMessage, events: [NewEvent]) {
        self.log = log
        self.message = message
        self.events = events
    }
}
