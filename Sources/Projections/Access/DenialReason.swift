/// Why a look was refused, as `audit.access.denial` says it.
package enum DenialReason: String, Sendable, CaseIterable {
    /// The token does not name the practice that was asked for.
    case practiceOutOfScope = "practice-out-of-scope"
    /// The role does not open what was asked for.
    case roleNotAllowed = "role-not-allowed"
    /// The break-glass grant that was named is not open, or not the caller's.
    case breakGlassNotOpen = "break-glass-not-open"
    /// The token was missing, expired, or not to be trusted.
    case notAuthenticated = "not-authenticated"
}
