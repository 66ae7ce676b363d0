package import EventLog
package import EventSourcing
package import Logging
package import Postgres
import Synchronization

/// Keeps the practices' views up to date with the logs.
///
/// One task for each hospital's log: catch up, then follow; one for the logs of all practices (`PracticeLogProjector`),
/// of which each holds a connection only while it is projected. When a practice has told its list, the rows of the
/// hospitals move (`LogProjector.takeRegistrations`). Rows and checkpoint move in one transaction, so a projector that
/// is killed at any point goes on where it was, and of several that run at once each event is won by one (the others
/// are refused, reload, and stay behind as stand-ins). Errors of the database are retried with back-off for ever; an
/// event that cannot be read is put into `practice.poison` and passed. The pool logs in as `primary_conect_projector`
/// and needs one connection for each hospital's log and one for the practices.
package struct Projector: Sendable {
    /// How long to wait after an error, and how often to look for new logs.
    package struct Pace: Sendable {
        /// Wait after the first error in a row; doubles up to `retryDelayMax`.
        package var retryDelay: Duration
        /// The longest wait after an error.
        package var retryDelayMax: Duration
        /// Wait after another projector was faster.
        package var standInDelay: Duration
        /// How often to look whether a new log has begun.
        package var newLogsEvery: Duration

        /// Sets the pace.
        package init(
            retryDelay: Duration = .milliseconds(50), retryDelayMax: Duration = .seconds(5),
            standInDelay: Duration = .milliseconds(250), newLogsEvery: Duration = .milliseconds(500)
        ) {
            self.retryDelay = retryDelay
            self.retryDelayMax = retryDelayMax
            self.standInDelay = standInDelay
            self.newLogsEvery = newLogsEvery
        }
    }

    private let pool: PostgresPool
    private let reader: EventReader
    private let logger: Logger
    private let pace: Pace
    private let reached: @Sendable (LogName, Position) -> Void
    private let lists = ListNews()

    /// Counts the times that practices' lists were projected.
    private final class ListNews: Sendable {
        private let state = Atomic(0)

        var count: Int { state.load(ordering: .acquiring) }

        func add() { state.add(1, ordering: .acquiringAndReleasing) }
    }

    /// Makes a projector; `reached` is called after each commit, from the task of that log, and must not block.
    package init(
        pool: PostgresPool, reader: EventReader, logger: Logger, pace: Pace = Pace(),
        reached: @escaping @Sendable (LogName, Position) -> Void = { _, _ in }
    ) {
        self.pool = pool
        self.reader = reader
        self.logger = logger
        self.pace = pace
        self.reached = reached
    }

    /// Follows all logs, those that begin later too, until the task is cancelled.
    package func run() async throws {
        try await withThrowingDiscardingTaskGroup { group in
            var followed: Set<LogName> = []
            group.addTask { await followPractices() }
            var delay = pace.retryDelay
            while !Task.isCancelled {
                do {
                    for log in try await reader.logs() where log.practice == nil && followed.insert(log).inserted {
                        group.addTask { await follow(log) }
                    }
                    delay = pace.retryDelay
                    try await Task.sleep(for: pace.newLogsEvery)
                } catch is CancellationError {
                    break
                } catch {
                    logger.warning("projector cannot list the logs", metadata: ["error": "\(error)"])
                    delay = await pause(delay)
                }
            }
            group.cancelAll()
        }
    }

    /// Projects one log up to the head it has now, of a hospital by the lists that are projected by now; returns the
    /// position reached.
    ///
    /// Goes on when another projector is faster; other errors are thrown.
    @discardableResult
    package func catchUp(_ log: LogName) async throws -> Position {
        let head = try await reader.head(of: log)
        while true {
            do {
                return try await log.practice == nil ? catchUpHospital(log, to: head) : catchUpPractice(log, to: head)
            } catch ProjectionError.checkpointMoved {
                continue
            }
        }
    }

    private func catchUpHospital(_ log: LogName, to head: Position) async throws -> Position {
        var projector = try await start(log)
        while projector.position < head {
            let events = try await reader.events(in: log, after: projector.position, limit: LogProjector.runEventsMax)
            guard !events.isEmpty else {
                throw ProjectionError.positionGap(
                    hospital: log.rawValue, expected: projector.position.rawValue + 1, found: head.rawValue)
            }
            try await projector.project(events)
            reached(log, projector.position)
        }
        try await projector.takeRegistrations()
        return projector.position
    }

    private func catchUpPractice(_ log: LogName, to head: Position) async throws -> Position {
        guard
            var projector = PracticeLogProjector(
                log, target: .live, basis: try await ViewBasis.load(from: pool), channel: .pool(pool))
        else { return .origin }
        try await projector.start()
        try await projector.project(through: head) { try await reader.events(in: log, after: $0, limit: $1) }
        reached(log, projector.position)
        return projector.position
    }

    private func start(_ log: LogName) async throws -> LogProjector {
        var projector = LogProjector(
            hospital: log, target: .live, basis: try await ViewBasis.load(from: pool),
            channel: .pool(pool))
        try await projector.start()
        return projector
    }

    // MARK: Following

    private func follow(_ log: LogName) async {
        await keepOn(log) { worked in
            let wakes = reader.wakes { $0 == log }
            var projector = try await start(log)
            var listsSeen = -1
            var wake = wakes.makeAsyncIterator()
            repeat {
                let isIdle = try await !project(log, with: &projector, worked)
                let lists = lists.count
                // The net: an idle tick looks at the lists, too, for another process may have projected them.
                if isIdle || lists != listsSeen { try await projector.takeRegistrations() }
                listsSeen = lists
            } while await wake.next() != nil
        }
    }

    /// Projects what there is; whether there was anything.
    private func project(
        _ log: LogName, with projector: inout LogProjector, _ worked: () -> Void
    ) async throws -> Bool {
        var isNews = false
        while !Task.isCancelled {
            let events = try await reader.events(in: log, after: projector.position, limit: LogProjector.runEventsMax)
            if events.isEmpty { break }
            try await projector.project(events)
            reached(log, projector.position)
            worked()
            isNews = true
        }
        return isNews
    }

    private func followPractices() async {
        await keepOn(nil) { worked in
            var wake = reader.wakes { $0.practice != nil }.makeAsyncIterator()
            repeat {
                let behind = try await pool.query(CheckpointTable.selectPracticesBehind)
                for row in behind where !Task.isCancelled {
                    let log: LogName = try row.decode(0)
                    guard log.practice != nil else { continue }
                    try await catchUp(log)
                    worked()
                }
                if !behind.isEmpty {
                    lists.add()
                    reader.wake()
                }
            } while await wake.next() != nil
        }
    }

    /// Does a work that goes on for ever, again and again after errors.
    ///
    /// - Parameter body: calls its argument whenever it got on.
    private func keepOn(_ log: LogName?, _ body: (_ worked: () -> Void) async throws -> Void) async {
        var delay = pace.retryDelay
        while !Task.isCancelled {
            do {
                try await body { delay = pace.retryDelay }
            } catch is CancellationError {
                return
            } catch ProjectionError.checkpointMoved {
                try? await Task.sleep(for: pace.standInDelay)
            } catch {
                if Task.isCancelled { return }
                logger.warning(
                    "projector lost its way and tries again",
                    metadata: ["log": "\(log?.rawValue ?? "practices")", "error": "\(error)", "delay": "\(delay)"])
                delay = await pause(delay)
            }
        }
    }

    private func pause(_ delay: Duration) async -> Duration {
        try? await Task.sleep(for: delay)
        return min(delay * 2, pace.retryDelayMax)
    }
}
