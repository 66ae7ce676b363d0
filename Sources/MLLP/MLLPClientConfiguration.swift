/// How a client connects, and the limit of what it holds.
package struct MLLPClientConfiguration: Sendable, Hashable {
    /// From the call to a connection that can carry a message, TLS handshake included.
    package var connectDeadline: Duration = .seconds(10)
    /// The longest answer, in bytes.
    package var answerBytesMax = 1 << 20
    /// The most messages that wait for answers.
    package var inFlightMessagesMax = 4096
    /// TLS; nil for plain TCP.
    package var tls: MLLPClientTLS?

    /// Describes a client with the default limits.
    package init(tls: MLLPClientTLS? = nil) {
        self.tls = tls
    }
}
