import HummingbirdCore
import Logging
import NIOCore
import NIOSSL
import Synchronization

/// HTTP/1.1, behind TLS where there is an identity, with the certificate of the client looked at before its first
/// request.
///
/// Hummingbird's own TLS channel has no place between the handshake and the request where a verified certificate could
/// be asked for its names; its callback replaces the verification.
struct HTTPChannel: ServerChildChannel {
    let base: HTTP1Channel
    let tls: HTTPServerIdentity?

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<AcceptedConnection> {
        channel.eventLoop.makeCompletedFuture {
            guard let tls else { return }
            let pipeline = channel.pipeline.syncOperations
            try pipeline.addHandler(NIOSSLServerHandler(context: tls.context))
            if let names = tls.names { try pipeline.addHandler(CertificateNameGate(names: names)) }
        }
        .flatMap { base.setup(channel: channel, logger: logger) }
        .map { AcceptedConnection($0) }
    }

    func handle(value connection: AcceptedConnection, logger: Logger) async {
        await base.handle(value: connection.serve(), logger: logger)
    }
}

/// A connection that is closed when it is let go of without having been served.
///
/// One that is accepted in the moment the server closes reaches nobody: NIO drops it, and its writer, which traps when
/// it goes unfinished (`NIOAsyncWriter`), would take the process along.
final class AcceptedConnection: ServerChildChannelValue {
    private let parts: HTTP1Channel.Value
    private let isServed = Atomic(false)

    init(_ parts: HTTP1Channel.Value) {
        self.parts = parts
    }

    var channel: any Channel { parts.channel }

    /// The connection's parts, to be read, written and closed by the caller.
    func serve() -> HTTP1Channel.Value {
        isServed.store(true, ordering: .relaxed)
        return parts
    }

    deinit {
        guard !isServed.load(ordering: .relaxed) else { return }
        Task { [parts] in try? await parts.executeThenClose { _, _ in } }
    }
}
