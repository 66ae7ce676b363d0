package import EventSourcing

/// A message that stands in a log, with what we answered and why.
package struct StoredMessage: Sendable, Equatable {
    /// The log.
    package let log: LogName
    /// The position of the first event it tells.
    package let first: Position
    /// The position of the last.
    package let last: Position
    /// When it was received.
    package let recordedAt: Instant
    /// Whether its sender had used its control id for other bytes before.
    package let controlIDReused: Bool
    /// The message itself; sender and control id as clipped by `MessageKey`.
    package let message: ReceivedMessage
}
