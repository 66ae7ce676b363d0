/// What became of a message, before it is put into the codes of one mode.
package enum HL7Outcome: Hashable, Sendable, CaseIterable {
    /// Stored.
    case accepted
    /// Its content cannot be taken (AE, CE).
    case failed
    /// Not for us, or not possible now (AR, CR).
    case rejected
}
