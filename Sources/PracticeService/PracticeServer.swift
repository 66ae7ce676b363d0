package import EventSourcing
import HTTPTypes
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
    private let verifier: TokenVerifier
    private let now: @Sendable () -> Instant
    private let makeRequestID: @Sendable () -> String
    private let logger: Logger
    private let documentation = DocumentationRoutes()

    /// Puts the service together; nothing listens yet.
    ///
    /// - Parameters:
    ///   - now: the clock that tokens, windows and nights are counted by.
    ///   - makeRequestID: makes the ids of requests that come without one; UUIDs.
    package init(
        configuration: PracticeServiceConfiguration, source: any ListSource, verifier: TokenVerifier,
        now: @escaping @Sendable () -> Instant, makeRequestID: (@Sendable () -> String)? = nil, logger: Logger
    ) {
        self.configuration = configuration
        self.source = source
        self.verifier = verifier
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
        let authentication = Authentication(verifier: verifier, now: now)
        let lists = ListRoute(
            source: source, authentication: authentication, configuration: configuration, now: now, logger: logger)
        let feeds = FeedRoute(
            source: source, authentication: authentication, configuration: configuration, now: now, logger: logger)
        Self.read(ListRoute.path, on: router, lists.answer)
        Self.read(FeedRoute.path, on: router, feeds.answer)
        for path in DocumentationRoutes.paths { Self.read(path, on: router, documentation.answer) }
        return application(
            router, host: configuration.host, port: configuration.port, services: [DrainWatch(health: health)]
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
        let routes = HealthRoutes(health: health, source: source)
        Self.read("/livez", on: router, routes.live)
        Self.read("/readyz", on: router, routes.ready)
        return application(
            router, host: configuration.adminHost, port: configuration.adminPort, services: [],
            onListening: onListening)
    }

    private func router() -> Router<PracticeContext> {
        let router = Router(context: PracticeContext.self, options: [.autoGenerateHeadEndpoints])
        router.add(
            middleware: EdgeMiddleware(
                isReachedOverTLS: configuration.isReachedOverTLS, makeRequestID: makeRequestID, logger: logger))
        return router
    }

    /// A path that is read with GET and HEAD; other methods are answered 405 with `Allow` (RFC 9110 section 15.5.6).
    private static func read(
        _ path: RouterPath, on router: Router<PracticeContext>,
        _ answer: @escaping @Sendable (Request, PracticeContext) async throws -> Response
    ) {
        router.on(path, method: .get, use: answer)
        for method in [HTTPRequest.Method.post, .put, .patch, .delete, .options] {
            router.on(path, method: method) { _, _ -> Response in
                throw Problem(
                    .methodNotAllowed, "This address answers GET and HEAD.", headers: [.allow: "GET, HEAD"])
            }
        }
    }

    private func application(
        _ router: Router<PracticeContext>, host: String, port: Int, services: [any Service],
        onListening: @escaping @Sendable (SocketAddress?) async -> Void
    ) -> some ApplicationProtocol {
        let limits = configuration.limits
        return Application(
            router: router,
            server: .http1(
                configuration: HTTP1Channel.Configuration(
                    additionalChannelHandlers: [RequestDeadlines(limits: limits)],
                    idleTimeout: TimeAmount(limits.idleTimeout),
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: limits.headerFieldBytesMax, maxHeaderListSize: limits.headerBytesMax,
                        maxHeaderFieldCount: limits.headerFieldsMax))),
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
