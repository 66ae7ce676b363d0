import EventSourcing
import Postgres

/// What a practice tells of its list, laid behind the head of its log, and the statement that writes it.
///
/// Pure, as `LogAppend` is for messages.
struct ListAppend {
    /// Where the log ends once it is written.
    let head: LogHead
    /// The call of `event_log.append_registrations`.
    let statement: SQL

    /// Lays the events behind `head`.
    ///
    /// - Parameter seen: up to where the writer knows what the practice told of its list.
    init(
        log: LogName, events: some Collection<NewEvent>, after head: LogHead, seen: Position, now: Instant,
        salt: () -> Salt
    ) {
        var range = head.range
        var scratch: [UInt8] = []
        // Time never runs back along a log, whatever the clocks do.
        let recordedAt = max(now, head.recordedAt)
        let salts = events.map { _ in salt() }
        var leaves: [Digest] = []
        leaves.reserveCapacity(events.count)
        for (event, salt) in zip(events, salts) {
            let leaf = LeafEncoding.hash(
                log: log, position: Position(range.size + 1), stream: event.stream, type: event.type,
                occurredAt: event.occurredAt, recordedAt: recordedAt, payloadDigest: salt.digest(of: event.payload),
                message: nil, scratch: &scratch)
            range.append(leaf)
            leaves.append(leaf)
        }
        self.head = LogHead(recordedAt: recordedAt, range: range)
        statement = """
            select outcome, position, recorded_at, range from event_log.append_registrations(\(log), \(head.position),
                \(seen), \(recordedAt), \(range.concatenated), \(events.map(\.occurredAt)), \(events.map(\.stream)),
                \(events.map(\.type)), \(leaves), \(salts), \(events.map { TextBytes(bytes: $0.payload) }))
            """
    }

    /// Asks where the log ends, and holds it there to the end of the transaction: no log ends before its beginning.
    static func hold(_ log: LogName) -> SQL {
        """
        select outcome, position, recorded_at, range from event_log.append_registrations(\(log), \(Position(-1)),
            \(Position.origin), \(Instant(microseconds: 0)), \([UInt8]()), \([Instant?]()), \([StreamName]()),
            \([String]()), \([Digest]()), \([Salt]()), \([TextBytes]()))
        """
    }

    /// What `event_log.append_registrations` answered.
    enum Answer {
        /// All of it is written.
        case appended
        /// The log ends elsewhere; nothing was written.
        case moved(LogHead)
        /// The list was told anew meanwhile; nothing was written.
        case overtaken

        init(_ result: PostgresResult) throws(PostgresError) {
            guard let row = result.first else {
                throw PostgresError(.decoding, message: "event_log.append_registrations: no outcome")
            }
            switch try row.decode(0, as: String.self) {
            case "appended": self = .appended
            case "overtaken": self = .overtaken
            case "moved":
                guard let range = CompactRange(size: try row.decode(1), concatenated: try row.decode(3)) else {
                    throw PostgresError(.decoding, message: "event_log.head: range does not fit its position")
                }
                self = .moved(LogHead(recordedAt: try row.decode(2), range: range))
            default:
                throw PostgresError(.decoding, message: "event_log.append_registrations: unknown outcome")
            }
        }
    }
}
