import NIOCore
import NIOSSL
import NIOTLS

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
