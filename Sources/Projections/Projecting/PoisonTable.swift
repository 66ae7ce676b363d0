import EventLog
import EventSourcing
import Postgres

/// `practice.poison`, as it is written.
enum PoisonTable {
    static func insert(_ events: [PoisonEvent], of hospital: LogName, into table: String) -> SQL {
        """
        insert into practice.\(identifier: table) (hospital, position, stream, type, reason, recorded_at)
        select \(hospital), r.position, r.stream, r.type, r.reason, r.recorded_at
        from unnest(\(events.map(\.position)), \(events.map(\.stream)), \(events.map(\.type)), \
        \(events.map(\.reason)), \(events.map(\.recordedAt)))
            as r (position, stream, type, reason, recorded_at)
        on conflict (hospital, position) do nothing
        """
    }
}
