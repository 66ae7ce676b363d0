import EventSourcing
import Postgres

/// One meaning of a practice's log, with tables of its own.
///
/// A log is read once and given to all its folds (`PracticeLogProjector.folds`). A fold holds nothing between runs: it
/// loads what it lacks through the channel, and the statements it gives are run in one transaction with the checkpoint.
/// However the log is cut into runs, the tables must come out the same, in the live tables as in their twins; events of
/// other kinds are passed over.
protocol PracticeLogFold: Sendable {
    /// What brings the tables from before a run of events to behind it.
    func changes(for events: ArraySlice<RecordedEvent>, of log: PracticeLog) async throws -> PracticeLogChanges
}

/// What a run of a practice's events writes besides the checkpoint.
struct PracticeLogChanges: Sendable {
    /// In this order.
    var statements: [SQL] = []
    /// The events that should be readable to a fold and are not.
    var poison: [PoisonEvent] = []
    /// What the practice is told of it.
    var told: [PracticeChange] = []

    mutating func append(_ other: PracticeLogChanges) {
        statements += other.statements
        poison += other.poison
        told += other.told
    }
}
