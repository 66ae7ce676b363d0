import NIOCore

/// Stands between `accept` and the set-up of a connection: turns away whom the ledger does not let in.
///
/// A connection turned away costs one accept and one close, no buffers and no TLS. When accepting itself fails
/// (file descriptors have run out), the accept back-off handler before this one pauses it; here it is only counted.
final class AcceptGate: ChannelInboundHandler {
    typealias InboundIn = any Channel
    typealias InboundOut = any Channel

    private let services: ServerServices

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
        // The set-up of one connection failed: it is closed already, and is no fault of the others.
        services.note(error is IOError ? .acceptFailed : .connectionBroken, address: "", now: context.eventLoop.now)
    }
}
