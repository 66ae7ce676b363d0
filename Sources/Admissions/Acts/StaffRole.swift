/// In what capacity somebody acts (product.md section 2).
///
/// The raw values are those of the tokens, so that whoever holds a caller finds the role by name. Roles that only look
/// (auditor, operator) are not here: they carry out no act.
package enum StaffRole: String, Sendable, CaseIterable {
    case practiceClinician = "practice-clinician"
    case practiceCoach = "practice-coach"
    case practiceAdmin = "practice-admin"
    case hospitalOnboarding = "hospital-onboarding"
    case complexCare = "complex-care"
    /// Another system, on behalf of its organisation.
    case integration
    /// The service itself: rules, news from a hospital, the passing of time.
    case service

    /// Everybody who sits in the huddle of a practice.
    package static let huddle: Set<StaffRole> = [.practiceClinician, .practiceCoach, .practiceAdmin]
    /// Who may keep the huddle's marks and actions: those who sit in it, and the system that they use for it.
    package static let huddleWriters = huddle.union([.integration])
    /// Those of the huddle who read and write about a patient's health; `practiceAdmin` does not.
    package static let huddleClinical: Set<StaffRole> = [.practiceClinician, .practiceCoach]
    /// Who may write about a patient's health: those, and the system that they use for it.
    package static let clinicalWriters = huddleClinical.union([.integration])
}
