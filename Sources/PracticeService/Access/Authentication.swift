import EventSourcing
import HTTPTypes
import Hummingbird

/// Finds out who is asking, from the `Authorization` header (RFC 6750 section 2.1) and from nowhere else.
///
/// A token in the query or in the content is not read: addresses land in logs. Once it is known who asks, the request
/// is taken from the client's allowance.
struct Authentication: Sendable {
    let verifier: TokenVerifier
    let known = KnownTokens()
    let limiter: RateLimiter
    let now: @Sendable () -> Instant

    /// The caller of a request.
    ///
    /// - Throws: 401 with `WWW-Authenticate`: `token_missing`, `token_expired`, `token_invalid`. What was wrong with a
    ///   refused token is noted for the log and not told. 429 for a client that asks too often.
    func caller(of request: Request, _ context: PracticeContext) throws(Problem) -> Caller {
        guard let field = request.headers[.authorization] else { throw Self.tokenMissing }
        let parts = field.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { throw Self.tokenMissing }
        let caller: Caller
        do {
            caller = try known.caller(of: String(parts[1]), at: now()) { token, now throws(TokenRefusal) in
                try verifier.verify(token, at: now)
            }
        } catch {
            context.trail.note { $0.refusal = error }
            throw error == .expired ? Self.tokenExpired : Self.tokenInvalid
        }
        try admit(client: caller.client, context)
        return caller
    }

    /// Takes a request from the allowance of a client that has shown who it is.
    ///
    /// - Throws: 429 with `Retry-After`.
    func admit(client: String, _ context: PracticeContext) throws(Problem) {
        let allowance = limiter.take(client, at: now())
        context.trail.note {
            $0.client = client
            $0.allowance = allowance
        }
        guard allowance.isExhausted else { return }
        throw Problem(
            .rateLimited, "This client has asked as often as it may. Retry-After says when to come back.",
            headers: [.retryAfter: String(allowance.resetSeconds)])
    }

    /// The role of the token does not open this part.
    static func scopeMissing(_ permission: Permission) -> Problem {
        Problem(
            .scopeMissing, "The role in the token does not open this.",
            headers: [
                .wwwAuthenticate:
                    #"Bearer realm="primary-conect", error="insufficient_scope", scope="\#(permission.rawValue)""#
            ])
    }

    private static var tokenMissing: Problem {
        Problem(
            .tokenMissing, "Send a token in the Authorization header: Bearer, a blank, the token.",
            headers: [.wwwAuthenticate: #"Bearer realm="primary-conect""#])
    }

    private static var tokenExpired: Problem {
        Problem(.tokenExpired, "The token has expired. Get a new one.", headers: invalidToken)
    }

    private static var tokenInvalid: Problem {
        Problem(.tokenInvalid, "The token is not one that this service accepts.", headers: invalidToken)
    }

    private static var invalidToken: HTTPFields {
        [.wwwAuthenticate: #"Bearer realm="primary-conect", error="invalid_token""#]
    }
}
