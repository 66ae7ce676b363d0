/// What a person or a system is to us (product.md section 2).
package enum Role: String, CaseIterable, Sendable {
    case practiceClinician = "practice-clinician"
    case practiceCoach = "practice-coach"
    case practiceAdmin = "practice-admin"
    case hospitalOnboarding = "hospital-onboarding"
    case complexCare = "complex-care"
    case auditor
    case `operator`
    case integration

    /// Whether the role opens this part of the service.
    ///
    /// Denied unless named here. Lists of patients are for the practice and for the systems that act for it; the
    /// freshness of feeds tells nothing of a patient and is for every role.
    package func may(_ permission: Permission) -> Bool {
        switch permission {
        case .readLists:
            switch self {
            case .practiceClinician, .practiceCoach, .practiceAdmin, .integration: true
            case .hospitalOnboarding, .complexCare, .auditor, .operator: false
            }
        case .readStatus:
            true
        }
    }
}

/// A part of the service that a role opens or not; the raw value is its scope in product.md section 5.1.
package enum Permission: String, Sendable {
    case readLists = "lists:read"
    case readStatus = "status:read"
}
