import JWTKit

/// The claims of our bearer tokens (RFC 7519 section 4; `client_id` as in RFC 9068).
///
/// Times are whole seconds since 1970 (NumericDate). All claims but `nbf`, `jti` and `scope` must be there.
struct TokenClaims: Codable, Sendable, Equatable {
    var iss: String
    var sub: String
    var aud: Audience
    var exp: Int64
    var nbf: Int64?
    var iat: Int64
    var jti: String?
    var practices: [String]
    var role: String
    var clientID: String
    /// Words between blanks (RFC 8693 section 4.2).
    var scope: String?

    enum CodingKeys: String, CodingKey {
        case iss, sub, aud, exp, nbf, iat, jti, practices, role, scope
        case clientID = "client_id"
    }

    /// One audience or several (RFC 7519 section 4.1.3).
    struct Audience: Codable, Sendable, Equatable {
        var names: [String]

        init(_ names: String...) { self.names = names }

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let name = try? container.decode(String.self) {
                names = [name]
            } else {
                names = try container.decode([String].self)
            }
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            if names.count == 1, let name = names.first {
                try container.encode(name)
            } else {
                try container.encode(names)
            }
        }
    }
}

extension TokenClaims: JWTPayload {
    /// Checks nothing: `TokenVerifier` checks the claims, with its own clock and policy.
    func verify(using key: some JWTAlgorithm) async throws {}
}
