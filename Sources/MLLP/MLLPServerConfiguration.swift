/// Where a server listens, whom it lets in, and the limit of everything it holds.
///
/// Memory is at most about `connectionsMax` × (`inFlightBytesMax` + 2 × `frameBytesMax` + 128 KiB), and a few KiB a
/// connection with senders as they are: one message of a kilobyte in flight.
package struct MLLPServerConfiguration: Sendable {
    /// The address or host name to listen on; `::` hears IPv6 and IPv4.
    package var host: String
    /// The port to listen on; 0 takes a free one.
    package var port: Int
    /// How many connections may wait to be accepted.
    package var acceptQueueMax = 256

    /// The longest message, in bytes. A longer one is a fault.
    package var frameBytesMax = 1 << 20
    /// The most bytes outside frames between two frames.
    package var noiseBytesMax = 64 << 10
    /// How much of a spoilt frame the responder is shown, in bytes.
    package var headBytesMax = 1 << 10

    /// From the connection (with TLS, from before the handshake) to the first start block.
    package var firstByteTimeout: Duration = .seconds(10)
    /// From a start block to its end block.
    package var halfFrameTimeout: Duration = .seconds(30)
    /// From an end block to its CR, before the frame is taken without.
    package var frameEndTimeout: Duration = .milliseconds(200)
    /// Without a byte between frames. Senders keep feeds open through quiet nights, so this is long; peers that have
    /// vanished are found by TCP keep-alive within two minutes.
    package var idleTimeout: Duration = .seconds(3600)
    /// How long a peer may leave its answers unread while they fill the socket.
    package var unreadAnswersTimeout: Duration = .seconds(30)
    /// How long we wait, our side closed, for the peer to close its own.
    package var lingerTimeout: Duration = .seconds(2)

    /// The most connections; more are closed as they come.
    package var connectionsMax = 1024
    /// The most connections from one address.
    package var connectionsPerAddressMax = 512
    /// The most frames of one connection that wait for answers; the socket is not read beyond.
    package var inFlightFramesMax = 256
    /// The most bytes of them, and one frame more.
    package var inFlightBytesMax = 4 << 20

    /// The addresses that may connect; nil for all. Where certificates are limited too, both must be right.
    package var allowedAddresses: [AddressRange]?
    /// TLS; nil for plain TCP.
    package var tls: MLLPServerTLS?

    /// Describes a server with the default limits.
    package init(host: String, port: Int, tls: MLLPServerTLS? = nil) {
        self.host = host
        self.port = port
        self.tls = tls
    }
}
