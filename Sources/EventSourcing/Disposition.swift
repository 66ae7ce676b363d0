/// What became of a received message.
package enum Disposition: String, Sendable, CaseIterable {
    /// Understood, and it gave events.
    case read
    /// Understood, without effect.
    case kept
    /// Not understood; waiting for redrive.
    case quarantined
    /// Answered with a rejection (wrong MSH-11, not ADT), stored all the same.
    case refused
}
