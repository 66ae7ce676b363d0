/// The TLS side of a server: its certificate, and which clients it lets in.
///
/// TLS 1.2 and 1.3 only, with forward secrecy and authenticated encryption. Files are PEM. The server reads them at
/// `start` and at `reloadCertificates`.
package struct MLLPServerTLS: Sendable, Hashable {
    /// The server's certificate, then the intermediates.
    package var certificateChainFile: String
    /// The key of the first certificate.
    package var privateKeyFile: String
    /// The authorities that sign client certificates. Set, it makes TLS mutual: a client without a certificate from one
    /// of them is refused.
    package var clientAuthoritiesFile: String?
    /// The names (subject common name; DNS, mail or URI alternative name) that may connect, without regard to case.
    /// Nil lets in every certificate the authorities signed. Means nothing without `clientAuthoritiesFile`.
    package var allowedCertificateNames: Set<String>?
    /// Serial numbers that are refused though their time has not run out: hexadecimal, lower case, without separators
    /// or leading zero bytes.
    package var revokedSerialNumbers: Set<String>

    /// Describes the TLS side of a server.
    package init(
        certificateChainFile: String, privateKeyFile: String, clientAuthoritiesFile: String? = nil,
        allowedCertificateNames: Set<String>? = nil, revokedSerialNumbers: Set<String> = []
    ) {
        self.certificateChainFile = certificateChainFile
        self.privateKeyFile = privateKeyFile
        self.clientAuthoritiesFile = clientAuthoritiesFile
        self.allowedCertificateNames = allowedCertificateNames
        self.revokedSerialNumbers = revokedSerialNumbers
    }
}
