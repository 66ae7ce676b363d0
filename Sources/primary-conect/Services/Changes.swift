import EventSourcing
import Logging
import Postgres
import PracticeService
import Projections
import ServiceLifecycle

/// What the web role needs to tell practices of changes: who follows the journals, and what hangs on it.
struct Changes {
    /// The change feed and its stream, and the webhooks.
    let routes: [any RouteGroup]
    /// By which polls that find nothing new are answered.
    let versions: ListVersions
    private let hub: ChangeHub
    private let polls: PollLedger
    private let webhooks: WebhookDispatcher

    /// Reads the key of the cursors; the pool logs in as `primary_conect_service`.
    ///
    /// Settings: `webhooks.source` names this installation in events, `webhooks.testMinutes` is the time between two test
    /// events, `webhooks.anywhere` lets webhooks call machines of the own network, for trials.
    init(
        pool: PostgresPool, settings: Settings, now: @escaping @Sendable () -> Instant, logger: Logger
    ) async throws {
        let reader = ChangeReader(pool: pool)
        hub = ChangeHub(pool: pool, rule: try settings.freshnessRule(), now: now, logger: logger)
        polls = PollLedger(pool: pool, logger: logger)
        versions = ListVersions(hub: hub, polls: polls)
        let outbound = try OutboundHTTP(reach: settings.isOn("webhooks.anywhere") ? .anywhere : .publicInternet)
        let store = WebhookStore(pool: pool)
        var configuration = WebhookDispatcher.Configuration()
        configuration.source = settings.text("webhooks.source", or: configuration.source)
        let minutes = try settings.number("webhooks.testMinutes", or: 15)
        guard (1...10_080).contains(minutes) else {
            throw CommandFailure(.badConfiguration, "The setting webhooks.testMinutes must be from 1 to 10080.")
        }
        configuration.testEvery = .seconds(minutes * 60)
        webhooks = WebhookDispatcher(
            store: store, hub: hub, configuration: configuration, now: now, logger: logger, send: outbound.webhookSend)
        routes = [
            ChangeRoutes(reader: reader, key: try await reader.cursorKey(), hub: hub),
            WebhookRoutes(store: store) { outbound.allows($0) },
        ]
    }

    /// To be started before the server, so that they stop after it.
    var services: [any Service] { [Following(hub: hub), Noting(polls: polls), Calling(webhooks: webhooks)] }

    private struct Following: Service {
        let hub: ChangeHub

        func run() async { await cancelWhenGracefulShutdown { await hub.run() } }
    }

    private struct Noting: Service {
        let polls: PollLedger

        func run() async { await cancelWhenGracefulShutdown { await polls.run() } }
    }

    private struct Calling: Service {
        let webhooks: WebhookDispatcher

        func run() async { await cancelWhenGracefulShutdown { await webhooks.run() } }
    }
}
