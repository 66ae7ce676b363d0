/// Why a row is no longer a practice's to see.
///
/// Nothing says whose it is now. Each is a possible misdirected disclosure, for review (domain.md 7.3).
package enum WithdrawalReason: String, Sendable, CaseIterable {
    /// The stay turned out to be another patient's (A44, A45, a corrected visit, a merge taken back).
    case wrongPatient = "wrong-patient"
    /// The patient's record turned out to be one with another record, whose practice counts (A34, A40, A43, A47).
    case merged
    /// The patient is registered elsewhere: moved on, or the practice was told wrongly before.
    case registeredElsewhere = "registered-elsewhere"
}
