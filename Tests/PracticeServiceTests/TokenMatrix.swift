import FoundationEssentials
import JWTKit

@testable import PracticeService

/// A token, and what is to become of it.
struct TokenCase: Sendable {
    let name: String
    let token: String
    /// What the verifier says of it; `nil` lets it in.
    let refusal: TokenRefusal?

    /// What the service answers; an empty token is none.
    var code: ProblemCode? {
        guard !token.isEmpty else { return .tokenMissing }
        return refusal.map { $0 == .expired ? .tokenExpired : .tokenInvalid }
    }
}

extension TestKeys {
    /// Every kind of token.
    func matrix() async throws -> [TokenCase] {
        let ed = try await JWTKeyCollection().add(eddsa: ed25519).getKey()
        return try Self.claimCases(ed) + Self.headerCases(ed) + (await signatureCases(ed)) + (await formCases())
    }

    private static let header = #"{"alg":"EdDSA","kid":"ed","typ":"JWT"}"#

    /// Well signed, with all kinds of claims.
    private static func claimCases(_ ed: any JWTAlgorithm) throws -> [TokenCase] {
        let now = claims().iat
        typealias Case = (name: String, refusal: TokenRefusal?, change: (inout TokenClaims) -> Void)
        let cases: [Case] = [
            ("right", nil, { _ in }),
            ("right, several audiences", nil, { $0.aud.names = ["other", "primary-conect"] }),
            ("right, without nbf and jti", nil, { ($0.nbf, $0.jti) = (nil, nil) }),
            ("expired within the leeway", nil, { ($0.iat, $0.nbf, $0.exp) = (now - 100, nil, now - 59) }),
            ("not yet valid within the leeway", nil, { $0.nbf = now + 60 }),
            ("expired", .expired, { ($0.iat, $0.nbf, $0.exp) = (now - 100, nil, now - 60) }),
            ("not yet valid", .notYetValid, { $0.nbf = now + 61 }),
            ("issued in the future", .notYetValid, { ($0.iat, $0.exp) = (now + 61, now + 120) }),
            ("valid for too long", .lifetime, { $0.exp = now + 12 * 3_600 + 1 }),
            ("wrong audience", .audience, { $0.aud.names = ["someone-else"] }),
            ("no audience", .audience, { $0.aud.names = [] }),
            ("wrong issuer", .issuer, { $0.iss = "https://issuer.test/" }),
            ("practice of another form", .claims, { $0.practices = ["z99001"] }),
            ("too many practices", .claims, { $0.practices = (0...400).map { "Z\(99_000 + $0)" } }),
            ("subject with a line break", .claims, { $0.sub = "kay\nrole=admin" }),
            ("no client", .claims, { $0.clientID = "" }),
            ("time out of bounds", .claims, { $0.exp = .max }),
        ]
        let payloads = [
            ("payload is not an object", "9990000018"),
            ("payload is not JSON", "{"),
            ("time is text", #"{"iss":"https://issuer.test","exp":"tomorrow"}"#),
        ]
        return try cases.map { name, refusal, change in
            var claims = claims()
            change(&claims)
            return TokenCase(name: name, token: try token(header: header, claims, signer: ed), refusal: refusal)
        }
            + payloads.map { name, payload in
                TokenCase(name: name, token: try token(header: header, payload: payload, signer: ed), refusal: .claims)
            }
    }

    /// Good claims, signed by the Ed25519 key under all kinds of headers.
    private static func headerCases(_ ed: any JWTAlgorithm) throws -> [TokenCase] {
        let cases: [(name: String, refusal: TokenRefusal?, header: String)] = [
            ("right, type of an access token", nil, #"{"alg":"EdDSA","kid":"ed","typ":"at+jwt"}"#),
            ("right, without a type", nil, #"{"alg":"EdDSA","kid":"ed"}"#),
            ("header is not JSON", .malformed, "nonsense"),
            ("header without alg", .malformed, #"{"kid":"ed"}"#),
            ("critical extension", .headerNotSupported, #"{"alg":"EdDSA","kid":"ed","crit":["b64"],"b64":false}"#),
            ("foreign type", .headerNotSupported, #"{"alg":"EdDSA","kid":"ed","typ":"logout+jwt"}"#),
            ("wrong key id", .keyUnknown, #"{"alg":"EdDSA","kid":"who"}"#),
            ("no key id", .keyUnknown, #"{"alg":"EdDSA"}"#),
            ("id of the other key", .algorithm, #"{"alg":"EdDSA","kid":"ec"}"#),
            ("algorithm of the other key", .algorithm, #"{"alg":"ES256","kid":"ed"}"#),
            ("algorithm in lower case", .algorithm, #"{"alg":"eddsa","kid":"ed"}"#),
            ("alg none, though signed", .algorithm, #"{"alg":"none","kid":"ed"}"#),
        ]
        return try cases.map { name, refusal, header in
            TokenCase(name: name, token: try token(header: header, claims(), signer: ed), refusal: refusal)
        }
    }

    /// Good claims, signed by others, in other ways or not at all.
    private func signatureCases(_ ed: any JWTAlgorithm) async throws -> [TokenCase] {
        let ec = try await JWTKeyCollection().add(ecdsa: p256).getKey()
        let stranger = try await JWTKeyCollection().add(eddsa: try EdDSA.PrivateKey()).getKey()
        let secret = HMACKey(from: Data(ed25519.publicKey.rawRepresentation))
        let hmac = try await JWTKeyCollection().add(hmac: secret, digestAlgorithm: .sha256).getKey()
        let payload = String(decoding: try JSONEncoder().encode(Self.claims()), as: UTF8.self)
        let cases: [(name: String, refusal: TokenRefusal?, header: String, signer: (any JWTAlgorithm)?)] = [
            ("right, ES256", nil, #"{"alg":"ES256","kid":"ec"}"#, ec),
            ("ES256 under a stranger's signature", .signature, #"{"alg":"ES256","kid":"ec"}"#, stranger),
            ("signed by a stranger", .signature, Self.header, stranger),
            ("alg none without a signature", .algorithm, #"{"alg":"none","kid":"ed"}"#, nil),
            ("EdDSA without a signature", .signature, Self.header, nil),
            ("HS256 with the public key as its secret", .algorithm, #"{"alg":"HS256","kid":"ed"}"#, hmac),
            ("HMAC that calls itself EdDSA", .signature, Self.header, hmac),
        ]
        return try cases.map { name, refusal, header, signer in
            TokenCase(
                name: name, token: try Self.token(header: header, payload: payload, signer: signer), refusal: refusal)
        }
    }

    /// A good token, damaged.
    private func formCases() async throws -> [TokenCase] {
        let good = try await token()
        let parts = good.split(separator: ".").map(String.init)
        let other = try await token(Self.claims(role: "integration")).split(separator: ".").map(String.init)
        let noise = Base64URL.encode([UInt8](repeating: 7, count: 64))
        return [
            TokenCase(name: "empty", token: "", refusal: .malformed),
            TokenCase(name: "not a token", token: "abc", refusal: .malformed),
            TokenCase(name: "two parts", token: "\(parts[0]).\(parts[1])", refusal: .malformed),
            TokenCase(name: "four parts", token: good + ".AA", refusal: .malformed),
            TokenCase(name: "padded", token: good + "=", refusal: .malformed),
            TokenCase(name: "too long", token: good + String(repeating: "A", count: 9_000), refusal: .malformed),
            TokenCase(name: "wrong signature", token: "\(parts[0]).\(parts[1]).\(noise)", refusal: .signature),
            TokenCase(name: "short signature", token: "\(parts[0]).\(parts[1]).AAAA", refusal: .signature),
            TokenCase(name: "claims exchanged", token: "\(parts[0]).\(other[1]).\(parts[2])", refusal: .signature),
        ]
    }
}
