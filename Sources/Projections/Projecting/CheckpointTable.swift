import EventLog
import EventSourcing
import Postgres

/// `practice.checkpoint`, as it is read; the checkpoint is written by `practice.advance`
/// only.
enum CheckpointTable {
    static func select(_ hospital: LogName, from table: String) -> SQL {
        """
        select position from practice.\(identifier: table)
        where hospital = \(hospital) and projection = \(ProjectionTables.projection)
        """
    }

    /// All checkpoints, in the order of their hospitals.
    static func selectAll(from table: String) -> SQL {
        """
        select hospital, position from practice.\(identifier: table)
        where projection = \(ProjectionTables.projection) order by hospital
        """
    }

    /// Moves the live checkpoint from one position to another; fails with SQLSTATE 40001 if it stands elsewhere or the views
    /// are made with other practices.
    static func advance(
        _ hospital: LogName, from expected: Position, to reached: Position, toldThrough: Instant,
        successors: PracticeSuccessors
    ) -> SQL {
        """
        select practice.advance(\(hospital), \(ProjectionTables.projection), \(expected), \
        \(reached), \(toldThrough), \(successors.stored))
        """
    }

    /// Sets the checkpoint of the shadow tables.
    static func note(_ hospital: LogName, reached: Position, toldThrough: Instant, in table: String) -> SQL {
        """
        insert into practice.\(identifier: table) (hospital, projection, position, told_through)
        values (\(hospital), \(ProjectionTables.projection), \(reached), \
        \(toldThrough))
        on conflict (hospital, projection) do update set
            position = excluded.position, told_through = excluded.told_through
        """
    }

    static func decodePositions(_ result: PostgresResult) throws(PostgresError) -> [LogName: Position] {
        var positions: [LogName: Position] = [:]
        for row in result {
            let (hospital, position) = try row.decode(LogName.self, Position.self)
            positions[hospital] = position
        }
        return positions
    }
}
