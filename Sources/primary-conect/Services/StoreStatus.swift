import Admissions
import EventSourcing
import Postgres

/// What the database says of logs, views and quarantine, read as the monitor: counts and times, no patient data.
struct StoreStatus: Sendable {
    struct Log: Sendable {
        let name: String
        let position: Int64
        let projected: Int64
        let lastHeard: Instant?
        let messagesToday: Int64
        let quarantined: Int64
        let oldestQuarantined: Instant?
        let poison: Int64
    }

    let logs: [Log]
    var events: Int64 { logs.reduce(0) { $0 + $1.position } }

    /// - Parameter now: whose London day counts as today.
    static func read(_ pool: PostgresPool, now: Instant) async throws -> StoreStatus {
        let day = LondonCalendar.start(ofDay: LondonCalendar.day(of: now))
        let midnight = PostgresTimestamp(microseconds: day.microseconds)
        let result = try await pool.query(
            """
            select h.log, h.position, coalesce(c.position, 0),
                   case when h.position > 0 then h.recorded_at end,
                   (select count(*) from event_log.message m
                    where m.log = h.log
                      and m.position > event_log.position_at(h.log, \(midnight))),
                   q.held, q.oldest,
                   (select count(*) from practice.poison p where p.hospital = h.log)
            from event_log.head h
            left join practice.checkpoint c on c.hospital = h.log and c.projection = 'practice'
            cross join lateral (
                select count(*) as held, min(m.recorded_at) as oldest
                from event_log.message m where m.log = h.log and m.disposition = 'quarantined') q
            order by h.log
            """)
        return StoreStatus(
            logs: try (0..<result.count).map { index in
                let row = result[index]
                let heard: PostgresTimestamp? = try row.decode(3)
                let oldest: PostgresTimestamp? = try row.decode(6)
                return Log(
                    name: try row.decode(0), position: try row.decode(1), projected: try row.decode(2),
                    lastHeard: heard.map { Instant(microseconds: $0.microseconds) }, messagesToday: try row.decode(4),
                    quarantined: try row.decode(5), oldestQuarantined: oldest.map { Instant(microseconds: $0.microseconds) },
                    poison: try row.decode(7))
            })
    }
}
