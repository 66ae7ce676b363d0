import Postgres
import Projections
import ServiceLifecycle

/// Tells hospitals' logs when their feeds fall silent; of several daemons one does.
struct FeedWatchService: Service {
    let pool: PostgresPool
    let watch: FeedWatch

    func run() async throws {
        try await cancelWhenGracefulShutdown {
            do {
                try await watch.run()
            } catch is CancellationError {
                return
            }
        }
        await pool.close()
    }
}
