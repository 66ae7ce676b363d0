import NIOSSL

/// The TLS side of the service: its certificate, and which clients it lets in (operations.md section 3.4).
///
/// TLS 1.2 and 1.3 only, with forward secrecy and authenticated encryption. With client authorities TLS is mutual: who
/// shows no certificate of theirs is not heard. A certificate lets in and gives no right: a token is needed as well.
package struct HTTPServerIdentity: Sendable {
    let context: NIOSSLContext
    /// The alternative names (DNS, mail, URI) of client certificates that may connect, in lower case; `nil` for all
    /// that the authorities signed.
    let names: Set<String>?

    /// Reads the files, all PEM, once: a renewed certificate counts from the next start.
    ///
    /// - Parameters:
    ///   - certificate: our certificate, then the intermediates.
    ///   - key: the key of the first certificate.
    ///   - clientAuthorities: the authorities that sign clients' certificates; `nil` asks for none.
    ///   - names: the names that may connect; `nil` for all. Means nothing without authorities.
    /// - Throws: which file cannot be used.
    package init(
        certificate: String, key: String, clientAuthorities: String? = nil, names: Set<String>? = nil
    ) throws(IdentityError) {
        let chain = try Self.certificates(certificate)
        guard let privateKey = try? NIOSSLPrivateKey(file: key, format: .pem) else { throw .unusable(file: key) }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(privateKey))
        configuration.minimumTLSVersion = .tlsv12
        configuration.cipherSuites = Self.cipherSuites
        configuration.applicationProtocols = ["http/1.1"]
        if let clientAuthorities {
            configuration.trustRoots = .certificates(try Self.certificates(clientAuthorities))
            configuration.certificateVerification = .noHostnameVerification
            configuration.sendCANameList = true
        }
        guard let context = try? NIOSSLContext(configuration: configuration) else {
            throw .unusable(file: certificate)
        }
        self.context = context
        self.names = clientAuthorities == nil ? nil : names.map { Set($0.map { $0.lowercased() }) }
    }

    /// A file that cannot be used.
    package enum IdentityError: Error, Sendable, Equatable, CustomStringConvertible {
        case unusable(file: String)

        package var description: String {
            switch self {
            case .unusable(let file): "The file \(file) cannot be read, or holds no PEM of its kind, or no fitting one."
            }
        }
    }

    /// Of TLS 1.2; those of 1.3 are all sound.
    private static let cipherSuites = [
        "ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-RSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES256-GCM-SHA384",
        "ECDHE-RSA-AES256-GCM-SHA384", "ECDHE-ECDSA-CHACHA20-POLY1305", "ECDHE-RSA-CHACHA20-POLY1305",
    ].joined(separator: ":")

    private static func certificates(_ file: String) throws(IdentityError) -> [NIOSSLCertificate] {
        guard let found = try? NIOSSLCertificate.fromPEMFile(file), !found.isEmpty else { throw .unusable(file: file) }
        return found
    }
}
