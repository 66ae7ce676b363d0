import NIOCore

/// Stands between `accept` and the set-up of a connection: turns away whom the ledger does not let in, and pauses
/// accepting when the system cannot.
///
///     accepting ── accept fails (no file descriptors, no memory) ──▶ paused ── pause over ──▶ accepting
///
/// A connection turned away costs one accept and one close, no buffers and no TLS. While accepting is paused new
/// connections wait in the kernel's queue and those that are open go on. NIO's own `AcceptBackoffHandler` does not
/// serve: swift-nio 2.101 leaves the listening socket registered for reading after a failed accept, and spins. Turning
/// `autoRead` off takes the registration away.
final class AcceptGate: ChannelInboundHandler {
    typealias InboundIn = any Channel
    typealias InboundOut = any Channel

    static let pause = TimeAmount.milliseconds(100)

    private let services: ServerServices
    private var isPaused = false

    init(services: ServerServices) { self.services = services }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let child = unwrapInboundIn(data)
        let text = child.remoteAddress?.ipAddress ?? ""
        let address = IPAddress(text) ?? .unknown
        if let fault = services.ledger.enter(child, from: address) {
            services.note(fault, address: text, now: context.eventLoop.now)
            child.close(promise: nil)
            return
        }
        services.meters.opened()
        child.closeFuture.whenComplete { [services] _ in
            services.ledger.leave(child, from: address)
            services.meters.closed()
        }
        context.fireChannelRead(data)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        services.note(.acceptFailed, address: "", now: context.eventLoop.now)
        if isPaused { return }
        isPaused = true
        _ = context.channel.setOption(.autoRead, value: false)
        // Isolated: a handler runs on its channel's own loop.
        context.eventLoop.assumeIsolated().scheduleTask(in: Self.pause) {
            self.isPaused = false
            _ = context.channel.setOption(.autoRead, value: true)
        }
    }
}
