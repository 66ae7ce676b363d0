import NIOCore
import NIOSSL
import NIOTLS

/// Moves bytes between one socket and those who wait for answers, as `ClientConnection` decides.
final class ClientConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = Never
    typealias OutboundOut = ByteBuffer
    typealias Waiter = CheckedContinuation<Result<[UInt8], MLLPError>, Never>

    private let isSecured: Bool
    private let ready: EventLoopPromise<Void>
    private var state: ClientConnection<Waiter>
    private var decoder: FrameDecoder
    private var context: ChannelHandlerContext?
    private var outbound = ByteBuffer()
    private var willFlush = false
    private var timer: Scheduled<Void>?
    private var timerDeadline = NIODeadline.distantFuture
    private var lastError: MLLPError?

    init(configuration: MLLPClientConfiguration, ready: EventLoopPromise<Void>) {
        isSecured = configuration.tls != nil
        self.ready = ready
        state = ClientConnection(inFlightMessagesMax: configuration.inFlightMessagesMax)
        decoder = FrameDecoder(frameBytesMax: configuration.answerBytesMax)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        if context.channel.isActive, !isSecured { ready.succeed(()) }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        lost()
        self.context = nil
    }

    func channelActive(context: ChannelHandlerContext) {
        if !isSecured { ready.succeed(()) }
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        lost()
        context.fireChannelInactive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? TLSUserEvent, case .handshakeCompleted = event { ready.succeed(()) }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch error {
        case NIOSSLError.uncleanShutdown: break
        case is NIOSSLError, is BoringSSLError, is NIOSSLExtraError: lastError = .tlsFailed(cause: "\(error)")
        default: lastError = .connectionClosed(cause: "\(error)")
        }
        context.close(promise: nil)
    }

    private func lost() {
        let error = lastError ?? .connectionClosed(cause: "peer closed")
        ready.fail(error)
        timer?.cancel()
        timer = nil
        perform(state.close(error))
    }

    // MARK: Messages

    /// Sends one message; messages sent in one turn of the event loop leave together.
    func send(_ message: [UInt8], number: Int, deadline: NIODeadline, waiter: Waiter) {
        guard let context else {
            waiter.resume(returning: .failure(lastError ?? .connectionClosed(cause: "closed before")))
            return
        }
        switch state.send(number: number, waiter: waiter, deadline: deadline) {
        case .refuse(let error):
            waiter.resume(returning: .failure(error))
        default:
            FrameEncoder.append(message, to: &outbound)
            flushSoon(context)
            rearm(context)
        }
    }

    /// Stops waiting for the answer to message `number`.
    func abandon(number: Int) {
        state.abandon(number: number)?.resume(returning: .failure(.cancelled))
    }

    private func flushSoon(_ context: ChannelHandlerContext) {
        if willFlush { return }
        willFlush = true
        // Isolated: a handler runs on its channel's own loop.
        context.eventLoop.assumeIsolated().execute {
            self.willFlush = false
            guard let context = self.context else { return }
            context.writeAndFlush(self.wrapOutboundOut(self.outbound), promise: nil)
            self.outbound.clear(minimumCapacity: 1024)
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var buffer = unwrapInboundIn(data)
        while let output = decoder.next(from: &buffer) {
            switch output {
            case .frame(let answer):
                if case .answer(let waiter) = state.received() {
                    waiter.resume(returning: .success(answer))
                } else if state.inFlight == 0 {
                    perform(state.close(.answerUnusable(cause: "nothing was asked")))
                }
            case .fault(let fault, _):
                perform(state.close(.answerUnusable(cause: fault.rawValue)))
            case .keepAlive:
                break
            }
        }
    }

    private func perform(_ action: ClientConnection<Waiter>.Action) {
        guard case .close(let waiters, let error) = action else { return }
        for waiter in waiters { waiter.resume(returning: .failure(error)) }
        context?.close(promise: nil)
    }

    private func rearm(_ context: ChannelHandlerContext) {
        guard let deadline = state.nextDeadline else { return }
        if timer != nil {
            if timerDeadline <= deadline { return }
            timer?.cancel()
        }
        timerDeadline = deadline
        // Isolated: a handler runs on its channel's own loop.
        timer = context.eventLoop.assumeIsolated().scheduleTask(deadline: deadline) {
            self.timer = nil
            self.perform(self.state.timePassed(now: context.eventLoop.now))
            self.rearm(context)
        }
    }
}
