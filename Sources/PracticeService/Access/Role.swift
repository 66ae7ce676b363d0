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
    package func may(_ permission: Permission) -> Bool { permissions.contains(permission) }

    /// All that the role opens; denied unless named here (product.md section 2, domain.md section 7.2).
    ///
    /// Lists of patients are for the practice and for the systems that act for it; whoever works in the hospital or for
    /// several practices has work lists of their own. The auditor reads what was looked at; the operator keeps things
    /// alive and sees a patient by break-glass alone. The freshness of feeds tells nothing of a patient and is for all.
    package var permissions: Set<Permission> {
        switch self {
        case .practiceClinician:
            Role.practiceCoach.permissions.union([.breakGlass])
        case .practiceCoach:
            [
                .readLists, .readChanges, .readPatients, .matchPatients, .writeHuddle, .writeConcerns, .readOnboarding,
                .readStatus, .readFHIR,
            ]
        case .practiceAdmin:
            [.readLists, .readChanges, .writeHuddle, .writeConcerns, .readOnboarding, .writeRoster, .readStatus]
        case .hospitalOnboarding, .complexCare:
            [.matchPatients, .readOnboarding, .writeOnboarding, .readStatus]
        case .auditor:
            [.readAudit, .readStatus]
        case .operator:
            [.breakGlass, .writeRoster, .readStatus]
        case .integration:
            [
                .readLists, .readChanges, .readPatients, .matchPatients, .writeHuddle, .writeConcerns, .readOnboarding,
                .writeRoster, .writeWebhooks, .readStatus, .readFHIR,
            ]
        }
    }

    /// What the role opens of a practice that is not its own, for a reason that was typed (domain.md section 7.2):
    /// clinicians who meet another practice's patient, and operators, who have no practice.
    package var breakGlassPermissions: Set<Permission> {
        switch self {
        case .practiceClinician, .operator: [.readLists, .readPatients, .matchPatients]
        default: []
        }
    }

    /// Whether the role's organisations may be hospitals and teams, not practices alone.
    package var worksAcrossPractices: Bool {
        switch self {
        case .hospitalOnboarding, .complexCare: true
        default: false
        }
    }
}
