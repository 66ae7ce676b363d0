package import EventSourcing

/// The newest signed checkpoint of a log.
package struct SignedCheckpoint: Sendable, Equatable {
    package let log: LogName
    /// The number of leaves.
    package let size: Int64
    package let root: Digest
    /// The note as it was signed.
    package let note: String
    package let signedAt: Instant
}
