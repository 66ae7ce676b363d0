import EventSourcing

/// An entry with everything computed that does not depend on its place.
///
/// Made on the caller's thread, so that the hashing of many callers spreads over their cores.
final class PreparedEntry: Sendable {
    let entry: Entry
    let key: MessageKey
    let messageSalt: Salt
    /// SHA-256(message salt || message bytes).
    let messageDigest: Digest
    let eventSalts: [Salt]
    /// SHA-256(event salt || payload), one for each event.
    let payloadDigests: [Digest]
    /// What it weighs towards the limits of a batch and of the queue.
    let byteCount: Int

    init(_ entry: Entry, salt: () -> Salt) {
        self.entry = entry
        key = MessageKey(entry.message)
        messageSalt = salt()
        messageDigest = messageSalt.digest(of: entry.message.bytes)
        eventSalts = entry.events.map { _ in salt() }
        payloadDigests = zip(eventSalts, entry.events).map { $0.digest(of: $1.payload) }
        byteCount = entry.events.reduce(entry.message.bytes.count + 512) { $0 + $1.payload.count + 256 }
    }
}
