import EventLog
import EventSourcing
import Postgres

/// `practice.feed`, as it is read and written.
enum FeedTable {
    /// The one feed that a hospital's log has so far.
    static let feed = "adt"

    /// All feeds, in the order of their hospitals.
    static let select: SQL = """
        select hospital, feed, last_heard_at, position, messages from practice.feed order by hospital, feed
        """

    /// Reads what `select` gives, with the state of each feed now.
    static func decode(_ result: PostgresResult, rule: FreshnessRule, now: Instant) throws -> [FeedFreshness] {
        try (0..<result.count).map { index in
            var columns = ColumnReader(result[index])
            let hospital: LogName = try columns.next()
            let feed: String = try columns.next()
            let lastHeard: Instant = try columns.next()
            let position: Position = try columns.next()
            return FeedFreshness(
                hospital: hospital, feed: feed, lastHeard: lastHeard, position: position,
                messages: try columns.next(), state: rule.state(lastHeard: lastHeard, now: now))
        }
    }

    /// Notes that the feed was heard; `nil` if it was not.
    static func note(_ heard: FeedHearing, of hospital: LogName, in table: String) -> SQL? {
        guard let last = heard.last else { return nil }
        return """
            insert into practice.\(identifier: table) as f (hospital, feed, last_heard_at, position, messages)
            values (\(hospital), \(feed), \(last), \(heard.position), \
            \(heard.messages))
            on conflict (hospital, feed) do update set last_heard_at = excluded.last_heard_at,
                position = excluded.position, messages = f.messages + excluded.messages
            """
    }
}
