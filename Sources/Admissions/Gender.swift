/// A person's gender as administrative systems hold it (FHIR R4 AdministrativeGender; HL7 table 0001, NHS 1 2 9 0).
package enum Gender: String, Sendable, CaseIterable {
    case male
    case female
    case other
    /// Not known, or not specified.
    case unknown
}
