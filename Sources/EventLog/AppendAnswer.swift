import EventSourcing
import Postgres

/// What `event_log.append` answered for one log.
enum AppendAnswer {
    /// A message that stands in the log already, as first told; `item` counts from 0.
    struct Duplicate {
        let item: Int
        let first: Position
        let last: Position
        let recordedAt: Instant
        let answer: String
        let controlIDReused: Bool
    }

    /// All of it is written; the items named used a control id that was used before.
    case appended(reused: Set<Int>)
    /// The log ends elsewhere; nothing was written.
    case moved(LogHead)
    /// Some messages were there already; nothing was written.
    case duplicates([Duplicate])

    /// Reads the rows of the function.
    init(_ result: PostgresResult) throws(PostgresError) {
        var duplicates: [Duplicate] = []
        var reused: Set<Int> = []
        for row in result {
            let (outcome, item) = try row.decode(String.self, Int32.self)
            switch outcome {
            case "appended":
                self = .appended(reused: reused)
                return
            case "reused":
                reused.insert(Int(item) - 1)
            case "moved":
                let size: Int64 = try row.decode(2)
                guard let range = CompactRange(size: size, concatenated: try row.decode(7)) else {
                    throw PostgresError(.decoding, message: "event_log.head: range does not fit its position")
                }
                self = .moved(LogHead(recordedAt: try row.decode(4), range: range))
                return
            case "duplicate":
                let first: Int64 = try row.decode(2)
                let count: Int32 = try row.decode(3)
                duplicates.append(
                    Duplicate(
                        item: Int(item) - 1, first: Position(first), last: Position(first + Int64(count) - 1),
                        recordedAt: try row.decode(4), answer: try row.decode(5), controlIDReused: try row.decode(6)))
            default:
                throw PostgresError(.decoding, message: "event_log.append: unknown outcome")
            }
        }
        guard !duplicates.isEmpty else {
            throw PostgresError(.decoding, message: "event_log.append: no outcome")
        }
        self = .duplicates(duplicates)
    }
}
