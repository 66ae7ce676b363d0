import Admissions
import EventSourcing
import Postgres
import Projections

/// What the database says of logs, views and quarantine, read as the monitor: counts and times, no patient data.
struct StoreStatus: Sendable {
    /// Messages that wait for one reason.
    struct Waiting: Sendable {
        let reason: String
        let messages: Int64
        let byteCount: Int64
        let oldest: Instant
    }

    struct Log: Sendable {
        let name: String
        let position: Int64
        let projected: Int64
        /// When the newest message came; an operator's act is none.
        let lastHeard: Instant?
        let messagesToday: Int64
        /// What is held back, by reason.
        let waiting: [Waiting]
        let poison: Int64
        /// When the log was told that the feed fell silent; `nil` once the views show that it was heard again.
        let silenceToldAt: Instant?
        /// The usual longest silence in this hour of the week; `nil` while it is not learned.
        let usual: Duration?

        /// Fresh, quiet or silent; a feed that was never heard is silent, and `nil` what is no feed.
        func state(_ rule: FreshnessRule, now: Instant) -> FeedFreshness.State? {
            guard let lastHeard, let log = LogName(name) else { return .silent }
            guard !rule.unwatched.contains(log) else { return nil }
            return rule.state(
                of: log, lastHeard: lastHeard, now: now, usual: usual,
                isToldSilent: silenceToldAt.map { lastHeard < $0 } ?? false)
        }

        var quarantined: Int64 { waiting.reduce(0) { $0 + $1.messages } }
        var quarantinedBytes: Int64 { waiting.reduce(0) { $0 + $1.byteCount } }
        var oldestQuarantined: Instant? { waiting.map(\.oldest).min() }
    }

    let logs: [Log]
    /// Those that a hospital tells: a practice tells its list now and then, and is not silent in between.
    var feeds: [Log] { logs.filter { ODSPracticeCode($0.name) == nil } }
    /// Those that a practice tells.
    var practiceLogs: [Log] { logs.filter { ODSPracticeCode($0.name) != nil } }
    var events: Int64 { logs.reduce(0) { $0 + $1.position } }

    /// What is held back in all logs: reasons, the most frequent first, with the number of messages.
    var waitingByReason: [(reason: String, messages: Int64)] {
        var counts: [String: Int64] = [:]
        for waiting in logs.flatMap(\.waiting) { counts[waiting.reason, default: 0] += waiting.messages }
        return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { (reason: $0.key, messages: $0.value) }
    }

    /// - Parameter now: whose London day counts as today.
    static func read(_ pool: PostgresPool, now: Instant) async throws -> StoreStatus {
        let midnight = PostgresTimestamp(microseconds: LondonDay(of: now).start.microseconds)
        let results = try await pool.pipeline([
            """
            select h.log, h.position, coalesce(c.position, 0),
                   (select m.recorded_at from event_log.message m where m.log = h.log
                    order by m.position desc limit 1),
                   (select count(*) from event_log.message m
                    where m.log = h.log
                      and m.position > event_log.position_at(h.log, \(midnight))),
                   (select count(*) from practice.poison p where p.hospital = h.log),
                   f.silence_told_at, r.usual
            from event_log.head h
            left join practice.checkpoint c on c.hospital = h.log and c.projection = 'practice'
            left join practice.feed f on f.hospital = h.log and f.feed = 'adt'
            left join practice.feed_rhythm r on r.hospital = f.hospital and r.feed = f.feed
                and r.hour_of_week = \(FreshnessRule.hourOfWeek(at: now))
            order by h.log
            """,
            "select log, coalesce(reason, ''), messages, byte_count, oldest from event_log.waiting_counts()",
        ])
        var waiting: [String: [Waiting]] = [:]
        for row in results[1] {
            let oldest: PostgresTimestamp = try row.decode(4)
            waiting[try row.decode(0), default: []].append(
                Waiting(
                    reason: try row.decode(1), messages: try row.decode(2), byteCount: try row.decode(3),
                    oldest: Instant(microseconds: oldest.microseconds)))
        }
        return StoreStatus(
            logs: try results[0].map { row in
                let name: String = try row.decode(0)
                let heard: PostgresTimestamp? = try row.decode(3)
                let silenced: PostgresTimestamp? = try row.decode(6)
                let usual: Int32? = try row.decode(7)
                return Log(
                    name: name, position: try row.decode(1), projected: try row.decode(2),
                    lastHeard: heard.map { Instant(microseconds: $0.microseconds) }, messagesToday: try row.decode(4),
                    waiting: waiting[name] ?? [], poison: try row.decode(5),
                    silenceToldAt: silenced.map { Instant(microseconds: $0.microseconds) },
                    usual: usual.map { .seconds(Int64($0)) })
            })
    }
}
