package import Admissions
import EventLog
package import EventSourcing
package import Logging
package import Postgres

/// Tells a hospital's log when its feed falls silent, and when it is heard again.
///
/// Where a silence begins follows from the clock and not from the log, so somebody has to say it: then it is an event
/// like any other, which people can subscribe to, and a replay shows what was known. A feed is said to be silent only
/// where the views show all of its log: what we have not read yet is our silence, not the hospital's. Any number of
/// watches may run: each takes the log's end as it saw it, and one of them tells. The pool logs in as
/// `primary_conect_projector`.
///
/// ```
/// recovered (or never told) ── state silent, views at the head ──▶ fell silent
///        ▲                                                             │
///        └────────────────── a newer message is shown ─────────────────┘
/// ```
package struct FeedWatch: Sendable {
    /// How often to look, unless said otherwise.
    package static let lookEvery = Duration.seconds(15)

    private let pool: PostgresPool
    private let log: FeedEventLog
    private let rule: FreshnessRule
    private let now: @Sendable () -> Instant
    private let logger: Logger

    /// Makes a watch; `now` says how old the last message is, and when it was told.
    package init(
        pool: PostgresPool, rule: FreshnessRule = FreshnessRule(),
        now: @escaping @Sendable () -> Instant = WallClock.now,
        logger: Logger
    ) {
        self.pool = pool
        log = FeedEventLog(pool: pool, now: now)
        self.rule = rule
        self.now = now
        self.logger = logger
    }

    /// Looks again and again until the task is cancelled; errors are logged, and the next look tries again.
    package func run(every interval: Duration = lookEvery) async throws {
        while true {
            do {
                try await look()
            } catch is CancellationError {
                throw CancellationError()
            } catch {
                // Of an error that is not the database's, whose words we do not know, the type alone.
                let code = (error as? PostgresError)?.description ?? String(describing: type(of: error))
                logger.warning("feeds cannot be watched", metadata: ["error": "\(code)"])
            }
            try await Task.sleep(for: interval)
        }
    }

    /// Looks once at all feeds and tells what is new; gives what this watch told.
    @discardableResult
    package func look() async throws -> [FeedEvent] {
        let moment = now()
        let results = try await pool.pipeline([FeedTable.selectShown(at: moment), Self.ends])
        let ends = try Self.decodeEnds(results[1])
        var told: [FeedEvent] = []
        for feed in try FeedTable.decode(results[0], rule: rule, now: moment) {
            guard let end = ends[feed.hospital], let event = Self.news(of: feed, end: end) else { continue }
            guard case .appended = try await log.append(event.newEvent, to: feed.hospital, seen: end.head) else {
                continue
            }
            logger.notice(
                event.kind == .fellSilent ? "feed fell silent" : "feed is heard again",
                metadata: ["hospital": "\(feed.hospital)", "last_heard": "\(feed.lastHeard)"])
            told.append(event)
        }
        return told
    }

    /// What is to be told of a feed; `nil` where all has been told.
    private static func news(of feed: FeedFreshness, end: End) -> FeedEvent? {
        let kind: FeedEvent.Kind
        switch end.lastKind {
        case .fellSilent:
            guard let told = end.lastTold, told < feed.position else { return nil }
            kind = .recovered
        case nil, .recovered:
            guard feed.state == .silent, end.projected == end.head else { return nil }
            kind = .fellSilent
        }
        return FeedEvent(
            kind, feed: feed.feed, lastHeard: feed.lastHeard, position: feed.position,
            usualSeconds: feed.usual?.components.seconds)
    }

    /// Where a log and the views of it end, and what was last told of the feed.
    private struct End {
        let head: Position
        let projected: Position
        let lastKind: FeedEvent.Kind?
        let lastTold: Position?
    }

    private static let ends: SQL = """
        select h.log, h.position, c.position, e.type, e.position
        from event_log.head h
        join practice.checkpoint c on c.hospital = h.log and c.projection = \(ProjectionTables.projection)
        left join lateral (
            select e.type, e.position from event_log.event e
            where e.log = h.log and e.stream = \(FeedEvent.stream(of: FeedTable.feed))
            order by e.position desc limit 1) e on true
        """

    private static func decodeEnds(_ result: PostgresResult) throws -> [LogName: End] {
        var ends: [LogName: End] = [:]
        for row in result {
            var columns = ColumnReader(row)
            let log: LogName = try columns.next()
            let head: Position = try columns.next()
            let projected: Position = try columns.next()
            let type: String? = try columns.next()
            ends[log] = End(
                head: head, projected: projected, lastKind: type.flatMap(FeedEvent.Kind.init(rawValue:)),
                lastTold: try columns.next())
        }
        return ends
    }
}
