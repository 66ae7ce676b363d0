import EventSourcing
import Postgres

/// What differs between the live tables and their twins.
extension LogProjector.Target {
    var tables: ProjectionTables {
        switch self {
        case .live: .live
        case .shadow: .shadow
        }
    }

    /// Whether practices are told what became of their rows: a rebuild keeps their journals as they are.
    var tellsPractices: Bool {
        switch self {
        case .live: true
        case .shadow: false
        }
    }

    /// The first statements of a transaction that brings a log's views to an event.
    func reaching(
        _ last: RecordedEvent, from position: Position, in log: LogName, basis: ViewBasis
    ) -> [SQL] {
        switch self {
        case .live:
            [
                CheckpointTable.advance(
                    log, from: position, to: last.position, toldThrough: last.recordedAt, basis: basis)
            ]
        case .shadow(let rebuild):
            [
                RebuildStatements.hold(rebuild),
                CheckpointTable.note(
                    log, reached: last.position, toldThrough: last.recordedAt, in: tables.checkpoint),
            ]
        }
    }

    /// The first statements of a transaction that leaves the log where it is.
    func staying(at position: Position, in log: LogName, basis: ViewBasis) -> [SQL] {
        switch self {
        case .live:
            [
                CheckpointTable.advance(log, from: position, to: position, toldThrough: nil, basis: basis)
            ]
        case .shadow(let rebuild): [RebuildStatements.hold(rebuild)]
        }
    }

    /// What an error of the database means here.
    func reading(_ error: any Error, of log: LogName) -> any Error {
        guard let error = error as? PostgresError else { return error }
        switch (error.sqlState, self) {
        case ("40001", .live): return ProjectionError.checkpointMoved(hospital: log.rawValue)
        case ("55000", .shadow): return ProjectionError.rebuildOvertaken
        default: return error
        }
    }
}
