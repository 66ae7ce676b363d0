import NIOCore

/// Says when a client has closed its side of a connection, or the connection is gone.
///
/// While an answer is being written nobody else looks: that the client went away would be found out by the next write,
/// which on a quiet stream is long in coming.
final class PeerWatch: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = Any

    private let gone: @Sendable () -> Void

    private init(_ gone: @escaping @Sendable () -> Void) {
        self.gone = gone
    }

    /// Calls `gone`, at least once, when the client of a channel goes away.
    static func watch(_ channel: any Channel, _ gone: @escaping @Sendable () -> Void) {
        channel.closeFuture.whenComplete { _ in gone() }
        let added = channel.eventLoop.submit { try channel.pipeline.syncOperations.addHandler(PeerWatch(gone)) }
        // Closed meanwhile.
        added.whenFailure { _ in gone() }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .inputClosed? = event as? ChannelEvent { gone() }
        context.fireUserInboundEventTriggered(event)
    }
}
