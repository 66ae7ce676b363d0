package import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// One MLLP connection to a receiver: send a message, wait for its answer.
///
/// Sends may overlap; messages leave in the order of the calls and answers are matched by their order. The bytes are
/// the message alone, framing is added and removed here. Whether an answer names the message (MSA-2) is the caller's
/// to check. After any error but `messageNotCarriable`, `tooManyInFlight` and `cancelled` the connection is closed and
/// the caller makes a new one; a message without an answer may or may not have been stored, and is sent again.
package final class MLLPClient: Sendable {
    private let channel: any Channel
    private let handler: NIOLoopBound<ClientConnectionHandler>
    private let nextNumber = Atomic<Int>(0)

    private init(channel: any Channel, handler: NIOLoopBound<ClientConnectionHandler>) {
        self.channel = channel
        self.handler = handler
    }

    /// Connects, with TLS where the configuration says so.
    ///
    /// Throws `connectFailed`, `connectDeadlineExceeded`, `tlsFailed` or `certificateUnusable`. Under TLS 1.3 a server
    /// that refuses our certificate is noticed by the first `send`.
    package static func connect(
        host: String, port: Int, configuration: MLLPClientConfiguration = .init(),
        group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton
    ) async throws(MLLPError) -> MLLPClient {
        let place = "\(host):\(port)"
        let tls = try configuration.tls.map { tls throws(MLLPError) in
            (try CredentialFile.clientContext(tls), tls.serverName ?? (IPAddress(host) == nil ? host : nil))
        }
        let loop = group.next()
        let ready = loop.makePromise(of: Void.self)
        let box = NIOLoopBoundBox.makeEmptyBox(valueType: ClientConnectionHandler.self, eventLoop: loop)
        var bootstrap = ClientBootstrap(group: loop)
            .connectTimeout(TimeAmount(configuration.connectDeadline))
            .channelOption(.recvAllocator, value: SocketTuning.readSizes)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let (context, serverName) = tls {
                        try channel.pipeline.syncOperations.addHandler(
                            NIOSSLClientHandler(context: context, serverHostname: serverName))
                    }
                    let handler = ClientConnectionHandler(configuration: configuration, ready: ready)
                    box.value = handler
                    try channel.pipeline.syncOperations.addHandler(handler)
                }
            }
        SocketTuning.apply { option, value in bootstrap = bootstrap.channelOption(option, value: value) }
        let limit = loop.scheduleTask(in: TimeAmount(configuration.connectDeadline)) {
            ready.fail(MLLPError.connectDeadlineExceeded(place: place))
        }
        defer { limit.cancel() }
        let channel: any Channel
        do {
            channel = try await bootstrap.connect(host: host, port: port).get()
        } catch {
            ready.fail(error)
            throw Self.connectError(error, place: place)
        }
        do {
            try await ready.futureResult.get()
            let handler = try await loop.submit {
                try NIOLoopBound(box.value ?? { throw ChannelError.ioOnClosedChannel }(), eventLoop: loop)
            }.get()
            return MLLPClient(channel: channel, handler: handler)
        } catch {
            channel.close(promise: nil)
            throw Self.connectError(error, place: place)
        }
    }

    private static func connectError(_ error: any Error, place: String) -> MLLPError {
        switch error {
        case let error as MLLPError: error
        case ChannelError.connectTimeout: .connectDeadlineExceeded(place: place)
        default: .connectFailed(place: place, cause: "\(error)")
        }
    }

    /// Whether the connection is open, as far as is known.
    package var isOpen: Bool { channel.isActive }

    /// Sends one message and waits for its answer, at most `deadline` long.
    ///
    /// Cancelling the task stops the wait, not the message.
    package func send(_ message: [UInt8], deadline: Duration = .seconds(30)) async throws(MLLPError) -> [UInt8] {
        if let offset = FrameEncoder.firstFramingByte(in: message) { throw .messageNotCarriable(offset: offset) }
        let number = nextNumber.add(1, ordering: .relaxed).oldValue
        let loop = channel.eventLoop
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { (waiter: ClientConnectionHandler.Waiter) in
                let isCancelled = Task.isCancelled
                loop.execute {
                    if isCancelled {
                        waiter.resume(returning: .failure(.cancelled))
                        return
                    }
                    let deadline = loop.now + TimeAmount(deadline)
                    self.handler.value.send(message, number: number, deadline: deadline, waiter: waiter)
                }
            }
        } onCancel: {
            loop.execute { self.handler.value.abandon(number: number) }
        }
        return try result.get()
    }

    /// Closes the connection; whatever still waits fails with `connectionClosed`.
    package func close() async {
        try? await channel.close().get()
    }
}
