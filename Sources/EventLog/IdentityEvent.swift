package import EventSourcing

/// An event that joins identities or parts them, as it stands in a log.
package struct IdentityEvent: Sendable, Equatable {
    /// Its place.
    package let position: Position
    /// When we learned it.
    package let recordedAt: Instant
    /// `patient.merged.v1`, say.
    package let type: String
    /// Canonical JSON.
    package let payload: [UInt8]
}
