import Admissions
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

    /// The logs of practices that are not projected to their heads, in order.
    static let selectPracticesBehind: SQL = """
        select h.log from event_log.head h
        left join practice.checkpoint c on c.hospital = h.log and c.projection = \(ProjectionTables.projection)
        where h.log ~ '^[A-Z][0-9]{5}$' and h.position > coalesce(c.position, 0) order by h.log
        """

    /// Up to where a hospital's rows stand by the lists of practices: each of them by its code, and under an empty one
    /// the sum, with the time of the latest point.
    static func selectTaken(_ hospital: LogName, from table: String) -> SQL {
        """
        select substr(projection, \(Int32(taken.utf8.count + 2))), position, told_through
        from practice.\(identifier: table) where hospital = \(hospital) and projection like \(taken + "%")
        """
    }

    /// Notes up to where a hospital's rows stand by the lists of practices.
    static func note(
        _ hospital: LogName, taken lists: TakenLists, of practices: [ODSPracticeCode], in table: String
    ) -> SQL {
        let names = practices.map { "\(taken):\($0.rawValue)" } + [taken]
        let positions = practices.map { lists.positions[$0] ?? .origin } + [Position(lists.sum)]
        let times = practices.map { _ in Instant?.none } + [lists.toldThrough]
        return """
            insert into practice.\(identifier: table) (hospital, projection, position, told_through)
            select \(hospital), r.projection, r.position, r.told_through
            from unnest(\(names), \(positions), \(times)) as r (projection, position, told_through)
            on conflict (hospital, projection) do update set
                position = excluded.position, told_through = excluded.told_through
            """
    }

    /// Fails with SQLSTATE 40001 if a hospital's rows stand by other lists.
    static func hold(_ hospital: LogName, taken lists: TakenLists) -> SQL {
        "select practice.hold_registrations(\(hospital), \(lists.sum))"
    }

    private static let taken = "registrations"

    /// Moves the live checkpoint from one position to another; fails with SQLSTATE 40001 if it stands elsewhere or the views
    /// are made with another basis.
    static func advance(
        _ hospital: LogName, from expected: Position, to reached: Position, toldThrough: Instant?, basis: ViewBasis
    ) -> SQL {
        """
        select practice.advance(\(hospital), \(ProjectionTables.projection), \(expected), \
        \(reached), \(toldThrough as Instant?), \(basis.stored))
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
