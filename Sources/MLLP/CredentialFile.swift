import NIOSSL

/// Reads PEM files and makes TLS contexts of them, with our error for whatever fails.
enum CredentialFile {
    /// TLS 1.2 suites with forward secrecy and authenticated encryption; those of TLS 1.3 all have both.
    static let cipherSuites = "ECDHE+AESGCM:ECDHE+CHACHA20"

    static func certificates(_ path: String) throws(MLLPError) -> [NIOSSLCertificate] {
        let certificates: [NIOSSLCertificate]
        do { certificates = try NIOSSLCertificate.fromPEMFile(path) } catch {
            throw .certificateUnusable(place: path, cause: "\(error)")
        }
        guard !certificates.isEmpty else { throw .certificateUnusable(place: path, cause: "no certificate in it") }
        return certificates
    }

    static func privateKey(_ path: String) throws(MLLPError) -> NIOSSLPrivateKey {
        do { return try NIOSSLPrivateKey(file: path, format: .pem) } catch {
            throw .certificateUnusable(place: path, cause: "\(error)")
        }
    }

    static func context(_ configuration: TLSConfiguration, place: String) throws(MLLPError) -> NIOSSLContext {
        do { return try NIOSSLContext(configuration: configuration) } catch {
            throw .certificateUnusable(place: place, cause: "\(error)")
        }
    }

    static func clientContext(_ tls: MLLPClientTLS) throws(MLLPError) -> NIOSSLContext {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        configuration.cipherSuites = cipherSuites
        if let file = tls.authoritiesFile { configuration.trustRoots = .certificates(try certificates(file)) }
        if let file = tls.certificateChainFile {
            configuration.certificateChain = try certificates(file).map { .certificate($0) }
            configuration.privateKey = .privateKey(try privateKey(tls.privateKeyFile ?? file))
        }
        return try context(configuration, place: tls.certificateChainFile ?? tls.authoritiesFile ?? "system trust")
    }
}
