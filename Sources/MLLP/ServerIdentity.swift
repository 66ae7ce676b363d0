import NIOCore
import NIOSSL

/// A server's TLS, read from its files: what new connections are met with.
struct ServerIdentity: Sendable {
    let context: NIOSSLContext
    let tls: MLLPServerTLS
    /// When the server's certificate expires, in seconds since 1970-01-01T00:00:00Z.
    let expiresAt: Int64

    /// Reads the files.
    init(_ tls: MLLPServerTLS) throws(MLLPError) {
        let chain = try CredentialFile.certificates(tls.certificateChainFile)
        let key = try CredentialFile.privateKey(tls.privateKeyFile)
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
        configuration.minimumTLSVersion = .tlsv12
        configuration.cipherSuites = CredentialFile.cipherSuites
        configuration.shutdownTimeout = .seconds(1)
        if let file = tls.clientAuthoritiesFile {
            configuration.trustRoots = .certificates(try CredentialFile.certificates(file))
            configuration.certificateVerification = .noHostnameVerification
            configuration.sendCANameList = true
        }
        context = try CredentialFile.context(configuration, place: tls.certificateChainFile)
        expiresAt = chain.first.map { Int64($0.notValidAfter) } ?? 0
        self.tls = tls
    }

    /// The name to know a client by, or nil if it may not come in. Its certificate's chain has been verified.
    func admit(_ certificate: NIOSSLCertificate) -> String? {
        let serial = certificate.serialNumber.drop { $0 == 0 }.map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
        guard !tls.revokedSerialNumbers.contains(serial.joined()), let der = try? certificate.toDERBytes() else {
            return nil
        }
        let names = CertificateNames(der: der)
        if let allowed = tls.allowedCertificateNames { return names.first(in: allowed) }
        return names.all.first ?? ""
    }
}
