package import Projections

/// Where it is written who broke the glass of which practice, why, and until when.
package protocol BreakGlassBook: Sendable {
    /// Whether this grant is open now, for this very subject, client, role and practice.
    func isOpen(_ access: AccessRequest) async throws -> Bool
}
