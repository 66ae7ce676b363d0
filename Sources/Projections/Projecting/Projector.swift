package import EventLog
package import EventSourcing
package import Logging
package import Postgres

/// Keeps the practices' views up to date with the logs.
///
/// One task a log: catch up, then follow. Rows and checkpoint move in one transaction, so a projector that is killed at
/// any point goes on where it was, and of several that run at once each event is won by one (the others are refused,
/// reload, and stay behind as stand-ins). Errors of the database are retried with back-off for ever; an event that
/// cannot be read is put into `practice.poison` and passed. The pool logs in as `primary_conect_projector` and needs
/// one connection for each log.
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
            var delay = pace.retryDelay
            while !Task.isCancelled {
                do {
                    for log in try await reader.logs() where followed.insert(log).inserted {
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

    /// Projects one log up to the head it has now; returns the position reached.
    ///
    /// Goes on when another projector is faster; other errors are thrown.
    @discardableResult
    package func catchUp(_ log: LogName) async throws -> Position {
        var projector = try await start(log)
        let head = try await reader.head(of: log)
        while projector.position < head {
            let events = try await reader.events(in: log, after: projector.position, limit: LogProjector.runEventsMax)
            guard !events.isEmpty else {
                throw ProjectionError.positionGap(
                    hospital: log.rawValue, expected: projector.position.rawValue + 1, found: head.rawValue)
            }
            do {
                try await projector.project(events)
                reached(log, projector.position)
            } catch ProjectionError.checkpointMoved {
                try await projector.start()
            }
        }
        return projector.position
    }

    private func start(_ log: LogName) async throws -> LogProjector {
        var projector = LogProjector(
            hospital: log, target: .live, basis: try await ViewBasis.load(from: pool),
            channel: .pool(pool))
        try await projector.start()
        return projector
    }

    private func follow(_ log: LogName) async {
        var delay = pace.retryDelay
        while !Task.isCancelled {
            do {
                var projector = try await start(log)
                for try await events in reader.subscribe(to: log, after: projector.position) {
                    try await project(events, with: &projector)
                    delay = pace.retryDelay
                }
            } catch is CancellationError {
                return
            } catch ProjectionError.checkpointMoved {
                try? await Task.sleep(for: pace.standInDelay)
            } catch {
                logger.warning(
                    "projector lost its way and tries again",
                    metadata: ["log": "\(log)", "error": "\(error)", "delay": "\(delay)"])
                delay = await pause(delay)
            }
        }
    }

    private func project(_ events: [RecordedEvent], with projector: inout LogProjector) async throws {
        var rest = events[...]
        while !rest.isEmpty {
            try await projector.project(rest.prefix(LogProjector.runEventsMax))
            rest = rest.dropFirst(LogProjector.runEventsMax)
            reached(projector.hospital, projector.position)
        }
    }

    private func pause(_ delay: Duration) async -> Duration {
        try? await Task.sleep(for: delay)
        return min(delay * 2, pace.retryDelayMax)
    }
}
