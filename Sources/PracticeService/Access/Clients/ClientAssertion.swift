import EventSourcing
import FoundationEssentials

/// What a client shows in place of a password: a text that says who it is, for us, now, once (RFC 7523 section 3).
///
/// | claim | must be |
/// |---|---|
/// | `iss`, `sub` | the client's id, both |
/// | `aud` | the address of our token endpoint, and nothing beside it |
/// | `exp` | ahead of us, at most 5 minutes |
/// | `nbf`, `iat` | where they are given, not ahead of us by more than a minute |
/// | `jti` | 1 to 128 printable ASCII characters, not used before |
struct ClientAssertion {
    let entry: ClientRegistry.Entry
    let jti: String
    let expires: Instant

    /// Believes an assertion, but for its `jti`, which the caller has yet to look up.
    ///
    /// - Parameters:
    ///   - client: the client's id where the request names it as well.
    ///   - audience: the address of our token endpoint.
    init(
        _ text: String, client: String?, registry: ClientRegistry, audience: String, at now: Instant
    ) async throws(AssertionRefusal) {
        let jws: CompactJWS
        do { jws = try CompactJWS(text, bytesMax: Self.bytesMax) } catch { throw .notAccepted }
        // Read before it is believed, to know whose key is to be tried; nothing else is taken from it until then.
        guard let claims = try? JSONDecoder().decode(Claims.self, from: Data(jws.payload)),
            let entry = registry[claims.iss], jws.header.typ != "at+jwt", client == nil || client == claims.iss,
            jws.header.alg == entry.client.algorithm.rawValue, let kid = jws.header.kid, kid.utf8.count <= 128,
            let key = await entry.keys.key(kid, at: now)
        else { throw .notAccepted }
        do { try jws.verify(with: key) } catch { throw .notAccepted }
        guard claims.sub == claims.iss else { throw .subject }
        guard claims.aud.names == [audience] else { throw .audience }
        let seconds = now.microseconds / 1_000_000
        guard claims.exp > seconds else { throw .expired }
        guard claims.exp <= seconds + Self.lifetimeMax else { throw .tooLong }
        guard [claims.nbf, claims.iat].allSatisfy({ ($0 ?? 0) <= seconds + Self.leeway }) else { throw .notYetValid }
        guard (1...128).contains(claims.jti.utf8.count), claims.jti.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { throw .identifier }
        self.entry = entry
        jti = claims.jti
        expires = Instant(microseconds: claims.exp * 1_000_000)
    }

    private static let bytesMax = 8_192
    /// How far `exp` may be ahead, in seconds.
    private static let lifetimeMax: Int64 = 300
    private static let leeway: Int64 = 60

    private struct Claims: Decodable {
        var iss: String
        var sub: String
        var aud: TokenClaims.Audience
        var exp: Int64
        var nbf: Int64?
        var iat: Int64?
        var jti: String
    }
}

/// Why an assertion was refused. Only who has signed it with a key that we know learns more than that.
enum AssertionRefusal: String, Error, Sendable, CaseIterable {
    /// No assertion, no client, no key, another algorithm, no good signature: one word for all.
    case notAccepted = "not-accepted"
    case subject, audience, expired, identifier, replayed
    case tooLong = "too-long"
    case notYetValid = "not-yet-valid"

    /// As `error_description` has it (RFC 6749 section 5.2).
    var description: StaticString {
        switch self {
        case .notAccepted: "The client assertion is not accepted: check client, kid, algorithm and signature."
        case .subject: "iss and sub must both be the client's id."
        case .audience: "aud must be the address of this token endpoint and nothing else."
        case .expired: "The client assertion has expired: check exp and the clock."
        case .tooLong: "exp is more than 5 minutes ahead."
        case .notYetValid: "iat or nbf lies ahead: check the clock."
        case .identifier: "jti must be 1 to 128 printable characters."
        case .replayed: "jti was used before: make a new assertion for each request."
        }
    }
}
