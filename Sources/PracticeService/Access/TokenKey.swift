import EventSourcing
import FoundationEssentials
package import JWTKit

/// A public key that tokens are checked with, and the one algorithm it is used with.
///
/// The algorithm belongs to the key, never to the token (RFC 8725 section 3.1). Two are known: EdDSA over Ed25519
/// (RFC 8037) and ES256 over P-256 (RFC 7518 section 3.4).
package struct TokenKey: Sendable {
    /// The values of `alg` in a token's header.
    package enum Algorithm: String, Sendable {
        case edDSA = "EdDSA"
        case es256 = "ES256"
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

    /// Reads public keys from the text of one file; `file` is its name for the error.
    package static func read(document: [UInt8], file: String) async throws(TokenKeyError) -> [TokenKey] {
        guard let text = String(validating: document, as: UTF8.self) else { throw .notAKey(file: file) }
        if text.contains("-----BEGIN") { return [try await read(pem: text, file: file)] }
        let data = Data(document)
        let jwks: [JWK]
        if let set = try? JSONDecoder().decode(JWKS.self, from: data) {
            jwks = set.keys
        } else if let key = try? JSONDecoder().decode(JWK.self, from: data) {
            jwks = [key]
        } else {
            throw .notAKey(file: file)
        }
        var keys: [TokenKey] = []
        for jwk in jwks { keys.append(try await read(jwk: jwk, file: file)) }
        return keys
    }

    private static func read(pem: String, file: String) async throws(TokenKeyError) -> TokenKey {
        if pem.contains("PRIVATE KEY-----") { throw .privateKeyInPublicFile(file: file) }
        do {
            if let key = try? EdDSA.PublicKey(pem: pem) { return try await TokenKey(ed25519: key) }
            return try await TokenKey(p256: ES256PublicKey(pem: pem))
        } catch {
            throw .notSupported(file: file)
        }
    }

    private static func read(jwk: JWK, file: String) async throws(TokenKeyError) -> TokenKey {
        if jwk.privateExponent != nil { throw .privateKeyInPublicFile(file: file) }
        let identifier = jwk.keyIdentifier?.string
        do {
            switch (jwk.keyType, jwk.curve?.rawValue, jwk.algorithm) {
            case (.octetKeyPair, "Ed25519", nil), (.octetKeyPair, "Ed25519", .eddsa):
                return try await TokenKey(
                    ed25519: EdDSA.PublicKey(x: jwk.x ?? "", curve: .ed25519), identifier: identifier)
            case (.ecdsa, "P-256", nil), (.ecdsa, "P-256", .es256):
                return try await TokenKey(
                    p256: ES256PublicKey(parameters: (x: jwk.x ?? "", y: jwk.y ?? "")), identifier: identifier)
            default:
                throw TokenKeyError.notSupported(file: file)
            }
        } catch {
            throw .notSupported(file: file)
        }
    }

    /// RFC 7638 section 3 with the members of RFC 8037 section 2, in lexicographic order.
    static func thumbprint(ed25519 key: EdDSA.PublicKey) -> String {
        let x = Base64URL.encode(key.rawRepresentation)
        return thumbprint(#"{"crv":"Ed25519","kty":"OKP","x":"\#(x)"}"#)
    }

    /// RFC 7638 section 3.2 for an elliptic curve key.
    static func thumbprint(p256 key: ES256PublicKey) -> String {
        let (x, y) = key.parameters ?? ("", "")
        let texts = [x, y].map { Base64URL.encode(Data(base64Encoded: $0) ?? Data()) }
        return thumbprint(#"{"crv":"P-256","kty":"EC","x":"\#(texts[0])","y":"\#(texts[1])"}"#)
    }

    private static func thumbprint(_ members: String) -> String {
        Base64URL.encode(Digest(of: Array(members.utf8)).bytes)
    }
}
