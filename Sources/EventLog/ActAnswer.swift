import EventSourcing
import Postgres

/// What `event_log.append_events` answered.
enum ActAnswer {
    /// All of it is written.
    case appended
    /// The log ends elsewhere; nothing was written.
    case moved(LogHead)
    /// Something became of these messages before; nothing was written.
    case settled(Set<Position>)

    init(_ result: PostgresResult) throws(PostgresError) {
        var settled: Set<Position> = []
        for row in result {
            switch try row.decode(0, as: String.self) {
            case "appended":
                self = .appended
                return
            case "moved":
                self = .moved(try LogHead(answeredIn: row))
                return
            case "settled":
                settled.insert(try row.decode(1))
            default:
                throw PostgresError(.decoding, message: "event_log.append_events: unknown outcome")
            }
        }
        guard !settled.isEmpty else {
            throw PostgresError(.decoding, message: "event_log.append_events: no outcome")
        }
        self = .settled(settled)
    }
}
