import EventSourcing
import Postgres

/// What operator's acts bring to one log: the leaves behind its head, and the statement that writes them.
///
/// Pure, as `LogAppend` is for messages.
struct ActAppend {
    /// Where the log ends once it is written.
    let head: LogHead
    /// The call of `event_log.append_events`.
    let statement: SQL

    /// Lays the acts behind `head`.
    init(log: LogName, acts: [OperatorAct], after head: LogHead, now: Instant, salt: () -> Salt) {
        var columns = Columns()
        var range = head.range
        var scratch: [UInt8] = []
        // Time never runs back along a log, whatever the clocks do.
        let recordedAt = max(now, head.recordedAt)
        func append(_ event: NewEvent, toldBy teller: OperatorAct.Teller?) {
            let salt = salt()
            let leaf = LeafEncoding.hash(
                log: log, position: Position(range.size + 1), stream: event.stream, type: event.type,
                occurredAt: event.occurredAt, recordedAt: recordedAt, payloadDigest: salt.digest(of: event.payload),
                message: teller.map { ($0.position, $0.digest) }, scratch: &scratch)
            range.append(leaf)
            columns.append(event, teller: teller?.position, salt: salt, leaf: leaf)
        }
        for act in acts {
            for event in act.told { append(event, toldBy: act.teller) }
            append(act.act, toldBy: nil)
        }
        self.head = LogHead(recordedAt: recordedAt, range: range)
        statement = columns.statement(log: log, expected: head.position, recordedAt: recordedAt, range: range)
    }

    /// Asks where the log ends, and holds it there to the end of the transaction: no log ends before its beginning.
    static func hold(_ log: LogName) -> SQL {
        Columns().statement(
            log: log, expected: Position(-1), recordedAt: Instant(microseconds: 0), range: CompactRange())
    }

    /// The arrays that `event_log.append_events` takes.
    private struct Columns {
        private var occurred: [Instant?] = []
        private var tellers: [Position?] = []
        private var streams: [StreamName] = []
        private var types: [String] = []
        private var leaves: [Digest] = []
        private var salts: [Salt] = []
        private var payloads: [TextBytes] = []

        mutating func append(_ event: NewEvent, teller: Position?, salt: Salt, leaf: Digest) {
            occurred.append(event.occurredAt)
            tellers.append(teller)
            streams.append(event.stream)
            types.append(event.type)
            leaves.append(leaf)
            salts.append(salt)
            payloads.append(TextBytes(bytes: event.payload))
        }

        func statement(log: LogName, expected: Position, recordedAt: Instant, range: CompactRange) -> SQL {
            """
            select outcome, position, recorded_at, range from event_log.append_events(\(log), \(expected),
                \(recordedAt), \(range.concatenated), \(occurred), \(tellers), \(streams), \(types), \(leaves),
                \(salts), \(payloads))
            """
        }
    }
}
