package import NIOCore
import NIOHTTP1
import NIOPosix
package import NIOSSL

/// Sends single HTTP requests to servers that others name: the keys of a client, the target of a webhook.
///
/// One connection a request, HTTP/1.1, TLS 1.2 or later, the server's certificate checked against the system's
/// authorities. Redirects are not followed. The name is resolved at each call, every address it gives is checked, and the
/// connection goes to an address that was checked, so that a name cannot point inside after it was looked at. Answers
/// are held whole, up to `Limits.answerBytesMax`.
package struct OutboundHTTP: Sendable {
    /// Whom it may call.
    package enum Reach: Sendable {
        /// `https`, a DNS name with a dot, and only addresses of the public internet.
        case publicInternet
        /// Also `http`, IP literals and private addresses: for trial installations and tests.
        case anywhere
    }

    /// A request.
    package struct Request: Sendable {
        package var method: String
        package var url: OutboundURL
        /// Sent as they are, after `Host`; `Content-Length` and `Connection` are added.
        package var headers: [(name: String, value: String)]
        package var body: [UInt8]

        /// A request to be sent.
        package init(
            method: String = "GET", url: OutboundURL, headers: [(name: String, value: String)] = [],
            body: [UInt8] = []
        ) {
            self.method = method
            self.url = url
            self.headers = headers
            self.body = body
        }
    }

    /// An answer, of any status.
    package struct Answer: Sendable {
        package let status: Int
        package let body: [UInt8]
        private let headers: HTTPHeaders

        init(head: HTTPResponseHead, body: [UInt8]) {
            status = Int(head.status.code)
            headers = head.headers
            self.body = body
        }

        /// The first value of a header field, whatever the case of its name.
        package func header(_ name: String) -> String? { headers.first(name: name) }
    }

    /// What a request may cost us.
    package struct Limits: Sendable {
        /// For each address that is tried.
        package var connectTimeout: Duration
        /// From the start of a connection to the end of the answer.
        package var answerTimeout: Duration
        package var answerBytesMax: Int

        /// 5 s to connect, 15 s in all, 64 KiB.
        package init(
            connectTimeout: Duration = .seconds(5), answerTimeout: Duration = .seconds(15),
            answerBytesMax: Int = 65_536
        ) {
            self.connectTimeout = connectTimeout
            self.answerTimeout = answerTimeout
            self.answerBytesMax = answerBytesMax
        }
    }

    /// Gives the addresses of a host; blocks no event loop.
    package typealias Resolver = @Sendable (_ host: String, _ port: Int) async throws -> [SocketAddress]

    private let reach: Reach
    private let limits: Limits
    private let resolve: Resolver
    private let group: any EventLoopGroup
    private let tls: NIOSSLContext

    /// Calls within `reach`.
    ///
    /// - Parameters:
    ///   - trustRoots: the authorities that sign servers' certificates.
    ///   - resolve: the system's resolver unless another is given.
    /// - Throws: `NIOSSLError` where the authorities cannot be read.
    package init(
        reach: Reach = .publicInternet, limits: Limits = Limits(), trustRoots: NIOSSLTrustRoots = .default,
        resolve: Resolver? = nil, group: (any EventLoopGroup)? = nil
    ) throws {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        configuration.trustRoots = trustRoots
        tls = try NIOSSLContext(configuration: configuration)
        self.reach = reach
        self.limits = limits
        self.resolve = resolve ?? Self.systemResolver
        self.group = group ?? MultiThreadedEventLoopGroup.singleton
    }

    /// Whether an address may be called at all, by its text; what the name leads to is checked at each call.
    package func allows(_ url: OutboundURL) -> Bool {
        switch reach {
        case .publicInternet: url.isSecure && url.isPublicName
        case .anywhere: true
        }
    }

    /// Sends a request and waits for its answer.
    package func send(_ request: Request) async throws(OutboundError) -> Answer {
        guard allows(request.url) else { throw .addressNotAllowed }
        let addresses: [SocketAddress]
        do {
            addresses = try await resolve(request.url.host, request.url.port)
        } catch {
            throw .nameNotFound
        }
        guard !addresses.isEmpty else { throw .nameNotFound }
        // One private address among several is reason enough: the next resolution might give it alone.
        guard reach == .anywhere || addresses.allSatisfy(PublicAddress.contains) else { throw .addressNotPublic }
        var failure = OutboundError.notConnected
        for address in addresses.prefix(Self.addressesMax) {
            do {
                return try await send(request, to: address)
            } catch {
                failure = error
                // Once connected, the request may have been received: it is not sent again elsewhere.
                guard error == .notConnected else { throw error }
            }
        }
        throw failure
    }

    /// How many addresses of a name are tried.
    private static let addressesMax = 4

    private func send(_ request: Request, to address: SocketAddress) async throws(OutboundError) -> Answer {
        let loop = group.next()
        let answer = loop.makePromise(of: Answer.self)
        let bootstrap = ClientBootstrap(group: loop)
            .connectTimeout(TimeAmount(limits.connectTimeout))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    if request.url.isSecure {
                        let host = request.url.host
                        try pipeline.addHandler(
                            NIOSSLClientHandler(
                                context: tls, serverHostname: request.url.isPublicName || host == "localhost" ? host : nil))
                    }
                    try pipeline.addHTTPClientHandlers(leftOverBytesStrategy: .dropBytes)
                    try pipeline.addHandler(
                        OutboundExchange(request: request, limits: limits, answer: answer))
                }
            }
        do {
            _ = try await bootstrap.connect(to: address).get()
        } catch {
            answer.fail(OutboundError.notConnected)
            _ = try? await answer.futureResult.get()
            throw .notConnected
        }
        do {
            return try await answer.futureResult.get()
        } catch {
            throw error as? OutboundError ?? .answerBroken
        }
    }
}
