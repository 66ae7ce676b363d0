package import EventSourcing

/// An event that the projector could not read and passed over.
///
/// Recorded in `practice.poison` in the transaction that passes it, so the feed goes on and nothing is lost from sight.
/// After the code is mended a rebuild reads it again.
package struct PoisonEvent: Sendable, Hashable {
    /// Where it stands.
    package var position: Position
    /// Its stream.
    package var stream: StreamName
    /// Its type.
    package var type: String
    /// What is wrong and where in the payload; never what stands there.
    package var reason: String
    /// When it was recorded.
    package var recordedAt: Instant
}
