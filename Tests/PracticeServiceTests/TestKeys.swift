import EventSourcing
import FoundationEssentials
import JWTKit

@testable import PracticeService

/// Keys for tests, and tokens of any kind made with them, sound or not.
struct TestKeys: Sendable {
    let ed25519: EdDSA.PrivateKey
    let p256: ES256PrivateKey
    let edKey: TokenKey
    let ecKey: TokenKey
    let verifier: TokenVerifier

    init(policy: TokenPolicy = Given.policy) async throws {
        ed25519 = try EdDSA.PrivateKey()
        p256 = ES256PrivateKey()
        edKey = try await TokenKey(ed25519: ed25519.publicKey, identifier: "ed")
        ecKey = try await TokenKey(p256: p256.publicKey, identifier: "ec")
        verifier = try TokenVerifier(keys: [edKey, ecKey], policy: policy)
    }

    /// Claims that are let in at `Given.now`.
    static func claims(
        practices: [String] = [Given.practice], role: String = "practice-clinician", client: String = "levels-mdt"
    ) -> TokenClaims {
        let now = Given.now.microseconds / 1_000_000
        return TokenClaims(
            iss: Given.policy.issuer, sub: "kay", aud: .init(Given.policy.audience), exp: now + 300, nbf: now, iat: now,
            jti: "1", practices: practices, role: role, clientID: client)
    }

    /// A token with these claims, signed by the Ed25519 key.
    func token(_ claims: TokenClaims = claims()) async throws -> String {
        try await token(header: #"{"alg":"EdDSA","kid":"ed","typ":"JWT"}"#, claims)
    }

    /// A token with this header, signed by the Ed25519 key whatever the header says.
    func token(header: String, _ claims: TokenClaims = claims()) async throws -> String {
        try await Self.token(header: header, claims, signer: JWTKeyCollection().add(eddsa: ed25519).getKey())
    }

    static func token(header: String, _ claims: TokenClaims, signer: any JWTAlgorithm) throws -> String {
        try token(
            header: header, payload: String(decoding: JSONEncoder().encode(claims), as: UTF8.self), signer: signer)
    }

    static func token(header: String, payload: String, signer: (any JWTAlgorithm)?) throws -> String {
        let signed = "\(Base64URL.encode(header.utf8)).\(Base64URL.encode(payload.utf8))"
        let signature = try signer?.sign(Array(signed.utf8)) ?? []
        return "\(signed).\(Base64URL.encode(signature))"
    }
}
