/// A fact to be appended to a log.
package struct NewEvent: Sendable, Equatable {
    /// The subject's stream.
    package var stream: StreamName
    /// The versioned name in the past tense: `encounter.admitted.v1`.
    package var type: String
    /// Canonical JSON (`JSONWriter`), kept byte for byte.
    package var payload: [UInt8]
    /// When it happened, as the hospital tells it; `nil` when it tells nothing.
    package var occurredAt: Instant?

    /// Makes a fact.
    package init(stream: StreamName, type: String, payload: [UInt8], occurredAt: Instant?) {
        self.stream = stream
        self.type = type
        self.payload = payload
        self.occurredAt = occurredAt
    }
}
