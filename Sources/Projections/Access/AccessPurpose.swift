/// Why somebody looks, as `audit.access.purpose` says it.
package enum AccessPurpose {
    /// The care of a patient of one's own practice (domain.md section 7.1).
    package static let directCare = "direct-care"
    /// A patient of another practice, for a reason that was typed: the grant in the record has the reason.
    package static let breakGlass = "break-glass"
    /// What practices could see and who looked, for a case whose number follows.
    package static let audit = "audit"
}
