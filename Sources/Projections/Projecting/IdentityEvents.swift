import Admissions
import EventLog
import EventSourcing
import Postgres

/// The events of a log that say who is whom: few, and found by an index of their own (`event_identity_idx`).
enum IdentityEvents {
    /// Those up to a position, in order.
    static func select(
        _ hospital: LogName, after behind: Position = .origin, through position: Position
    ) -> SQL {
        """
        select \(EventReader.columns) from event_log.event
        where log = \(hospital) and position > \(behind) and position <= \(position) and type in (
            'encounter.merged.v1', 'encounter.renumbered.v1', 'patient.merged.v1', 'patient.moved.v1',
            'patient.renumbered.v1', 'patient.unmerged.v1')
        order by position
        """
    }

    static func decode(_ result: PostgresResult, of hospital: LogName) throws -> [RecordedEvent] {
        try EventReader.events(in: hospital, result)
    }
}
