import EventSourcing
import Postgres

/// The arrays of events that `event_log.append` and its kin take: one column each.
struct EventColumns {
    private(set) var occurred: [Instant?] = []
    /// The position of the first event of the message that tells it; `nil` where none does.
    private(set) var tellers: [Position?] = []
    private(set) var streams: [StreamName] = []
    private(set) var types: [String] = []
    private(set) var leaves: [Digest] = []
    private(set) var salts: [Salt] = []
    private(set) var payloads: [TextBytes] = []

    mutating func reserveCapacity(_ count: Int) {
        payloads.reserveCapacity(count)
    }

    mutating func append(_ event: NewEvent, teller: Position?, salt: Salt, leaf: Digest) {
        occurred.append(event.occurredAt)
        tellers.append(teller)
        streams.append(event.stream)
        types.append(event.type)
        leaves.append(leaf)
        salts.append(salt)
        payloads.append(TextBytes(bytes: event.payload))
    }
}
