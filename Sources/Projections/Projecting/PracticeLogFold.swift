import EventSourcing
import Postgres

/// One meaning of a practice's log, with tables of its own.
///
/// A log is read once and given to all its folds (`PracticeLogProjector.folds`). A fold holds nothing between runs: it
/// loads what it lacks through the channel, and the statements it gives are run in one transaction with the checkpoint.
/// However the log is cut into runs, the tables must come out the same, in the live tables as in their twins; events of
/// other kinds are passed over.
protocol PracticeLogFold: Sendable {
    /// The statements that bring the tables from before a run of events to behind it.
    ///
    /// - Parameter poison: takes the events of its own kinds that cannot be read.
    func statements(
        for events: ArraySlice<RecordedEvent>, of log: PracticeLog, poison: inout [PoisonEvent]
    ) async throws -> [SQL]
}
