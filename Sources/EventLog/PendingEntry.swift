import EventSourcing

/// An entry that waits for its receipt.
struct PendingEntry: Sendable {
    typealias Answer = Result<Receipt, LogUnavailable>

    let prepared: PreparedEntry
    /// After this it gets `LogUnavailable` instead.
    let deadline: ContinuousClock.Instant
    /// Resumed exactly once.
    let continuation: CheckedContinuation<Answer, Never>
    /// Where it was to stand in an attempt whose outcome we never learned.
    var attempt: Attempt?

    /// The place and time of an attempt.
    struct Attempt: Equatable {
        let first: Position
        let recordedAt: Instant
    }

    var log: LogName { prepared.entry.log }
}
