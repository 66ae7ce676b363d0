package import Projections

/// Where it is written who broke the glass of which practice, why, and until when.
package protocol BreakGlassBook: Sendable {
    /// Opens a practice for a reason of 10 to 500 characters and 1 to 60 minutes.
    func open(_ access: AccessRequest, reason: String, minutes: Int) async throws -> AccessBook.Grant

    /// Whether this grant is open now, for this very subject, client, role and practice.
    func isOpen(_ access: AccessRequest) async throws -> Bool
}
