/// Why a token was refused.
///
/// For our log and our tests; the caller learns only whether the token had expired (`TokenRefusal.problem`).
package enum TokenRefusal: String, Error, Sendable, CaseIterable {
    /// Too long, not three base64url parts, or a header that is not what RFC 7515 section 4 asks for.
    case malformed
    /// The header names an extension that must be understood (`crit`, RFC 7515 section 4.1.11) or a foreign type.
    case headerNotSupported = "header-not-supported"
    /// No `kid`, or one that is not ours. Keys named or sent in the header itself (`jwk`, `jku`, `x5c`) are never used.
    case keyUnknown = "key-unknown"
    /// The header's `alg` is not that of the key: `none`, `HS256` and the like end here (RFC 8725 section 3.1).
    case algorithm
    case signature
    /// A claim is missing, has the wrong type or is out of bounds.
    case claims
    case issuer
    case audience
    case expired
    case notYetValid = "not-yet-valid"
    /// Valid for longer than the policy allows.
    case lifetime
}
