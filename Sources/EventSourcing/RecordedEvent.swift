/// A fact that stands in a log.
package struct RecordedEvent: Sendable, Equatable {
    /// The log it stands in.
    package let log: LogName
    /// Its place there.
    package let position: Position
    /// The subject's stream.
    package let stream: StreamName
    /// The versioned name: `encounter.admitted.v1`.
    package let type: String
    /// Canonical JSON, byte for byte as appended; empty once it was taken out (`isRedacted`).
    package let payload: [UInt8]
    /// When it happened, as told; `nil` when it was not told.
    package let occurredAt: Instant?
    /// When we learned it; never decreases along a log.
    package let recordedAt: Instant
    /// The position of the first event of the message that told it; `nil` when no message did. Of a message that was
    /// read again the later events stand anywhere behind it.
    package let message: Position?

    /// Makes a recorded fact; only for logs that read it back, and tests.
    package init(
        log: LogName, position: Position, stream: StreamName, type: String, payload: [UInt8], occurredAt: Instant?,
        recordedAt: Instant, message: Position?
    ) {
        self.log = log
        self.position = position
        self.stream = stream
        self.type = type
        self.payload = payload
        self.occurredAt = occurredAt
        self.recordedAt = recordedAt
        self.message = message
    }

    /// The type of the event that says that something was taken out of a log.
    package static let redactionType = "log.redacted.v1"

    /// Whether its payload was taken out: it tells nothing any more, and no fold takes it in.
    package var isRedacted: Bool { payload.isEmpty }
}
