import HummingbirdCore
import Logging
import NIOCore
import NIOSSL
import NIOTLS

/// HTTP/1.1 behind TLS, with the certificate of the client looked at before its first request.
///
/// Hummingbird's own TLS channel has no place between the handshake and the request where a verified certificate could
/// be asked for its names; its callback replaces the verification.
struct TLSHTTPChannel: ServerChildChannel {
    typealias Value = HTTP1Channel.Value

    let base: HTTP1Channel
    let identity: HTTPServerIdentity

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            let pipeline = channel.pipeline.syncOperations
            try pipeline.addHandler(NIOSSLServerHandler(context: identity.context))
            if let names = identity.names { try pipeline.addHandler(CertificateNameGate(names: names)) }
        }.flatMap { base.setup(channel: channel, logger: logger) }
    }

    func handle(value: Value, logger: Logger) async {
        await base.handle(value: value, logger: logger)
    }
}

/// Closes the connection of a client whose certificate bears none of the allowed names.
///
/// The certificate's chain has been verified when the handshake completes, and nothing that the client sent afterwards
/// has been read then.
final class CertificateNameGate: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let names: Set<String>

    init(names: Set<String>) {
        self.names = names
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted? = event as? TLSUserEvent, !isAllowed(context) {
            return context.close(promise: nil)
        }
        context.fireUserInboundEventTriggered(event)
    }

    private func isAllowed(_ context: ChannelHandlerContext) -> Bool {
        let handler = try? context.pipeline.syncOperations.handler(type: NIOSSLServerHandler.self)
        guard let certificate = handler?.peerCertificate else { return false }
        return certificate._subjectAlternativeNames().contains { name in
            guard [.dnsName, .email, .uri].contains(name.nameType) else { return false }
            return names.contains(String(decoding: name.contents, as: UTF8.self).lowercased())
        }
    }
}
