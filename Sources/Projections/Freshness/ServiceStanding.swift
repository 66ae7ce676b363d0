import EventLog
package import EventSourcing
import Postgres

/// How the service stands, without a word of any patient: how fresh each feed is, how far the views follow the logs.
package struct ServiceStanding: Sendable, Hashable {
    /// One log and how far the views follow it.
    package struct Log: Sendable, Hashable {
        package var name: LogName
        /// Where the log ends.
        package var head: Position
        /// Up to where the views show it.
        package var projected: Position
        /// When the newest event that the views show was recorded; `nil` before the first.
        package var toldThrough: Instant?

        /// Describes a log.
        package init(name: LogName, head: Position, projected: Position, toldThrough: Instant?) {
            self.name = name
            self.head = head
            self.projected = projected
            self.toldThrough = toldThrough
        }

        /// Events that the views do not show yet.
        package var behind: Int64 { max(0, head.rawValue - projected.rawValue) }
    }

    /// All feeds, in the order of their hospitals.
    package var feeds: [FeedFreshness]
    /// The hospitals' logs and the practice's own, in order.
    package var logs: [Log]

    /// Puts the two together.
    package init(feeds: [FeedFreshness], logs: [Log]) {
        self.feeds = feeds
        self.logs = logs
    }

    /// `feeds.isComplete`
    package var isComplete: Bool { feeds.isComplete }

    static let select: SQL = "select log, head, projected, told_through from practice.standing()"

    static func decodeLogs(_ result: PostgresResult) throws(PostgresError) -> [Log] {
        var logs: [Log] = []
        for row in result {
            var columns = ColumnReader(row)
            logs.append(
                Log(
                    name: try columns.next(), head: try columns.next(), projected: try columns.next(),
                    toldThrough: try columns.next()))
        }
        return logs
    }
}

extension [FeedFreshness] {
    /// Whether no feed is silent, and the views are behind none; `false` where there is none, for then nothing is known.
    /// A quiet feed takes nothing away.
    package var isComplete: Bool { !isEmpty && allSatisfy { $0.state != .silent && $0.behind == 0 } }

    /// When the newest event that the views show was recorded; `nil` before the first. Where the views are behind a feed,
    /// only as far as they show all.
    package var toldThrough: Instant? {
        let behind = filter { $0.behind > 0 }
        guard behind.isEmpty else {
            return behind.allSatisfy { $0.messages > 0 } ? behind.map(\.lastHeard).min() : nil
        }
        return map(\.lastHeard).max()
    }
}
