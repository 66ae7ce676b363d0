import EventSourcing
import Postgres

/// What one command comes to, laid behind the head of its log, and the statement that writes it.
///
/// Pure, as `LogAppend` is for messages.
struct StaffAppend {
    /// Where the log ends once it is written.
    let head: LogHead
    /// The call of `event_log.append_acts`.
    let statement: SQL

    /// Lays the events behind the head that `stream` holds.
    init(_ events: [NewEvent], to stream: StaffStream, after head: LogHead, now: Instant, salt: () -> Salt) {
        var laid = LaidEvents(log: stream.log, after: head, now: now)
        for event in events { laid.append(event, salt: salt()) }
        self.head = laid.head
        statement = Self.statement(
            laid.columns, log: stream.log, stream: stream.name, command: stream.command, expected: head.position,
            seen: stream.last, recordedAt: laid.head.recordedAt, range: laid.head.range)
    }

    /// Asks whether the command is known and where the log ends, and holds it there to the end of the transaction: no
    /// log ends before its beginning.
    static func hold(_ log: LogName, _ stream: StreamName, _ command: StaffLog.Command?) -> SQL {
        statement(
            EventColumns(), log: log, stream: stream, command: command, expected: Position(-1), seen: .origin,
            recordedAt: Instant(microseconds: 0), range: CompactRange())
    }

    /// All of the stream, with the columns of `EventReader.events(in:_:)`.
    static func events(_ log: LogName, _ stream: StreamName) -> SQL {
        "select \(EventReader.columns) from event_log.staff_events(\(log), \(stream))"
    }

    private static func statement(
        _ columns: EventColumns, log: LogName, stream: StreamName, command: StaffLog.Command?, expected: Position,
        seen: Position, recordedAt: Instant, range: CompactRange
    ) -> SQL {
        let (id, digest) = (command?.id, command?.digest)
        return """
            select outcome, position, recorded_at, range, digest from event_log.append_acts(\(log), \(expected),
                \(seen), \(stream), \(id as String?), \(digest as Digest?), \(recordedAt), \(range.concatenated),
                \(columns.occurred), \(columns.types), \(columns.leaves), \(columns.salts), \(columns.payloads))
            """
    }

    /// What `event_log.append_acts` answered.
    enum Answer {
        /// All of it is written.
        case appended
        /// The log has carried out this command before; nothing was written.
        case known(StaffStream.Known)
        /// The log ends elsewhere; nothing was written.
        case headMoved(LogHead)
        /// The stream goes on behind what was seen of it; nothing was written.
        case moved

        init(_ result: PostgresResult) throws(PostgresError) {
            guard let row = result.first else {
                throw PostgresError(.decoding, message: "event_log.append_acts: no outcome")
            }
            switch try row.decode(0, as: String.self) {
            case "appended": self = .appended
            case "known": self = .known(.init(position: try row.decode(1), digest: try row.decode(4)))
            case "moved": self = .moved
            case "head-moved":
                self = .headMoved(try LogHead(answeredIn: row))
            default:
                throw PostgresError(.decoding, message: "event_log.append_acts: unknown outcome")
            }
        }
    }
}
