import Admissions
import EventLog
import Logging
import Postgres
import Projections
import ServiceLifecycle

/// Keeps the practice views up to the log, made as the settings say.
///
/// Where the settings of closed practices or of what is sensitive have changed since the views were made, they are made
/// anew beside the live ones, which go on meanwhile.
struct ProjectorService: Service {
    let pool: PostgresPool
    /// For making the views anew: a rebuild waits for projectors, which must not wait for its connections.
    let rebuildPool: PostgresPool
    let successors: PracticeSuccessors
    let sensitivity: SensitivityPolicy
    let readiness: Readiness
    let logger: Logger

    private static let retryDelay: Duration = .seconds(1)

    func run() async throws {
        let projector = Projector(pool: pool, reader: EventReader(pool: pool), logger: logger)
        try await cancelWhenGracefulShutdown {
            do {
                let isSettled = try await settle()
                readiness.isReady(.project)
                try await withThrowingDiscardingTaskGroup { group in
                    if !isSettled { group.addTask { await rebuild() } }
                    try await projector.run()
                    group.cancelAll()
                }
            } catch is CancellationError {
                return
            }
        }
        await rebuildPool.close()
        await pool.close()
    }

    /// Whether the views are made as the settings say; asked until the database answers.
    private func settle() async throws -> Bool {
        while true {
            do {
                return try await ViewBasis.settle(successors, sensitivity, in: pool)
            } catch {
                try Task.checkCancellation()
                logger.warning("projector cannot look how the views are made", metadata: ["error": "\(error)"])
                try await Task.sleep(for: Self.retryDelay)
            }
        }
    }

    private func rebuild() async {
        logger.notice("the settings succession or sensitivity have changed: the views are made anew")
        do {
            let summary = try await Rebuild(
                pool: rebuildPool, reader: EventReader(pool: rebuildPool), logger: logger, successors: successors,
                sensitivity: sensitivity
            ).run()
            logger.notice("the views have been made anew", metadata: ["rows": "\(summary.rows)"])
        } catch is CancellationError {
            return
        } catch {
            logger.error(
                "the views could not be made anew: run `primary-conect project rebuild`", metadata: ["error": "\(error)"])
        }
    }
}
