import NIOCore
import NIOSSL
import NIOTLS

/// Moves bytes between one socket, the frame decoder and the responder, as `ServerConnection` decides.
///
/// One copy of the bytes is made, from the read buffer to the frame's array. Each frame starts one task that prefers
/// the connection's event loop, so frames reach the responder in their order and without a change of thread.
final class ServerConnectionHandler: ChannelDuplexHandler, EventLoopExecutor.AnswerWriter {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = Never
    typealias OutboundIn = Never
    typealias OutboundOut = ByteBuffer

    /// Asks a connection to answer what it has read and close.
    struct DrainEvent: Sendable {}

    private static let keptBufferBytesMax = 16 << 10

    private let services: ServerServices
    private let executor: EventLoopExecutor
    private let identity: ServerIdentity?
    private var context: ChannelHandlerContext?
    private var peer = MLLPPeer(address: "", port: 0)
    private var decoder: FrameDecoder
    private var state: ServerConnection
    private var inbound = ByteBuffer()
    private var outbound = ByteBuffer()
    private var tally = Meters.Tally()
    private var noiseBytesTold = 0
    private var endsWithoutReturnTold = 0
    private var isReadHeld = false
    private var willWrite = false
    private var timer: Scheduled<Void>?
    private var timerDeadline = NIODeadline.distantFuture

    init(services: ServerServices, executor: EventLoopExecutor, identity: ServerIdentity?, now: NIODeadline) {
        self.services = services
        self.executor = executor
        self.identity = identity
        decoder = FrameDecoder(
            frameBytesMax: services.frameBytesMax, noiseBytesMax: services.noiseBytesMax,
            headBytesMax: services.headBytesMax)
        state = ServerConnection(limits: services.limits, now: now)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        if let address = context.remoteAddress {
            peer = MLLPPeer(address: address.ipAddress ?? "", port: address.port ?? 0)
        }
        if context.channel.isActive { opened(context) }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        gone()
        self.context = nil
    }

    func channelActive(context: ChannelHandlerContext) {
        opened(context)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        if state.isListening, decoder.isInsideFrame { note(.cutOff) }
        gone()
        context.fireChannelInactive()
    }

    private func opened(_ context: ChannelHandlerContext) {
        if services.ledger.isDraining { perform(state.drain(), context) }
        rearm(context)
    }

    private func gone() {
        state.closed()
        timer?.cancel()
        timer = nil
        inbound = ByteBuffer()
        services.meters.add(&tally)
    }

