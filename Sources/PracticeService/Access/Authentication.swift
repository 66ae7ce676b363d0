import EventSourcing
import HTTPTypes
import Hummingbird

/// Finds out who is asking, from the `Authorization` header (RFC 6750 section 2.1) and from nowhere else.
///
/// A token in the query or in the content is not read: addresses land in logs.
struct Authentication: Sendable {
    let verifier: TokenVerifier
    let now: @Sendable () -> Instant

    /// The caller of a request.
    ///
    /// - Throws: 401 with `WWW-Authenticate`: `token_missing`, `token_expired`, `token_invalid`. What was wrong with a
    ///   refused token is noted for the log and not told.
    func caller(of request: Request, _ context: PracticeContext) throws(Problem) -> Caller {
        guard let field = request.headers[.authorization] else { throw Self.tokenMissing }
        let parts = field.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { throw Self.tokenMissing }
        do {
            let caller = try verifier.verify(String(parts[1]), at: now())
            context.trail.note { $0.client = caller.client }
            return caller
        } catch {
            context.trail.note { $0.refusal = error }
            throw error == .expired ? Self.tokenExpired : Self.tokenInvalid
        }
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
