/// What a concern is about; the sources of the programme's huddle (product.md 1.1).
package enum ConcernKind: String, Sendable, CaseIterable {
    case safeguarding
    /// Of the service for frail older people, whatever a district calls it.
    case fopas
    case clinical
    case socialCare = "social-care"
    case housing
    case carerStrain = "carer-strain"
    case medicines
    /// Said in the note.
    case other
}
