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
        var laid = LaidEvents(log: log, after: head, now: now)
        for act in acts {
            for event in act.told { laid.append(event, toldBy: act.teller, salt: salt()) }
            laid.append(act.act, salt: salt())
        }
        self.head = laid.head
        statement = Self.statement(
            laid.columns, log: log, expected: head.position, recordedAt: laid.head.recordedAt, range: laid.head.range)
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
