package import EventSourcing
import FoundationEssentials

/// Decides whether a bearer token is one of ours, and who carries it.
///
/// Order: form, key, algorithm, signature, then the claims; nothing that a token says counts before its signature
/// holds. The header chooses among our keys by `kid` and nothing else: keys or addresses of keys inside it are
/// ignored. Verifying is pure and blocks no one: the clock is an argument.
package struct TokenVerifier: Sendable {
    private let keys: [String: TokenKey]
    private let policy: TokenPolicy

    /// - Throws: `noKeys`, `identifierTwice`.
    package init(keys: [TokenKey], policy: TokenPolicy) throws(TokenKeyError) {
        guard !keys.isEmpty else { throw .noKeys }
        var byIdentifier: [String: TokenKey] = [:]
        for key in keys {
            guard byIdentifier.updateValue(key, forKey: key.identifier) == nil else { throw .identifierTwice }
        }
        self.keys = byIdentifier
        self.policy = policy
    }

    /// Verifies a token in JWS compact form (RFC 7515 section 7.1) as at `now`.
    package func verify(_ token: String, at now: Instant) throws(TokenRefusal) -> Caller {
        let bytes = Array(token.utf8)
        guard bytes.count <= policy.tokenBytesMax else { throw .malformed }
        let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, let header = Base64URL.decode(parts[0]), let payload = Base64URL.decode(parts[1]),
            let signature = Base64URL.decode(parts[2])
        else { throw .malformed }
        try key(for: header, signature: signature, over: Array(bytes[..<parts[1].endIndex]))
        guard let claims = try? JSONDecoder().decode(TokenClaims.self, from: Data(payload)) else { throw .claims }
        try check(claims, at: now)
        return try caller(claims)
    }

    private func key(for header: [UInt8], signature: [UInt8], over signed: [UInt8]) throws(TokenRefusal) {
        guard let fields = try? JSONDecoder().decode(Header.self, from: Data(header)) else { throw .malformed }
        guard !fields.isCritical, fields.typ == nil || fields.typ == "JWT" || fields.typ == "at+jwt" else {
            throw .headerNotSupported
        }
        guard let kid = fields.kid, let key = keys[kid] else { throw .keyUnknown }
        guard fields.alg == key.algorithm.rawValue else { throw .algorithm }
        guard key.verifies(signature, over: signed) else { throw .signature }
    }

    private func check(_ claims: TokenClaims, at now: Instant) throws(TokenRefusal) {
        guard claims.iss == policy.issuer else { throw .issuer }
        guard claims.aud.names.contains(policy.audience) else { throw .audience }
        let seconds = now.microseconds / 1_000_000
        let leeway = policy.leeway.components.seconds
        // Bounds first, so that the sums below cannot overflow.
        guard [claims.exp, claims.iat, claims.nbf ?? 0].allSatisfy({ (0...Self.secondsMax).contains($0) }) else {
            throw .claims
        }
        guard seconds < claims.exp + leeway else { throw .expired }
        guard seconds >= claims.iat - leeway, seconds >= (claims.nbf ?? claims.iat) - leeway else { throw .notYetValid }
        guard claims.exp - claims.iat <= policy.lifetimeMax.components.seconds else { throw .lifetime }
    }

    private func caller(_ claims: TokenClaims) throws(TokenRefusal) -> Caller {
        let role = Role(rawValue: claims.role)
        let isOrganisation: (String) -> Bool =
            role?.worksAcrossPractices == true ? { ODSCode.isOrganisation($0) } : { ODSCode.isPractice($0) }
        guard Self.isName(claims.sub, bytesMax: 255), Self.isName(claims.clientID, bytesMax: 64),
            claims.practices.count <= policy.practicesMax, claims.practices.allSatisfy(isOrganisation)
        else { throw .claims }
        return Caller(
            subject: claims.sub, client: claims.clientID, role: role, practices: Set(claims.practices),
            scopes: claims.scope.map { Set($0.split(separator: " ").compactMap { Permission(rawValue: String($0)) }) },
            expires: claims.exp)
    }

    /// The year 9999; later times are errors, not plans.
    private static let secondsMax: Int64 = 253_402_300_799

    private static func isName(_ text: String, bytesMax: Int) -> Bool {
        (1...bytesMax).contains(text.utf8.count) && text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
    }

    /// The header parameters we read (RFC 7515 section 4.1).
    private struct Header: Decodable {
        var alg: String
        var kid: String?
        var typ: String?
        var isCritical: Bool

        enum CodingKeys: String, CodingKey { case alg, kid, typ, crit }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            alg = try container.decode(String.self, forKey: .alg)
            kid = try container.decodeIfPresent(String.self, forKey: .kid)
            typ = try container.decodeIfPresent(String.self, forKey: .typ)
            isCritical = container.contains(.crit)
        }
    }
}
