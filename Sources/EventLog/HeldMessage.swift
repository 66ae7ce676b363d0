package import EventSourcing

/// A message that was quarantined, byte for byte, and what became of it.
package struct HeldMessage: Sendable, Equatable {
    /// The event by which an operator settled it.
    package struct Settlement: Sendable, Equatable {
        /// `message.redriven.v1` or `message.discarded.v1`.
        package let type: String
        /// Where it stands in the log.
        package let position: Position
    }

    /// The log.
    package let log: LogName
    /// The position of the event that told of it first.
    package let position: Position
    /// When it was received.
    package let recordedAt: Instant
    /// The coded reason.
    package let reason: String
    /// `ADT^A01`, or empty.
    package let trigger: String
    /// `MSH-3|MSH-4` as sent, or empty.
    package let sender: String
    /// Blinds the digest to which leaves commit.
    package let salt: Salt
    /// The message as it came.
    package let bytes: [UInt8]
    /// The payload of the event that told of it first.
    package let payload: [UInt8]
    /// What became of it; `nil` while it waits.
    package let settlement: Settlement?
}
