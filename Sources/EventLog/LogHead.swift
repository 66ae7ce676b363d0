import EventSourcing
import Postgres

/// Where a log ends, as far as the writer knows: the copy of its head row.
struct LogHead: Equatable, Sendable {
    /// `recorded_at` of the newest event.
    var recordedAt: Instant
    /// The right-hand edge of its tree; its size is the position of the newest event.
    var range: CompactRange

    /// The head of a log without events, which is also what is guessed of a log not yet met.
    static let origin = LogHead(recordedAt: Instant(microseconds: .min), range: CompactRange())

    /// The position of the newest event.
    var position: Position { Position(range.size) }
}

extension LogHead {
    /// Reads the head where a function answers it: position, `recorded_at` and range behind the outcome.
    init(answeredIn row: PostgresRow) throws(PostgresError) {
        guard let range = CompactRange(size: try row.decode(1), concatenated: try row.decode(3)) else {
            throw PostgresError(.decoding, message: "event_log.head: range does not fit its position")
        }
        self.init(recordedAt: try row.decode(2), range: range)
    }
}
