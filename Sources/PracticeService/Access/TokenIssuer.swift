package import EventSourcing
import FoundationEssentials
import JWTKit

/// Signs development tokens with a local Ed25519 key.
///
/// For `primary-conect token`, demonstrations and tests. A deployment with an issuer of its own gives the service that
/// issuer's public keys and keeps no private key here.
package struct TokenIssuer: Sendable {
    /// The public half, for a `TokenVerifier` in the same process.
    package let publicKey: TokenKey
    /// The public half as a JWK document, for a key file of the service.
    package let publicKeyDocument: [UInt8]
    private let policy: TokenPolicy
    private let keys: JWTKeyCollection

    /// Opens the private key in a file, and makes both where there is none.
    ///
    /// The file holds a private JWK (RFC 8037 section 2) or a PEM `PRIVATE KEY` (RFC 8410) of Ed25519; a new one is a
    /// JWK of mode 0600. Processes that start together end up with the same key.
    package static func opening(keyFile: String, policy: TokenPolicy) async throws(TokenKeyError) -> TokenIssuer {
        if let document = try KeyFile.readPrivate(keyFile) {
            return try await TokenIssuer(document: document, file: keyFile, policy: policy)
        }
        guard let key = try? EdDSA.PrivateKey() else { throw .unwritable(file: keyFile) }
        let document = document(
            key.publicKey, identifier: TokenKey.thumbprint(ed25519: key.publicKey), secret: key.rawRepresentation)
        if try KeyFile.create(keyFile, document) {
            return try await TokenIssuer(document: document, file: keyFile, policy: policy)
        }
        guard let theirs = try KeyFile.readPrivate(keyFile) else { throw .unreadable(file: keyFile) }
        return try await TokenIssuer(document: theirs, file: keyFile, policy: policy)
    }

    private init(document: [UInt8], file: String, policy: TokenPolicy) async throws(TokenKeyError) {
        let (privateKey, identifier) = try Self.read(document, file: file)
        do {
            publicKey = try await TokenKey(ed25519: privateKey.publicKey, identifier: identifier)
        } catch {
            throw .notSupported(file: file)
        }
        publicKeyDocument = Self.document(privateKey.publicKey, identifier: publicKey.identifier, secret: nil)
        self.policy = policy
        keys = await JWTKeyCollection().add(eddsa: privateKey, kid: JWKIdentifier(string: publicKey.identifier))
    }

    /// Signs a token that is valid from `now` for `lifetime`, cut to whole seconds.
    ///
    /// The policy is not asked: a token for longer than it allows can be made, and is refused when it is used.
    ///
    /// - Parameters:
    ///   - scopes: what the token is for; `nil` leaves all that the role opens.
    ///   - identifier: the token's own name (`jti`).
    package func token(
        subject: String, client: String, role: Role, practices: [String], scopes: Set<Permission>? = nil,
        lifetime: Duration, identifier: String, at now: Instant
    ) async throws -> String {
        let seconds = now.microseconds / 1_000_000
        let claims = TokenClaims(
            iss: policy.issuer, sub: subject, aud: TokenClaims.Audience(policy.audience),
            exp: seconds + lifetime.components.seconds, nbf: seconds, iat: seconds, jti: identifier,
            practices: practices, role: role.rawValue, clientID: client,
            scope: scopes.map { $0.map(\.rawValue).sorted().joined(separator: " ") })
        return try await keys.sign(claims, kid: JWKIdentifier(string: publicKey.identifier))
    }

    private static func read(_ document: [UInt8], file: String) throws(TokenKeyError) -> (EdDSA.PrivateKey, String?) {
        guard let text = String(validating: document, as: UTF8.self) else { throw .notAKey(file: file) }
        if text.contains("-----BEGIN") {
            guard let key = try? EdDSA.PrivateKey(pem: text) else { throw .notSupported(file: file) }
            return (key, nil)
        }
        guard let jwk = try? JSONDecoder().decode(JWK.self, from: Data(document)) else { throw .notAKey(file: file) }
        guard jwk.keyType == .octetKeyPair, jwk.curve?.rawValue == "Ed25519", let secret = jwk.privateExponent,
            let key = try? EdDSA.PrivateKey(d: secret, curve: .ed25519),
            jwk.x == nil || jwk.x == Base64URL.encode(key.publicKey.rawRepresentation)
        else { throw .notSupported(file: file) }
        return (key, jwk.keyIdentifier?.string)
    }

    /// A JWK (RFC 7517 section 4) as one line.
    private static func document(_ key: EdDSA.PublicKey, identifier: String, secret: Data?) -> [UInt8] {
        var json = JSONAnswer()
        json.beginObject()
        json.field("kty", "OKP")
        json.field("crv", "Ed25519")
        json.field("alg", TokenKey.Algorithm.edDSA.rawValue)
        json.field("use", "sig")
        json.field("kid", identifier)
        json.field("x", Base64URL.encode(key.rawRepresentation))
        if let secret { json.field("d", Base64URL.encode(secret)) }
        json.endObject()
        return json.bytes + [UInt8(ascii: "\n")]
    }
}
