import Admissions
import EventLog
import EventSourcing
import Postgres

extension FeedTable {
    /// How fresh each feed was at a moment of the past, by the rhythms of today.
    static func feeds(at cut: AsAtCut, by rule: FreshnessRule, channel: StatementChannel) async throws -> [FeedFreshness] {
        let logs = cut.positions.filter { $0.key.practice == nil && $0.value > .origin }.sorted { $0.key < $1.key }
        let result = try await channel.query(
            """
            select l.log, m.position, m.recorded_at, s.recorded_at, r.usual
            from unnest(\(logs.map(\.key)), \(logs.map(\.value))) as l (log, position)
            cross join lateral (select e.position, e.recorded_at from event_log.event e
                where e.log = l.log and e.position <= l.position and e.message_position = e.position
                order by e.position desc limit 1) m
            left join lateral (select e.recorded_at from event_log.event e
                where e.log = l.log and e.stream = \(FeedEvent.stream(of: feed)) and e.position <= l.position
                  and e.position > m.position and e.type = \(FeedEvent.Kind.fellSilent.rawValue)
                order by e.position desc limit 1) s on true
            left join practice.feed_rhythm r on r.hospital = l.log and r.feed = \(feed)
                and r.hour_of_week = \(Int32(LondonHour(of: cut.moment).ofWeek))
            order by l.log
            """)
        return try result.compactMap { row in
            let (hospital, position, heard, silence, usual) = try row.decode(
                LogName.self, Position.self, Instant.self, Instant?.self, Int32?.self)
            guard !rule.unwatched.contains(hospital) else { return nil }
            let gap = usual.map { Duration.seconds(Int64($0)) }
            return FeedFreshness(
                hospital: hospital, feed: feed, lastHeard: heard, position: position, messages: 0,
                state: rule.state(
                    of: hospital, lastHeard: heard, now: cut.moment, usual: gap, isToldSilent: silence != nil),
                usual: gap, silenceToldAt: silence)
        }
    }
}