    // MARK: Reading

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var buffer = unwrapInboundIn(data)
        tally.bytesReceived += buffer.readableBytes
        guard state.isListening else { return }
        if inbound.readableBytes == 0 { inbound = buffer } else { inbound.writeBuffer(&buffer) }
        takeFrames(context)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        services.meters.add(&tally)
        rearm(context)
        context.fireChannelReadComplete()
    }

    func read(context: ChannelHandlerContext) {
        if state.mayRead && inbound.readableBytes == 0 {
            context.read()
        } else {
            isReadHeld = true
        }
    }

    private func takeFrames(_ context: ChannelHandlerContext) {
        var spoilt = false
        while state.mayTake, let output = decoder.next(from: &inbound) {
            take(output)
            if decoder.isStopped {
                spoilt = true
                break
            }
        }
        if inbound.readableBytes == 0 || spoilt { inbound = ByteBuffer() }
        let now = context.eventLoop.now
        state.heard(
            framesBegun: decoder.framesBegun, isInsideFrame: decoder.isInsideFrame, isAtEndMark: decoder.isAtEndMark,
            now: now)
        tally.noiseBytes += decoder.noiseBytes - noiseBytesTold
        noiseBytesTold = decoder.noiseBytes
        if decoder.endsWithoutReturn != endsWithoutReturnTold {
            services.meters.add(.endWithoutReturn, times: decoder.endsWithoutReturn - endsWithoutReturnTold)
            endsWithoutReturnTold = decoder.endsWithoutReturn
        }
        if spoilt {
            perform(state.finish(now: now), context)
        } else if inbound.readableBytes == 0, state.mayTake, state.phase == .draining {
            if state.isPeerDone, let output = decoder.endOfStream() { take(output) }
            perform(state.tookAll(now: now), context)
        }
    }

    private func take(_ output: FrameDecoder.Output) {
        switch output {
        case .frame(let bytes):
            tally.frames += 1
            start(.frame(bytes), bytes: bytes.count)
        case .fault(let fault, let head):
            note(fault)
            start(.fault(fault, head: head), bytes: head.count)
        case .keepAlive:
            tally.keepAlives += 1
        }
    }

    private func start(_ input: MLLPInput, bytes: Int) {
        let number = state.take(bytes: bytes)
        let connection = NIOLoopBound(self, eventLoop: executor.eventLoop)
        let respond = services.respond
        let peer = peer
        Task(executorPreference: executor) {
            let answer = await respond(input, peer)
            connection.value.answered(number, bytes: bytes, with: answer)
        }
    }

    // MARK: Answering

    private func answered(_ number: Int, bytes: Int, with answer: MLLPAnswer) {
        guard state.answered(number, bytes: bytes, with: answer) else {
            if answer != .none { note(.answerDropped) }
            return
        }
        if willWrite { return }
        willWrite = true
        executor.writeAtEndOfRound(self)
    }

    func writeAnswers() {
        willWrite = false
        guard let context else { return }
        outbound.clear()
        var answers = 0
        let collected = state.collect(now: context.eventLoop.now) { bytes in
            FrameEncoder.append(bytes, to: &outbound)
            answers += 1
        }
        tally.answers += answers
        tally.bytesSent += outbound.readableBytes
        switch collected {
        case .nothing: break
        case .answers: context.writeAndFlush(wrapOutboundOut(outbound), promise: nil)
        case .lastAnswers: writeLast(context)
        }
        if outbound.capacity > Self.keptBufferBytesMax { outbound = ByteBuffer() }
        if inbound.readableBytes > 0 || state.phase == .draining { takeFrames(context) }
        resumeReading(context)
        services.meters.add(&tally)
        rearm(context)
    }

    private func writeLast(_ context: ChannelHandlerContext) {
        let promise = context.eventLoop.makePromise(of: Void.self)
        // Isolated: a handler runs on its channel's own loop.
        promise.futureResult.assumeIsolated().whenSuccess {
            guard let context = self.context else { return }
            self.perform(self.state.flushed(now: context.eventLoop.now), context)
        }
        context.writeAndFlush(wrapOutboundOut(outbound), promise: promise)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        perform(
            state.writabilityChanged(to: context.channel.isWritable, now: context.eventLoop.now), context)
        context.fireChannelWritabilityChanged()
    }

    private func resumeReading(_ context: ChannelHandlerContext) {
        guard isReadHeld, state.mayRead, inbound.readableBytes == 0 else { return }
        isReadHeld = false
        context.read()
    }

    // MARK: Closing

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case is DrainEvent:
            perform(state.drain(), context)
        case let event as ChannelEvent where event == .inputClosed:
            perform(state.peerClosedItsSide(), context)
        case let event as TLSUserEvent:
            if case .handshakeCompleted = event { admit(context) }
        default:
            break
        }
        context.fireUserInboundEventTriggered(event)
    }

    /// Looks at the client's certificate before any of its bytes can arrive.
    private func admit(_ context: ChannelHandlerContext) {
        guard let identity, identity.tls.clientAuthoritiesFile != nil else { return }
        let certificate = try? context.pipeline.syncOperations.nioSSL_peerCertificate()
        if let name = certificate.flatMap(identity.admit) {
            peer.certificateName = name
        } else {
            perform(.close(.certificateNotAllowed), context)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        let fault: MLLPFault? =
            switch error {
            case NIOSSLError.uncleanShutdown: nil
            case is NIOSSLError, is BoringSSLError, is NIOSSLExtraError: .tlsFailed
            default: .connectionBroken
            }
        perform(.close(fault), context)
    }

    private func perform(_ action: ServerConnection.Action, _ context: ChannelHandlerContext) {
        switch action {
        case .nothing:
            break
        case .takeFrames:
            takeFrames(context)
            resumeReading(context)
        case .giveUpFrame:
            if let output = decoder.giveUp() { take(output) }
            perform(state.finish(now: context.eventLoop.now), context)
        case .endFrame:
            if let output = decoder.endAtSilence() { take(output) }
            takeFrames(context)
        case .flush:
            outbound.clear()
            writeLast(context)
        case .closeOutput:
            inbound = ByteBuffer()
            context.close(mode: .output, promise: nil)
            resumeReading(context)
        case .close(let fault):
            if let fault { note(fault) }
            state.closed()
            context.close(promise: nil)
        }
        rearm(context)
    }

    private func note(_ fault: MLLPFault) {
        services.note(fault, address: peer.address, now: executor.eventLoop.now)
    }

    // MARK: Time

    /// Keeps one timer, and moves it only to an earlier moment: a timer that fires early asks and is set again.
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
            guard let context = self.context else { return }
            self.perform(self.state.timePassed(now: context.eventLoop.now), context)
        }
    }
}
