/// The TLS side of a client: whom it trusts, and what it shows of itself. Files are PEM.
package struct MLLPClientTLS: Sendable, Hashable {
    /// The authorities that sign server certificates; nil for those the system trusts.
    package var authoritiesFile: String?
    /// Our certificate, then the intermediates, for mutual TLS.
    package var certificateChainFile: String?
    /// The key of our certificate.
    package var privateKeyFile: String?
    /// The name the server's certificate must bear; nil for the host we connect to.
    package var serverName: String?

    /// Describes the TLS side of a client.
    package init(
        authoritiesFile: String? = nil, certificateChainFile: String? = nil, privateKeyFile: String? = nil,
        serverName: String? = nil
    ) {
        self.authoritiesFile = authoritiesFile
        self.certificateChainFile = certificateChainFile
        self.privateKeyFile = privateKeyFile
        self.serverName = serverName
    }
}
