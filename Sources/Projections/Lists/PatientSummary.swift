package import EventSourcing

/// What a row shows of the patient.
package struct PatientSummary: Sendable, Hashable {
    /// Opaque ref, `pt_…`: the same for all rows of this patient of one hospital at one practice.
    package var ref: String
    /// NHS number, ten digits without blanks.
    package var nhsNumber: String?
    /// The hospital's own number.
    package var localNumber: String?
    /// Who issued it.
    package var localIssuer: String?
    /// Family name as told.
    package var family: String?
    /// Given names in order.
    package var given: [String] = []
    /// Title.
    package var prefix: String?
    /// Preferred name.
    package var preferred: String?
    /// Date of birth: `yyyy-mm-dd`, or its beginning.
    package var born: String?
    /// Gender.
    package var gender: String?
    /// Whether the death has been told.
    package var isDeceased = false
    /// When the patient died, if told; a day without a time is its beginning in London.
    package var diedAt: Instant?
    /// How exactly that was told: `day`, `minute` and so on.
    package var diedPrecision: String?
    /// When we were first told of the death.
    package var deathToldAt: Instant?
    /// Sensitive: location and reason are withheld.
    package var isRestricted = false
    /// Refs of records that were joined to this one, ascending: what was done about them is about this patient. Shown to
    /// nobody.
    package var formerRefs: [String] = []

    /// Describes a patient of whom only the ref is known.
    package init(ref: String) {
        self.ref = ref
    }
}
