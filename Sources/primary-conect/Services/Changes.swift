import EventSourcing
import Logging
import Postgres
import PracticeService
import Projections
import ServiceLifecycle

/// What the web role needs to tell practices of changes: who follows the journals, and what hangs on it.
struct Changes {
    /// The change feed and its stream.
    let routes: ChangeRoutes
    /// By which polls that find nothing new are answered.
    let versions: ListVersions
    private let hub: ChangeHub
    private let polls: PollLedger

    /// Reads the key of the cursors; the pool logs in as `primary_conect_service`.
    init(
        pool: PostgresPool, rule: FreshnessRule, now: @escaping @Sendable () -> Instant, logger: Logger
    ) async throws {
        let reader = ChangeReader(pool: pool)
        hub = ChangeHub(pool: pool, rule: rule, now: now, logger: logger)
        polls = PollLedger(pool: pool, logger: logger)
        routes = ChangeRoutes(reader: reader, key: try await reader.cursorKey(), hub: hub)
        versions = ListVersions(hub: hub, polls: polls)
    }

    /// To be started before the server, so that they stop after it.
    var services: [any Service] { [Following(hub: hub), Noting(polls: polls)] }

    private struct Following: Service {
        let hub: ChangeHub

        func run() async { await cancelWhenGracefulShutdown { await hub.run() } }
    }

    private struct Noting: Service {
        let polls: PollLedger

        func run() async { await cancelWhenGracefulShutdown { await polls.run() } }
    }
}
