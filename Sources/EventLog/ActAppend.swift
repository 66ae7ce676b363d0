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
        var columns = EventColumns()
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
        statement = Self.statement(
            columns, log: log, expected: head.position, recordedAt: recordedAt, range: range)
    }

    /// Asks where the log ends, and holds it there to the end of the transaction: no log ends before its beginning.
    static func hold(_ log: LogName) -> SQL {
        statement(
            EventColumns(), log: log, expected: Position(-1), recordedAt: Instant(microseconds: 0),
            range: CompactRange())
    }

    /// The call of `event_log.append_events`.
    private static func statement(
        _ columns: EventColumns, log: LogName, expected: Position, recordedAt: Instant, range: CompactRange
    ) -> SQL {
        """
        select outcome, position, recorded_at, range from event_log.append_events(\(log), \(expected),
            \(recordedAt), \(range.concatenated), \(columns.occurred), \(columns.tellers), \(columns.streams),
            \(columns.types), \(columns.leaves), \(columns.salts), \(columns.payloads))
        """
    }
}
