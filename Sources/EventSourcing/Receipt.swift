/// Proof that an entry is committed.
///
/// Only a log makes receipts: the initialiser is spelled so that its users stand out, and HouseTests holds who they are
/// (`GroupCommit` and the tests' `MemoryLog`). Whatever accepts a message asks for a receipt, so nothing is
/// acknowledged before it is durable.
package struct Receipt: Sendable, Equatable {
    /// The log the entry stands in.
    package let log: LogName
    /// The position of its first event.
    package let first: Position
    /// The position of its last event.
    package let last: Position
    /// When we learned it (of the first telling, for a duplicate).
    package let recordedAt: Instant
    /// Whether the same message (`MessageKey`) stood in the log before; then nothing was written.
    package let isDuplicate: Bool
    /// Whether another message of the same sender used this control id before; stored as new, and flagged.
    package let controlIDReused: Bool
    /// The acknowledgement code of the first telling: a duplicate gets the same answer.
    package let answer: String

    /// Makes a receipt; for logs alone, after the commit.
    package init(
        provenByCommitTo log: LogName, first: Position, last: Position, recordedAt: Instant, isDuplicate: Bool,
        controlIDReused: Bool, answer: String
    ) {
        self.log = log
        self.first = first
        self.last = last
        self.recordedAt = recordedAt
        self.isDuplicate = isDuplicate
        self.controlIDReused = controlIDReused
        self.answer = answer
    }
}
