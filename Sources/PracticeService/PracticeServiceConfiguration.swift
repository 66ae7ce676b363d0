/// Where the service listens, and its limits.
package struct PracticeServiceConfiguration: Sendable {
    /// Where practices and integrations come in.
    package var host: String
    /// 0 takes any free port.
    package var port: Int
    /// Where `/livez` and `/readyz` are answered: for the machine itself, not for the network.
    package var adminHost: String
    /// 0 takes any free port.
    package var adminPort: Int
    package var providers: ProviderDirectory
    package var limits: Limits
    /// How often a client should ask at most, told as `X-Poll-Interval`.
    package var pollIntervalSeconds: Int
    /// When to come back after 503, told as `Retry-After`.
    package var retryAfterSeconds: Int
    /// Tell browsers to come over TLS only (RFC 6797). For a service that is reached over TLS; it ends it elsewhere.
    package var isReachedOverTLS: Bool
    /// With it the service speaks TLS itself, and is reached over TLS; the admin listener never does.
    package var tls: HTTPServerIdentity?

    /// Listens on this machine alone unless told otherwise.
    package init(
        host: String = "127.0.0.1", port: Int = 8080, adminHost: String = "127.0.0.1", adminPort: Int = 8081,
        providers: ProviderDirectory = ProviderDirectory(), limits: Limits = Limits(), pollIntervalSeconds: Int = 60,
        retryAfterSeconds: Int = 5, isReachedOverTLS: Bool = false, tls: HTTPServerIdentity? = nil
    ) {
        self.host = host
        self.port = port
        self.adminHost = adminHost
        self.adminPort = adminPort
        self.providers = providers
        self.limits = limits
        self.pollIntervalSeconds = pollIntervalSeconds
        self.retryAfterSeconds = retryAfterSeconds
        self.isReachedOverTLS = isReachedOverTLS || tls != nil
        self.tls = tls
    }

    /// What a connection or a client may cost us (operations.md section 3.4). Beyond the limits of a connection it is
    /// closed, with 400 where HTTP allows it.
    package struct Limits: Sendable {
        /// The longest request line, and the longest header field.
        package var headerFieldBytesMax: Int
        package var headerBytesMax: Int
        package var headerFieldsMax: Int
        /// From the connection to the first byte of a request.
        package var firstByteDeadline: Duration
        /// From the first byte of a request to the end of its head.
        package var headDeadline: Duration
        /// From the end of a request's head to its end.
        package var contentDeadline: Duration
        /// How long a connection may rest between requests; longer than the interval clients poll at.
        package var idleTimeout: Duration
        /// Open connections; beyond, the kernel's queue holds the next ones.
        package var connectionsMax: Int
        /// Requests of one client in a minute, at this instance; beyond, 429.
        package var requestsPerMinuteMax: Int

        /// The limits that operations.md section 3.4 gives, where it gives any.
        package init(
            headerFieldBytesMax: Int = 12 * 1_024, headerBytesMax: Int = 16 * 1_024, headerFieldsMax: Int = 100,
            firstByteDeadline: Duration = .seconds(10), headDeadline: Duration = .seconds(5),
            contentDeadline: Duration = .seconds(10), idleTimeout: Duration = .seconds(90), connectionsMax: Int = 4_096,
            requestsPerMinuteMax: Int = 600
        ) {
            self.headerFieldBytesMax = headerFieldBytesMax
            self.headerBytesMax = headerBytesMax
            self.headerFieldsMax = headerFieldsMax
            self.firstByteDeadline = firstByteDeadline
            self.headDeadline = headDeadline
            self.contentDeadline = contentDeadline
            self.idleTimeout = idleTimeout
            self.connectionsMax = connectionsMax
            self.requestsPerMinuteMax = requestsPerMinuteMax
        }
    }
}
