package import Logging
package import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// Accepts MLLP connections, gives each frame to the responder, and sends the answers back in order.
///
/// The responder is called once for each frame, in the order the frames of a connection arrived; those of one
/// connection overlap up to `inFlightFramesMax`, and answers leave in the order of the frames whatever order they are
/// ready in. It runs on the connection's event loop and so must suspend, never block. What it is given is not stored
/// by anyone: it answers for that. A responder that never returns holds its connection until shutdown.
package final class MLLPServer: Sendable {
    private enum Lifecycle {
        case new
        case running(any Channel)
        case stopped
    }

    private let configuration: MLLPServerConfiguration
    private let group: any EventLoopGroup
    private let logger: Logger
    private let services: ServerServices
    private let executors: [ObjectIdentifier: EventLoopExecutor]
    private let lifecycle = Mutex(Lifecycle.new)
    private let identity = Mutex<ServerIdentity?>(nil)

    /// Makes a server that does not listen yet.
    ///
    /// - Parameters:
    ///   - configuration: where, who, and the limits.
    ///   - group: the event loops that carry the connections. The caller shuts it down, after this server.
    ///   - logger: hears of faults by kind and address, at most one line a kind and second.
    ///   - respond: answers one input. See `MLLPInput` for what faults mean.
    package init(
        configuration: MLLPServerConfiguration, group: any EventLoopGroup, logger: Logger,
        respond: @escaping @Sendable (MLLPInput, MLLPPeer) async -> MLLPAnswer
    ) {
        self.configuration = configuration
        self.group = group
        self.logger = logger
        services = ServerServices(
            respond: respond,
            ledger: ConnectionLedger(
                rules: .init(
                    connectionsMax: configuration.connectionsMax,
                    connectionsPerAddressMax: configuration.connectionsPerAddressMax,
                    allowedAddresses: configuration.allowedAddresses)),
            meters: Meters(),
            log: FaultLog(logger: logger),
            limits: configuration.connectionLimits,
            frameBytesMax: configuration.frameBytesMax,
            noiseBytesMax: configuration.noiseBytesMax,
            headBytesMax: configuration.headBytesMax)
        executors = Dictionary(
            uniqueKeysWithValues: group.makeIterator().map {
                (ObjectIdentifier($0), EventLoopExecutor(eventLoop: $0))
            })
    }

    /// Reads the certificates, listens, and gives the address with the port that was taken.
    ///
    /// Throws `bindFailed`, `certificateUnusable` or `alreadyStarted`.
    package func start() async throws(MLLPError) -> SocketAddress {
        guard case .new = lifecycle.withLock({ $0 }) else { throw .alreadyStarted }
        if let tls = configuration.tls {
            let read = try ServerIdentity(tls)
            identity.withLock { $0 = read }
        }
        let place = "\(configuration.host):\(configuration.port)"
        let channel: any Channel
        do {
            channel = try await bootstrap.bind(host: configuration.host, port: configuration.port).get()
        } catch {
            throw .bindFailed(place: place, cause: "\(error)")
        }
        let isRunning = lifecycle.withLock { lifecycle in
            guard case .new = lifecycle else { return false }
            lifecycle = .running(channel)
            return true
        }
        guard isRunning, let address = channel.localAddress else {
            channel.close(promise: nil)
            throw .alreadyStarted
        }
        logger.info("MLLP server listens", metadata: ["address": "\(address)", "tls": "\(configuration.tls != nil)"])
        return address
    }

    /// Stops accepting, answers what was read, and closes; returns when all connections are closed.
    ///
    /// Connections that are not done when `deadline` has passed are cut: their senders have no answer and will send
    /// again. A frame of which only a part was read is dropped, for the same reason. Calling it twice does no harm.
    package func shutdown(deadline: Duration = .seconds(30)) async {
        let listening: (any Channel)? = lifecycle.withLock { lifecycle in
            defer { lifecycle = .stopped }
            guard case .running(let channel) = lifecycle else { return nil }
            return channel
        }
        let connections = services.ledger.drain()
        try? await listening?.close().get()
        for connection in connections {
            connection.pipeline.fireUserInboundEventTriggered(ServerConnectionHandler.DrainEvent())
        }
        let loop = group.any()
        let cut = loop.scheduleTask(in: TimeAmount(deadline)) {
            for connection in connections { connection.close(promise: nil) }
        }
        try? await EventLoopFuture.andAllComplete(connections.map(\.closeFuture), on: loop).get()
        cut.cancel()
        if listening != nil { logger.info("MLLP server stopped", metadata: ["connections": "\(connections.count)"]) }
    }

    /// Reads the certificate files again, or those of another configuration; new connections meet the new ones,
    /// connections that are open go on as they are.
    ///
    /// Throws `certificateUnusable`, and then the old ones stay in use. Does nothing on a server without TLS.
    package func reloadCertificates(_ tls: MLLPServerTLS? = nil) throws(MLLPError) {
        guard let tls = tls ?? identity.withLock({ $0?.tls }), configuration.tls != nil else { return }
        let read = try ServerIdentity(tls)
        identity.withLock { $0 = read }
    }

    /// What the server has done so far.
    package var counters: MLLPCounters {
        services.meters.snapshot(certificateExpiresAt: identity.withLock { $0?.expiresAt })
    }

    private var bootstrap: ServerBootstrap {
        var bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: CInt(configuration.acceptQueueMax))
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelOption(.socketOption(.so_rcvbuf), value: SocketTuning.receiveBufferBytes)
            .serverChannelInitializer { [services] channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(AcceptGate(services: services))
                }
            }
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelOption(.recvAllocator, value: SocketTuning.readSizes)
            .childChannelOption(.writeBufferWaterMark, value: SocketTuning.writeMarks)
            .childChannelInitializer { [self] channel in
                channel.eventLoop.makeCompletedFuture { try self.setUp(channel) }
            }
        SocketTuning.apply { option, value in bootstrap = bootstrap.childChannelOption(option, value: value) }
        return bootstrap
    }

    private func setUp(_ channel: any Channel) throws {
        let identity = identity.withLock { $0 }
        if let identity {
            try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: identity.context))
        }
        let loop = channel.eventLoop
        let executor = executors[ObjectIdentifier(loop)] ?? EventLoopExecutor(eventLoop: loop)
        try channel.pipeline.syncOperations.addHandler(
            ServerConnectionHandler(services: services, executor: executor, identity: identity, now: loop.now))
    }
}

extension MLLPServerConfiguration {
    var connectionLimits: ServerConnection.Limits {
        ServerConnection.Limits(
            inFlightFramesMax: inFlightFramesMax, inFlightBytesMax: inFlightBytesMax,
            firstByteTimeout: TimeAmount(firstByteTimeout), halfFrameTimeout: TimeAmount(halfFrameTimeout),
            frameEndTimeout: TimeAmount(frameEndTimeout), idleTimeout: TimeAmount(idleTimeout),
            unreadAnswersTimeout: TimeAmount(unreadAnswersTimeout), lingerTimeout: TimeAmount(lingerTimeout))
    }
}
