import EventSourcing
import Postgres

/// The arrays that `event_log.append` takes: one column each.
struct AppendColumns {
    // The messages.
    private var positions: [Position] = []
    private var eventCounts: [Int32] = []
    private var controlIDs: [String] = []
    private var senders: [String] = []
    private var digests: [Digest] = []
    private var messageSalts: [Salt] = []
    private var triggers: [String] = []
    private var dispositions: [String] = []
    private var answers: [String] = []
    private var reasons: [String?] = []
    private var peers: [String] = []
    private var messages: [[UInt8]] = []
    // The events.
    private var occurred: [Instant?] = []
    private var tellers: [Position] = []
    private var streams: [StreamName] = []
    private var types: [String] = []
    private var leaves: [Digest] = []
    private var eventSalts: [Salt] = []
    private var payloads: [TextBytes] = []

    /// Makes empty columns with room for the messages.
    init(entries count: Int) {
        messages.reserveCapacity(count)
        payloads.reserveCapacity(count)
    }

    /// Adds a message whose first event stands at `first`.
    mutating func append(_ prepared: PreparedEntry, first: Position) {
        let message = prepared.entry.message
        positions.append(first)
        eventCounts.append(Int32(truncatingIfNeeded: prepared.entry.events.count))
        controlIDs.append(prepared.key.controlID)
        senders.append(prepared.key.sender)
        digests.append(prepared.key.digest)
        messageSalts.append(prepared.messageSalt)
        triggers.append(StorableText.clip(message.trigger, bytesMax: Self.codeBytesMax))
        dispositions.append(message.disposition.rawValue)
        answers.append(StorableText.clip(message.answer, bytesMax: Self.codeBytesMax))
        reasons.append(message.reason.map { StorableText.clip($0, bytesMax: Self.codeBytesMax) })
        peers.append(StorableText.clip(message.receivedFrom, bytesMax: MessageKey.textBytesMax))
        messages.append(message.bytes)
    }

    /// Adds an event of the message whose first event stands at `first`.
    mutating func append(_ event: NewEvent, salt: Salt, leaf: Digest, first: Position) {
        occurred.append(event.occurredAt)
        tellers.append(first)
        streams.append(event.stream)
        types.append(event.type)
        leaves.append(leaf)
        eventSalts.append(salt)
        payloads.append(TextBytes(bytes: event.payload))
    }

    /// The call of `event_log.append`.
    func statement(log: LogName, expected: Position, recordedAt: Instant, range: CompactRange, reused: [Bool]) -> SQL {
        """
        select * from event_log.append(\(log), \(expected), \(recordedAt), \(range.concatenated), \(positions),
            \(eventCounts), \(reused), \(controlIDs), \(senders), \(digests), \(messageSalts), \(triggers),
            \(dispositions), \(answers), \(reasons), \(peers), \(messages), \(occurred), \(tellers), \(streams),
            \(types), \(leaves), \(eventSalts), \(payloads))
        """
    }

    /// The longest trigger, answer or reason in bytes of UTF-8; real ones are a dozen.
    private static let codeBytesMax = 64
}
