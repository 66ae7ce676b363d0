package import EventSourcing
package import Hummingbird
import HummingbirdCore
package import Logging
package import NIOCore
import ServiceLifecycle

/// The practice's service, ready to run: who may ask, what is answered, within which limits.
///
/// Two applications, each a `Service` (swift-service-lifecycle) that stops gracefully: it stops accepting, answers what
/// is in hand and closes what rests. Started first and stopped last, the admin one tells the supervisor how the other
/// is.
package struct PracticeServer: Sendable {
    /// How the service is; `adminApplication` tells it.
    package let health = ServiceHealth()
    private let configuration: PracticeServiceConfiguration
    private let source: any ListSource
    private let past: (any PastListSource)?
    private let verifier: TokenVerifier
    private let breakGlass: (any BreakGlassBook)?
    private let groups: [any RouteGroup]
    private let limiter: RateLimiter
    private let versions: ListVersions?
    private let now: @Sendable () -> Instant
    private let makeRequestID: @Sendable () -> String
    private let logger: Logger
    private let documentation = DocumentationRoutes()

    /// Puts the service together; nothing listens yet.
    ///
    /// - Parameters:
    ///   - past: where lists of the past come from; without it none are served.
    ///   - breakGlass: the grants that open other practices; without it none does.
    ///   - groups: the parts of the service beside the lists, the feeds and the documentation.
    ///   - versions: the tags by which polls that find nothing new are answered without a look at the rows.
    ///   - now: the clock that tokens, windows and nights are counted by.
    ///   - makeRequestID: makes the ids of requests that come without one; UUIDs.
    package init(
        configuration: PracticeServiceConfiguration, source: any ListSource, past: (any PastListSource)? = nil,
        verifier: TokenVerifier,
        breakGlass: (any BreakGlassBook)? = nil, groups: [any RouteGroup] = [], versions: ListVersions? = nil,
        now: @escaping @Sendable () -> Instant, makeRequestID: (@Sendable () -> String)? = nil, logger: Logger
    ) {
        self.configuration = configuration
        self.source = source
        self.past = past
        self.verifier = verifier
        self.breakGlass = breakGlass
        self.groups = groups
        limiter = RateLimiter(requestsMax: configuration.limits.requestsPerMinuteMax)
        self.versions = versions
        self.now = now
        self.makeRequestID = makeRequestID ?? { Self.randomRequestID() }
        self.logger = logger
    }

    /// What practices and integrations reach.
    ///
    /// - Parameter onListening: told the address once, when connections are accepted.
    package func application(
        onListening: @escaping @Sendable (SocketAddress?) async -> Void = { _ in }
    ) -> some ApplicationProtocol {
        let router = router()
        register(on: router)
        return application(
            router, host: configuration.host, port: configuration.port, tls: configuration.tls,
            services: [DrainWatch(health: health)]
        ) { [health] address in
            health.beganServing()
            await onListening(address)
        }
    }

    /// What the machine's own supervisor reaches: `/livez`, `/readyz`.
    package func adminApplication(
        onListening: @escaping @Sendable (SocketAddress?) async -> Void = { _ in }
    ) -> some ApplicationProtocol {
        let router = router()
        var routes = Routes(router: router)
        let answers = HealthRoutes(health: health, source: source)
        routes.serve("/livez", .get(nil, answers.live))
        routes.serve("/readyz", .get(nil, answers.ready))
        return application(
            router, host: configuration.adminHost, port: configuration.adminPort, services: [],
            onListening: onListening)
    }

    /// What `application` answers.
    package var servedRoutes: [ServedRoute] { register(on: router()) }

    @discardableResult private func register(on router: Router<PracticeContext>) -> [ServedRoute] {
        let gate = AccessGate(
            authentication: Authentication(verifier: verifier, limiter: limiter, now: now), denials: source,
            breakGlass: breakGlass, configuration: configuration, logger: logger)
        let lists = ListRoute(
            source: source, past: past, gate: gate, configuration: configuration, versions: versions, now: now, logger: logger)
        let feeds = FeedRoute(source: source, gate: gate, configuration: configuration, now: now, logger: logger)
        var routes = Routes(router: router)
        routes.serve(ListRoute.path, .get(.readLists, lists.answer))
        routes.serve(FeedRoute.path, .get(.readStatus, feeds.answer))
        if let past {
            let board = AuditBoardRoute(
                past: past, gate: gate, configuration: configuration, now: now, logger: logger)
            routes.serve(AuditBoardRoute.path, .get(.readAudit, board.answer))
        }
        if let breakGlass {
            let route = BreakGlassRoute(gate: gate, book: breakGlass, configuration: configuration, logger: logger)
            routes.serve(BreakGlassRoute.path, .post(.breakGlass, route.answer))
        }
        let parts = ServiceParts(gate: gate, configuration: configuration, now: now, logger: logger)
        for group in groups + [documentation] { group.addRoutes(to: &routes, with: parts) }
        return routes.served
    }

    private func router() -> Router<PracticeContext> {
        let router = Router(context: PracticeContext.self, options: [.autoGenerateHeadEndpoints])
        router.add(
            middleware: EdgeMiddleware(
                isReachedOverTLS: configuration.isReachedOverTLS, limiter: limiter, makeRequestID: makeRequestID,
                logger: logger))
        return router
    }

    private func application(
        _ router: Router<PracticeContext>, host: String, port: Int, tls: HTTPServerIdentity? = nil,
        services: [any Service],
        onListening: @escaping @Sendable (SocketAddress?) async -> Void
    ) -> some ApplicationProtocol {
        let limits = configuration.limits
        let http1 = HTTP1Channel.Configuration(
            additionalChannelHandlers: [RequestDeadlines(limits: limits)],
            idleTimeout: TimeAmount(limits.idleTimeout),
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: limits.headerFieldBytesMax, maxHeaderListSize: limits.headerBytesMax,
                maxHeaderFieldCount: limits.headerFieldsMax))
        return Application(
            router: router,
            server: HTTPServerBuilder { responder in
                HTTPChannel(base: HTTP1Channel(responder: responder, configuration: http1), tls: tls)
            },
            configuration: ApplicationConfiguration(
                address: .hostname(host, port: port),
                availableConnectionsDelegate: .maximum(limits.connectionsMax, logger: logger)),
            services: services,
            onServerRunning: { channel in await onListening(channel.localAddress) },
            logger: logger)
    }

    private static func randomRequestID() -> String {
        var generator = SystemRandomNumberGenerator()
        return RequestID.make(using: &generator)
    }
}
