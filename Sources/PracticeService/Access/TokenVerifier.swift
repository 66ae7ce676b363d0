package import EventSourcing
import FoundationEssentials

/// Decides whether a bearer token is one of ours, and who carries it.
///
/// Order: form, key, algorithm, signature, then the claims; nothing that a token says counts before its signature
/// holds. The header chooses among our keys by `kid` and nothing else: keys or addresses of keys inside it are
/// ignored. Verifying is pure and blocks no one: the clock is an argument.
///
/// Each key vouches for the tokens of one policy: one issuer, one audience.
package struct TokenVerifier: Sendable {
    private var trusted: [String: (key: TokenKey, policy: TokenPolicy)] = [:]
    private var tokenBytesMax: Int

    /// - Throws: `noKeys`, `identifierTwice`.
    package init(keys: [TokenKey], policy: TokenPolicy) throws(TokenKeyError) {
        guard !keys.isEmpty else { throw .noKeys }
        tokenBytesMax = policy.tokenBytesMax
        try trust(keys, policy)
    }

    /// Trusts these keys as well, for another issuer's tokens.
    ///
    /// - Throws: `identifierTwice`.
    package mutating func trust(_ keys: [TokenKey], _ policy: TokenPolicy) throws(TokenKeyError) {
        tokenBytesMax = max(tokenBytesMax, policy.tokenBytesMax)
        for key in keys {
            guard trusted.updateValue((key, policy), forKey: key.identifier) == nil else { throw .identifierTwice }
        }
    }

    /// Verifies a token in JWS compact form (RFC 7515 section 7.1) as at `now`.
    package func verify(_ token: String, at now: Instant) throws(TokenRefusal) -> Caller {
        let jws = try CompactJWS(token, bytesMax: tokenBytesMax)
        guard let kid = jws.header.kid, let (key, policy) = trusted[kid] else { throw .keyUnknown }
        try jws.verify(with: key)
        guard let claims = try? JSONDecoder().decode(TokenClaims.self, from: Data(jws.payload)) else { throw .claims }
        try check(claims, policy, at: now)
        return try caller(claims, policy)
    }

    private func check(_ claims: TokenClaims, _ policy: TokenPolicy, at now: Instant) throws(TokenRefusal) {
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

    private func caller(_ claims: TokenClaims, _ policy: TokenPolicy) throws(TokenRefusal) -> Caller {
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
}
