/// How much of a history somebody may see.
package struct HistoryReach: Sendable, Equatable {
    /// The practice that asks; `nil` for the auditor, to whom no practice is hidden.
    package var practice: String?
    /// Whether names, numbers and dates of birth stand in full.
    package var showsIdentifiers = false
    /// Whether where the patient is stays withheld (product.md 4.9): of who is restricted, unless all is shown.
    package var hidesPlace = false

    package init(practice: String? = nil, showsIdentifiers: Bool = false) {
        self.practice = practice
        self.showsIdentifiers = showsIdentifiers
    }

    /// What stands for an identifier that is not shown.
    package static let mask = "•••"
    /// What stands for a place that is withheld.
    package static let withheld = "withheld"

    /// A value as it may be seen; that it changed may be seen in any case.
    func shown(_ value: String?, of field: HistoryField) -> String? {
        guard let value else { return nil }
        return switch field.care {
        case .open: value
        case .place: hidesPlace ? Self.withheld : value
        case .identity: showsIdentifiers ? value : Self.mask
        case .practice: practice == nil || practice == value ? value : "another practice"
        }
    }
}
