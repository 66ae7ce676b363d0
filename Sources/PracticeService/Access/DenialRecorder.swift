package import Projections

/// Where it is recorded that somebody was turned away.
package protocol DenialRecorder: Sendable {
    /// Records that a caller was turned away.
    func recordDenial(_ access: AccessRequest, reason: DenialReason) async throws
}
