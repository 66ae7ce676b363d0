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
        var laid = LaidEvents(log: log, after: head, now: now)
        for event in events { laid.append(event, salt: salt()) }
        self.head = laid.head
        statement = Self.statement(
            laid.columns, log: log, expected: head.position, seen: seen, recordedAt: laid.head.recordedAt,
            range: laid.head.range)
    }

    /// Asks where the log ends, and holds it there to the end of the transaction: no log ends before its beginning.
    static func hold(_ log: LogName) -> SQL {
        statement(
            EventColumns(), log: log, expected: Position(-1), seen: .origin, recordedAt: Instant(microseconds: 0),
            range: CompactRange())
    }

    private static func statement(
        _ columns: EventColumns, log: LogName, expected: Position, seen: Position, recordedAt: Instant,
        range: CompactRange
    ) -> SQL {
        """
        select outcome, position, recorded_at, range from event_log.append_registrations(\(log), \(expected),
            \(seen), \(recordedAt), \(range.concatenated), \(columns.occurred), \(columns.streams),
            \(columns.types), \(columns.leaves), \(columns.salts), \(columns.payloads))
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
                self = .moved(try LogHead(answeredIn: row))
            default:
                throw PostgresError(.decoding, message: "event_log.append_registrations: unknown outcome")
            }
        }
    }
}
