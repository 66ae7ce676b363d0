import EventSourcing
import FoundationEssentials
package import JWTKit

/// A public key that tokens are checked with, and the one algorithm it is used with.
///
/// The algorithm belongs to the key, never to the token (RFC 8725 section 3.1). Known are EdDSA over Ed25519 (RFC
/// 8037), ES256 over P-256 and ES384 over P-384 (RFC 7518 section 3.4), RS384 and RS512 with 2048 to 4096 bits
/// (section 3.3). An RSA key serves either of two, so its file must say which (`alg`), or whoever reads the file.
package struct TokenKey: Sendable {
    /// The values of `alg` in a token's header.
    package enum Algorithm: String, CaseIterable, Sendable {
        case edDSA = "EdDSA"
        case es256 = "ES256"
        case es384 = "ES384"
        case rs384 = "RS384"
        case rs512 = "RS512"
    }

    /// The `kid` of tokens signed with it: as the key file says, else the key's thumbprint (RFC 7638, SHA-256).
    package let identifier: String
    package let algorithm: Algorithm
    private let verifier: any JWTAlgorithm

    /// An Ed25519 key.
    ///
    /// - Throws: whatever JWTKit throws for a key it cannot hold.
    package init(ed25519 key: EdDSA.PublicKey, identifier: String? = nil) async throws {
        self.identifier = identifier ?? Self.thumbprint(ed25519: key)
        algorithm = .edDSA
        verifier = try await JWTKeyCollection().add(eddsa: key).getKey()
    }

    /// A P-256 key.
    ///
    /// - Throws: whatever JWTKit throws for a key it cannot hold.
    package init(p256 key: ES256PublicKey, identifier: String? = nil) async throws {
        self.identifier = identifier ?? Self.thumbprint(p256: key)
        algorithm = .es256
        verifier = try await JWTKeyCollection().add(ecdsa: key).getKey()
    }

    /// A P-384 key.
    ///
    /// - Throws: whatever JWTKit throws for a key it cannot hold.
    package init(p384 key: ES384PublicKey, identifier: String? = nil) async throws {
        self.identifier = identifier ?? Self.thumbprint(p384: key)
        algorithm = .es384
        verifier = try await JWTKeyCollection().add(ecdsa: key).getKey()
    }

    /// An RSA key of 2048 to 4096 bits.
    ///
    /// - Throws: `NotFit` for another size or algorithm, and whatever JWTKit throws for a key it cannot hold.
    package init(rsa key: Insecure.RSA.PublicKey, algorithm: Algorithm, identifier: String? = nil) async throws {
        let (modulus, exponent) = try key.getKeyPrimitives()
        guard (256...512).contains(modulus.count) else { throw NotFit() }
        self.identifier = identifier ?? Self.thumbprint(modulus: modulus, exponent: exponent)
        self.algorithm = algorithm
        switch algorithm {
        case .rs384: verifier = try await JWTKeyCollection().add(rsa: key, digestAlgorithm: .sha384).getKey()
        case .rs512: verifier = try await JWTKeyCollection().add(rsa: key, digestAlgorithm: .sha512).getKey()
        case .edDSA, .es256, .es384: throw NotFit()
        }
    }

    /// The key is sound and serves another purpose, or we do not take its size.
    struct NotFit: Error {}

    /// Whether the signature is this key's over these bytes; a signature of another length or form is not.
    func verifies(_ signature: [UInt8], over bytes: [UInt8]) -> Bool {
        (try? verifier.verify(signature, signs: bytes)) ?? false
    }

    /// Reads public keys from files, each a JWK, a JWK set (RFC 7517) or a PEM `PUBLIC KEY` (RFC 5480, RFC 8410).
    package static func read(files: [String]) async throws(TokenKeyError) -> [TokenKey] {
        var keys: [TokenKey] = []
        for file in files {
            keys += try await read(document: KeyFile.readPublic(file), file: file)
        }
        return keys
    }

    /// Reads public keys from the text of one file; `file` is its name for the error. A key that we cannot use is an
    /// error.
    package static func read(document: [UInt8], file: String) async throws(TokenKeyError) -> [TokenKey] {
        var keys: [TokenKey] = []
        for source in try sources(document, file: file) {
            guard let key = try await key(source, file: file, algorithm: nil) else { throw .notSupported(file: file) }
            keys.append(key)
        }
        return keys
    }

    /// Reads the keys of one algorithm. Keys of another are passed over (RFC 7517 section 5): a set may hold more than
    /// concerns us.
    ///
    /// - Throws: `noKeys` where none is left.
    package static func read(
        document: [UInt8], file: String, algorithm: Algorithm
    ) async throws(TokenKeyError) -> [TokenKey] {
        var keys: [TokenKey] = []
        for source in try sources(document, file: file) {
            if let key = try await key(source, file: file, algorithm: algorithm), key.algorithm == algorithm {
                keys.append(key)
            }
        }
        guard !keys.isEmpty else { throw .noKeys }
        return keys
    }

    private enum Source {
        case pem(String)
        case jwk(JWK)
        /// A key of a set, with words in it that we do not know.
        case unknown
    }

    /// A set of which not every key need be known.
    private struct KeySet: Decodable {
        struct Key: Decodable {
            let jwk: JWK?
            init(from decoder: any Decoder) throws { jwk = try? JWK(from: decoder) }
        }
        let keys: [Key]
    }

    private static func sources(_ document: [UInt8], file: String) throws(TokenKeyError) -> [Source] {
        guard let text = String(validating: document, as: UTF8.self) else { throw .notAKey(file: file) }
        if text.contains("-----BEGIN") { return [.pem(text)] }
        let data = Data(document)
        if let set = try? JSONDecoder().decode(KeySet.self, from: data) {
            return set.keys.map { $0.jwk.map { .jwk($0) } ?? .unknown }
        }
        if let key = try? JSONDecoder().decode(JWK.self, from: data) { return [.jwk(key)] }
        throw .notAKey(file: file)
    }

    /// - Returns: `nil` for a key that we cannot use.
    private static func key(
        _ source: Source, file: String, algorithm: Algorithm?
    ) async throws(TokenKeyError) -> TokenKey? {
        switch source {
        case .pem(let pem):
            if pem.contains("PRIVATE KEY-----") { throw .privateKeyInPublicFile(file: file) }
            if let key = try? EdDSA.PublicKey(pem: pem) { return try? await TokenKey(ed25519: key) }
            if let key = try? ES256PublicKey(pem: pem) { return try? await TokenKey(p256: key) }
            if let key = try? ES384PublicKey(pem: pem) { return try? await TokenKey(p384: key) }
            guard let algorithm, let key = try? Insecure.RSA.PublicKey(pem: pem) else { return nil }
            return try? await TokenKey(rsa: key, algorithm: algorithm)
        case .jwk(let jwk):
            if jwk.privateExponent != nil { throw .privateKeyInPublicFile(file: file) }
            return try? await key(jwk, algorithm: algorithm)
        case .unknown: return nil
        }
    }

    private static func key(_ jwk: JWK, algorithm: Algorithm?) async throws -> TokenKey {
        let identifier = jwk.keyIdentifier?.string
        let (x, y) = (jwk.x ?? "", jwk.y ?? "")
        switch (jwk.keyType, jwk.curve?.rawValue, jwk.algorithm) {
        case (.octetKeyPair, "Ed25519", nil), (.octetKeyPair, "Ed25519", .eddsa):
            return try await TokenKey(ed25519: EdDSA.PublicKey(x: x, curve: .ed25519), identifier: identifier)
        case (.ecdsa, "P-256", nil), (.ecdsa, "P-256", .es256):
            return try await TokenKey(p256: ES256PublicKey(parameters: (x: x, y: y)), identifier: identifier)
        case (.ecdsa, "P-384", nil), (.ecdsa, "P-384", .es384):
            return try await TokenKey(p384: ES384PublicKey(parameters: (x: x, y: y)), identifier: identifier)
        case (.rsa, nil, let said):
            guard let use = try rsaAlgorithm(said) ?? algorithm, let modulus = jwk.modulus, let exponent = jwk.exponent
            else { throw NotFit() }
            return try await TokenKey(
                rsa: Insecure.RSA.PublicKey(modulus: modulus, exponent: exponent), algorithm: use,
                identifier: identifier)
        default: throw NotFit()
        }
    }

    private static func rsaAlgorithm(_ said: JWK.Algorithm?) throws -> Algorithm? {
        switch said {
        case nil: nil
        case .rs384: .rs384
        case .rs512: .rs512
        default: throw NotFit()
        }
    }

    /// RFC 7638 section 3 with the members of RFC 8037 section 2, in lexicographic order.
    static func thumbprint(ed25519 key: EdDSA.PublicKey) -> String {
        let x = Base64URL.encode(key.rawRepresentation)
        return thumbprint(#"{"crv":"Ed25519","kty":"OKP","x":"\#(x)"}"#)
    }

    /// RFC 7638 section 3.2 for an elliptic curve key.
    static func thumbprint(p384 key: ES384PublicKey) -> String {
        thumbprint(curve: "P-384", key.parameters)
    }

    /// RFC 7638 section 3.2 for an elliptic curve key.
    static func thumbprint(p256 key: ES256PublicKey) -> String {
        thumbprint(curve: "P-256", key.parameters)
    }

    private static func thumbprint(curve: String, _ parameters: (x: String, y: String)?) -> String {
        let (x, y) = parameters ?? ("", "")
        let texts = [x, y].map { Base64URL.encode(Data(base64Encoded: $0) ?? Data()) }
        return thumbprint(#"{"crv":"\#(curve)","kty":"EC","x":"\#(texts[0])","y":"\#(texts[1])"}"#)
    }

    /// RFC 7638 section 3.1 for an RSA key.
    static func thumbprint(modulus: Data, exponent: Data) -> String {
        thumbprint(#"{"e":"\#(Base64URL.encode(exponent))","kty":"RSA","n":"\#(Base64URL.encode(modulus))"}"#)
    }

    private static func thumbprint(_ members: String) -> String {
        Base64URL.encode(Digest(of: Array(members.utf8)).bytes)
    }
}
