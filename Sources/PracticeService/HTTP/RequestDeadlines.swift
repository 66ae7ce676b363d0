package import NIOCore
package import NIOHTTPTypes

/// Closes connections that are slow to say what they want (operations.md section 3.4, "slowloris").
///
/// ```
///             bytes, no head yet          head              end
///  connected ───────────────────▶ head ───────▶ content ───────▶ at rest
///   │ firstByteDeadline            │ headDeadline │ contentDeadline  │ (idleTimeout, Hummingbird's)
///   ▼                              ▼              ▼                  │ bytes, no head yet
///  closed                        closed         closed               └──▶ head
/// ```
///
/// Stands behind the HTTP decoder, so it sees parts of requests; that bytes came which were no whole head yet it knows
/// by a read that completed without a part. A deadline is for the whole phase: sending a byte now and then does not
/// move it. Answers may take as long as they need.
package final class RequestDeadlines: ChannelInboundHandler, RemovableChannelHandler {
    package typealias InboundIn = HTTPRequestPart
    package typealias InboundOut = HTTPRequestPart

    private enum Phase { case connected, head, content, atRest }

    private let limits: PracticeServiceConfiguration.Limits
    private var phase = Phase.connected
    private var sawPart = false
    private var timer: Scheduled<Void>?
    /// The phase that the timer was set for.
    private var timedPhase: Phase?

    /// Keeps the deadlines of `limits`; one handler a connection.
    package init(limits: PracticeServiceConfiguration.Limits) {
        self.limits = limits
    }

    package func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { enter(.connected, context) }
    }

    package func handlerRemoved(context: ChannelHandlerContext) {
        timer?.cancel()
    }

    package func channelActive(context: ChannelHandlerContext) {
        enter(.connected, context)
        context.fireChannelActive()
    }

    package func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        context.fireChannelInactive()
    }

    package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        sawPart = true
        switch unwrapInboundIn(data) {
        case .head:
            phase = .content
            timedPhase = nil
        case .body: break
        case .end: phase = .atRest
        }
        context.fireChannelRead(data)
    }

    package func channelReadComplete(context: ChannelHandlerContext) {
        switch (phase, sawPart) {
        case (.connected, false), (.atRest, false): enter(.head, context)
        case (.atRest, true): enter(.atRest, context)
        case (.content, true) where timedPhase != .content: enter(.content, context)
        default: break
        }
        sawPart = false
        context.fireChannelReadComplete()
    }

    private func enter(_ next: Phase, _ context: ChannelHandlerContext) {
        phase = next
        timer?.cancel()
        timer = nil
        timedPhase = next
        let deadline: Duration
        switch next {
        case .connected: deadline = limits.firstByteDeadline
        case .head: deadline = limits.headDeadline
        case .content: deadline = limits.contentDeadline
        case .atRest: return
        }
        // Isolated: a handler runs on its channel's own loop.
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(deadline)) {
            context.close(promise: nil)
        }
    }
}
