/// Who is at the other end of a connection.
package struct MLLPPeer: Sendable, Hashable {
    /// The peer's IP address as text, or "" where the system no longer knew it.
    package var address: String
    /// The peer's port, or 0.
    package var port: Int
    /// The name its verified client certificate goes by: the allowed name that matched, else the first DNS name,
    /// else the subject's common name. Nil without a client certificate.
    package var certificateName: String?

    /// Describes a peer.
    package init(address: String, port: Int, certificateName: String? = nil) {
        self.address = address
        self.port = port
        self.certificateName = certificateName
    }
}
