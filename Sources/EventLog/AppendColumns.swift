import EventSourcing
import Postgres

/// The arrays that `event_log.append` takes: one column each.
struct AppendColumns {
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
    private var events = EventColumns()

    /// Makes empty columns with room for the messages.
    init(entries count: Int) {
        messages.reserveCapacity(count)
        events.reserveCapacity(count)
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
        events.append(event, teller: first, salt: salt, leaf: leaf)
    }

    /// The call of `event_log.append`.
    func statement(log: LogName, expected: Position, recordedAt: Instant, range: CompactRange, reused: [Bool]) -> SQL {
        """
        select * from event_log.append(\(log), \(expected), \(recordedAt), \(range.concatenated), \(positions),
            \(eventCounts), \(reused), \(controlIDs), \(senders), \(digests), \(messageSalts), \(triggers),
            \(dispositions), \(answers), \(reasons), \(peers), \(messages), \(events.occurred),
            \(events.tellers), \(events.streams), \(events.types), \(events.leaves), \(events.salts),
            \(events.payloads))
        """
    }

    /// The longest trigger, answer or reason in bytes of UTF-8; real ones are a dozen.
    private static let codeBytesMax = 64
}
