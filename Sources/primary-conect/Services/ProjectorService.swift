import EventLog
import Logging
import Postgres
import Projections
import ServiceLifecycle

/// Keeps the practice views up to the log.
struct ProjectorService: Service {
    let pool: PostgresPool
    let readiness: Readiness
    let logger: Logger

    func run() async throws {
        let projector = Projector(pool: pool, reader: EventReader(pool: pool), logger: logger)
        readiness.isReady(.project)
        try await cancelWhenGracefulShutdown {
            do {
                try await projector.run()
            } catch is CancellationError {
                return
            }
        }
        await pool.close()
    }
}
