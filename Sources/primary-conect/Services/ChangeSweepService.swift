import EventSourcing
import Logging
import Postgres
import Projections
import ServiceLifecycle

/// Deletes once an hour what the journals have kept long enough: the setting `changes.keptDays`, 90 days without it.
struct ChangeSweepService: Service {
    let now: @Sendable () -> Instant
    let logger: Logger
    private let pool: PostgresPool
    private let kept: Duration

    private static let interval: Duration = .seconds(3_600)

    /// - Throws: `CommandFailure(.badConfiguration)` for a number of days that is none.
    init(installation: Installation, now: @escaping @Sendable () -> Instant, logger: Logger) throws {
        let days = try installation.settings.number("changes.keptDays", or: ChangeSweep.keptDaysDefault)
        guard (1...3_660).contains(days) else {
            throw CommandFailure(.badConfiguration, "The setting changes.keptDays must be from 1 to 3660.")
        }
        kept = .seconds(days * 86_400)
        pool = try installation.pool(.projector, connectionsMax: 1)
        self.now = now
        self.logger = logger
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            repeat {
                do {
                    try await ChangeSweep(pool: pool).run(before: now() - kept)
                } catch {
                    logger.warning("changes not swept", metadata: ["error": "\(String(describing: type(of: error)))"])
                }
            } while (try? await Task.sleep(for: Self.interval)) != nil
        }
        await pool.close()
    }
}
