import EventSourcing

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
