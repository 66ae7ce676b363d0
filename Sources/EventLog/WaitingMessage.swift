package import EventSourcing

/// A quarantined message of which nothing has become yet: its codes, without the message.
package struct WaitingMessage: Sendable, Equatable {
    /// The log.
    package let log: LogName
    /// The position of the event that tells of it.
    package let position: Position
    /// When it was received.
    package let recordedAt: Instant
    /// The coded reason.
    package let reason: String
    /// `ADT^A01`, or empty.
    package let trigger: String
    /// `MSH-3|MSH-4` as sent, or empty.
    package let sender: String
    /// The length of the message.
    package let byteCount: Int
    /// The payload of the event, which says where in the message the reason lies.
    package let payload: [UInt8]
}
