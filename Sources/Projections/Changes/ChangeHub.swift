import EventLog
package import EventSourcing
package import Logging
package import Postgres
import Synchronization

/// Follows the journals of all practices for one process, and wakes those who wait for one.
///
/// One listening connection and one query of counters, however many streams there are; a subscriber costs a stream of empty
/// elements. A wake says "look": several count as one, and one comes with each tick, news or not, so that a subscriber can
/// send a sign of life. A broken connection costs time, never news: all counters are read again with each tick.
///
/// ```
/// notification(practice) ─┐
/// listening, tick (all) ──┴▶ stale ─▶ one query of the counters ─▶ standing ─▶ wakes
/// ```
package final class ChangeHub: Sendable {
    /// How far a practice's journal goes.
    package struct Standing: Sendable, Hashable {
        /// Which telling of the journal.
        package var epoch: Int32 = 1
        /// Number of the newest change.
        package var count: Int64 = 0
        /// Number of the oldest change that is kept.
        package var keptFrom: Int64 = 1
        /// The newest change that touched each list, by the list's name.
        package var lists: [String: Int64] = [:]
    }

    /// Stands for all practices, for who wants to be woken by any.
    package static let everyPractice = "*"
    /// The most subscribers of one process.
    package static let subscribersMax = 8_192
    /// How often all counters are read again, and all subscribers woken.
    package static let tickDefault: Duration = .seconds(15)
    /// Wait after counters could not be read.
    static let retryDelay: Duration = .seconds(1)

    private struct State {
        var isLive = false
        var isFinished = false
        var practices: [String: Standing] = [:]
        var feeds: [FeedFreshness] = []
        var stale: Set<String> = []
        var isAllStale = true
        var isTick = false
        var subscribers: [String: [UInt64: AsyncStream<Void>.Continuation]] = [:]
        var subscriberCount = 0
        var nextID: UInt64 = 0
    }

    private let pool: PostgresPool
    private let rule: FreshnessRule
    private let now: @Sendable () -> Instant
    private let tick: Duration
    private let logger: Logger
    private let state = Mutex(State())

    /// Makes a hub; it knows nothing until it runs. The pool logs in as `primary_conect_service`.
    package init(
        pool: PostgresPool, rule: FreshnessRule = FreshnessRule(), now: @escaping @Sendable () -> Instant,
        tick: Duration = ChangeHub.tickDefault, logger: Logger
    ) {
        self.pool = pool
        self.rule = rule
        self.now = now
        self.tick = tick
        self.logger = logger
    }

    // MARK: What is known

    /// How far a practice's journal goes; `nil` while the database cannot be followed.
    package func standing(of practice: String) -> Standing? {
        state.withLock { $0.isLive ? $0.practices[practice] ?? Standing() : nil }
    }

    /// All feeds as at the last tick; `nil` while the database cannot be followed.
    package var feeds: [FeedFreshness]? { state.withLock { $0.isLive ? $0.feeds : nil } }

    // MARK: Subscribing

    /// A stream that gives an element when there may be news of a practice, and with each tick; `nil` if there are too many
    /// subscribers already, or the hub has finished.
    ///
    /// It ends when its iteration does, when `end` is called, or when the hub finishes.
    package func subscribe(to practice: String) -> Subscription? {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let id = state.withLock { state -> UInt64? in
            guard !state.isFinished, state.subscriberCount < Self.subscribersMax else { return nil }
            state.nextID += 1
            state.subscriberCount += 1
            state.subscribers[practice, default: [:]][state.nextID] = continuation
            return state.nextID
        }
        guard let id else { return nil }
        continuation.onTermination = { _ in self.remove(id, of: practice) }
        return Subscription(wakes: stream, continuation: continuation)
    }

    /// One who waits for news.
    package struct Subscription: Sendable {
        /// The wakes.
        package let wakes: AsyncStream<Void>
        fileprivate let continuation: AsyncStream<Void>.Continuation

        /// Ends the wakes.
        package func end() { continuation.finish() }
    }

    private func remove(_ id: UInt64, of practice: String) {
        state.withLock { state in
            guard state.subscribers[practice]?.removeValue(forKey: id) != nil else { return }
            state.subscriberCount -= 1
            if state.subscribers[practice]?.isEmpty == true { state.subscribers[practice] = nil }
        }
    }

    /// How many wait now.
    package var subscriberCount: Int { state.withLock { $0.subscriberCount } }

    /// Ends all subscriptions and takes no more.
    package func finish() {
        let all = state.withLock { state in
            state.isFinished = true
            return state.subscribers.values.flatMap(\.values)
        }
        for continuation in all { continuation.finish() }
    }

    // MARK: Following

    /// Follows the journals until the task is cancelled, and then finishes.
    package func run() async {
        let (looks, look) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        await withDiscardingTaskGroup { group in
            group.addTask { await self.listen(look) }
            group.addTask { await self.beat(look) }
            for await _ in looks {
                if await self.read() { continue }
                try? await Task.sleep(for: Self.retryDelay)
                look.yield()
            }
            group.cancelAll()
        }
        finish()
    }

    private func listen(_ look: AsyncStream<Void>.Continuation) async {
        for await signal in pool.signals(on: "practice_change") {
            state.withLock { state in
                switch signal {
                case .listening: state.isAllStale = true
                case .notified(let notification): state.stale.insert(notification.payload)
                }
            }
            look.yield()
        }
    }

    private func beat(_ look: AsyncStream<Void>.Continuation) async {
        // Cancelled while asleep: the loop ends by its condition.
        while (try? await Task.sleep(for: tick)) != nil {
            state.withLock { state in
                state.isAllStale = true
                state.isTick = true
            }
            look.yield()
        }
        look.finish()
    }

    /// Reads what is stale and wakes whom it concerns; `false` if the database gave nothing.
    private func read() async -> Bool {
        let (stale, isAll) = state.withLock { state in
            defer { (state.stale, state.isAllStale) = ([], false) }
            return (state.stale, state.isAllStale)
        }
        do {
            let pulse = try await pool.query(isAll ? Self.pulse : Self.pulse(of: stale.sorted()))
            let feeds = isAll ? try await readFeeds() : nil
            var standings: [String: Standing] = [:]
            for row in pulse {
                let (practice, standing) = try Self.decode(row)
                standings[practice] = standing
            }
            wake(take(standings, feeds))
            return true
        } catch {
            // Who is woken finds nothing new, and sends its sign of life.
            let woken = state.withLock { state in
                state.isLive = false
                state.isAllStale = true
                defer { state.isTick = false }
                return state.isTick ? state.subscribers.values.flatMap(\.values) : []
            }
            wake(woken)
            if !Task.isCancelled { logger.warning("changes cannot be followed", metadata: ["error": "\(Self.code(error))"]) }
            return Task.isCancelled
        }
    }

    private func take(_ standings: [String: Standing], _ feeds: [FeedFreshness]?) -> [AsyncStream<Void>.Continuation] {
        state.withLock { state in
            let wasLive = state.isLive
            state.isLive = true
            let changed = standings.filter { state.practices[$0.key] != $0.value }
            state.practices.merge(changed) { _, new in new }
            let oldFeeds = state.feeds
            if let feeds { state.feeds = feeds }
            let isForAll = state.isTick || !wasLive || oldFeeds.map(\.ground) != state.feeds.map(\.ground)
            state.isTick = false
            if isForAll { return state.subscribers.values.flatMap(\.values) }
            let keys = changed.isEmpty ? [] : Array(changed.keys) + [Self.everyPractice]
            return keys.flatMap { state.subscribers[$0].map { Array($0.values) } ?? [] }
        }
    }

    private func wake(_ subscribers: [AsyncStream<Void>.Continuation]) {
        for subscriber in subscribers { subscriber.yield() }
    }

    private func readFeeds() async throws -> [FeedFreshness] {
        let moment = now()
        return try FeedTable.decode(
            try await pool.query(FeedTable.select(at: moment)), rule: rule, now: moment)
    }

    private static let pulse: SQL = """
        select practice, epoch, count, kept_from, lists, versions from practice.pulse(null)
        """

    private static func pulse(of practices: [String]) -> SQL {
        "select practice, epoch, count, kept_from, lists, versions from practice.pulse(\(practices))"
    }

    private static func decode(_ row: PostgresRow) throws -> (String, Standing) {
        var columns = ColumnReader(row)
        let practice: String = try columns.next()
        var standing = Standing(epoch: try columns.next(), count: try columns.next(), keptFrom: try columns.next())
        let (lists, versions): ([String], [Int64]) = (try columns.next(), try columns.next())
        standing.lists = Dictionary(zip(lists, versions)) { first, _ in first }
        return (practice, standing)
    }

    private static func code(_ error: any Error) -> String {
        (error as? PostgresError)?.code.rawValue ?? String(describing: type(of: error))
    }
}
