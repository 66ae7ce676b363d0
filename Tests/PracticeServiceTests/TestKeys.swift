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
        try token(header: header, payload: String(decoding: JSONEncoder().encode(claims), as: UTF8.self), signer: signer)
    }

    static func token(header: String, payload: String, signer: (any JWTAlgorithm)?) throws -> String {
        let signed = "\(Base64URL.encode(header.utf8)).\(Base64URL.encode(payload.utf8))"
        let signature = try signer?.sign(Array(signed.utf8)) ?? []
        return "\(signed).\(Base64URL.encode(signature))"
    }

    /// Every kind of token, what the verifier says of it and what the service answers.
    func matrix() async throws -> [(name: String, token: String, refusal: TokenRefusal?, code: ProblemCode?)] {
        let edSigner = try await JWTKeyCollection().add(eddsa: ed25519).getKey()
        let ecSigner = try await JWTKeyCollection().add(ecdsa: p256).getKey()
        let strangerSigner = try await JWTKeyCollection().add(eddsa: try EdDSA.PrivateKey()).getKey()
        let hmac = try await JWTKeyCollection().add(
            hmac: .init(from: Data(ed25519.publicKey.rawRepresentation)), digestAlgorithm: .sha256
        ).getKey()
        let header = #"{"alg":"EdDSA","kid":"ed","typ":"JWT"}"#
        func changed(_ change: (inout TokenClaims) -> Void) throws -> String {
            var claims = Self.claims()
            change(&claims)
            return try Self.token(header: header, claims, signer: edSigner)
        }
        func with(header: String, signer: any JWTAlgorithm) throws -> String {
            try Self.token(header: header, Self.claims(), signer: signer)
        }
        let good = try await token()
        let parts = good.split(separator: ".")
        let now = Self.claims().iat
        let withoutPractices =
            #"{"iss":"https://issuer.test","sub":"kay","aud":"primary-conect","exp":\#(now + 60),"iat":\#(now),"role":"auditor","client_id":"c"}"#
        return [
            ("right, EdDSA", good, nil, nil),
            ("right, ES256", try with(header: #"{"alg":"ES256","kid":"ec"}"#, signer: ecSigner), nil, nil),
            ("right, access token type", try with(header: #"{"alg":"EdDSA","kid":"ed","typ":"at+jwt"}"#, signer: edSigner), nil, nil),
            ("right, several audiences", try changed { $0.aud = .init("other"); $0.aud.names.append("primary-conect") }, nil, nil),
            ("right, without nbf and jti", try changed { $0.nbf = nil; $0.jti = nil }, nil, nil),
            ("expired within the leeway", try changed { $0.iat = now - 100; $0.nbf = nil; $0.exp = now - 59 }, nil, nil),
            ("not yet valid within the leeway", try changed { $0.nbf = now + 60 }, nil, nil),
            ("empty", "", .malformed, .tokenInvalid),
            ("not a token", "abc", .malformed, .tokenInvalid),
            ("two parts", "\(parts[0]).\(parts[1])", .malformed, .tokenInvalid),
            ("four parts", good + ".AA", .malformed, .tokenInvalid),
            ("padded", good + "=", .malformed, .tokenInvalid),
            ("header is not JSON", try with(header: "nonsense", signer: edSigner), .malformed, .tokenInvalid),
            ("header without alg", try with(header: #"{"kid":"ed"}"#, signer: edSigner), .malformed, .tokenInvalid),
            ("too long", good + String(repeating: "A", count: 9_000), .malformed, .tokenInvalid),
            ("critical extension", try with(header: #"{"alg":"EdDSA","kid":"ed","crit":["b64"],"b64":false}"#, signer: edSigner), .headerNotSupported, .tokenInvalid),
            ("foreign type", try with(header: #"{"alg":"EdDSA","kid":"ed","typ":"logout+jwt"}"#, signer: edSigner), .headerNotSupported, .tokenInvalid),
            ("expired", try changed { $0.iat = now - 100; $0.nbf = nil; $0.exp = now - 60 }, .expired, .tokenExpired),
            ("not yet valid", try changed { $0.nbf = now + 61 }, .notYetValid, .tokenInvalid),
            ("issued in the future", try changed { $0.iat = now + 61; $0.exp = now + 120 }, .notYetValid, .tokenInvalid),
            ("valid for too long", try changed { $0.exp = now + 12 * 3_600 + 1 }, .lifetime, .tokenInvalid),
            ("wrong signature", "\(parts[0]).\(parts[1]).\(Base64URL.encode([UInt8](repeating: 7, count: 64)))", .signature, .tokenInvalid),
            ("signature of another length", "\(parts[0]).\(parts[1]).AAAA", .signature, .tokenInvalid),
            ("signed by a stranger", try with(header: header, signer: strangerSigner), .signature, .tokenInvalid),
            ("claims exchanged", "\(parts[0]).\(try changed { $0.role = "integration" }.split(separator: ".")[1]).\(parts[2])", .signature, .tokenInvalid),
            ("wrong key id", try with(header: #"{"alg":"EdDSA","kid":"who"}"#, signer: edSigner), .keyUnknown, .tokenInvalid),
            ("no key id", try with(header: #"{"alg":"EdDSA"}"#, signer: edSigner), .keyUnknown, .tokenInvalid),
            ("key id of the other key", try with(header: #"{"alg":"EdDSA","kid":"ec"}"#, signer: edSigner), .algorithm, .tokenInvalid),
            ("alg none", try Self.token(header: #"{"alg":"none","kid":"ed"}"#, payload: String(decoding: JSONEncoder().encode(Self.claims()), as: UTF8.self), signer: nil), .algorithm, .tokenInvalid),
            ("alg None without a signature, EdDSA said", try Self.token(header: header, payload: String(decoding: JSONEncoder().encode(Self.claims()), as: UTF8.self), signer: nil), .signature, .tokenInvalid),
            ("HS256 with the public key as its secret", try with(header: #"{"alg":"HS256","kid":"ed"}"#, signer: hmac), .algorithm, .tokenInvalid),
            ("HMAC called EdDSA", try with(header: header, signer: hmac), .signature, .tokenInvalid),
            ("alg in lower case", try with(header: #"{"alg":"eddsa","kid":"ed"}"#, signer: edSigner), .algorithm, .tokenInvalid),
            ("wrong audience", try changed { $0.aud = .init("someone-else") }, .audience, .tokenInvalid),
            ("no audience", try changed { $0.aud = .init(); $0.aud.names = [] }, .audience, .tokenInvalid),
            ("wrong issuer", try changed { $0.iss = "https://issuer.test/" }, .issuer, .tokenInvalid),
            ("without practices", try Self.token(header: header, payload: withoutPractices, signer: edSigner), .claims, .tokenInvalid),
            ("practice of no form", try changed { $0.practices = ["z99001"] }, .claims, .tokenInvalid),
            ("too many practices", try changed { $0.practices = (0...400).map { "Z\(99_000 + $0)" } }, .claims, .tokenInvalid),
            ("subject with a line break", try changed { $0.sub = "kay\nrole=admin" }, .claims, .tokenInvalid),
            ("no client", try changed { $0.clientID = "" }, .claims, .tokenInvalid),
            ("time out of bounds", try changed { $0.exp = .max }, .claims, .tokenInvalid),
            ("payload is not JSON", try Self.token(header: header, payload: "9990000018", signer: edSigner), .claims, .tokenInvalid),
        ]
    }
}
