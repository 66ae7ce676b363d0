/// The names of one set of tables in schema `practice`: the live ones, or their twins in which a rebuild is made.
struct ProjectionTables: Sendable {
    let checkpoint: String
    let feed: String
    let feedRhythm: String
    let encounter: String
    let encounterState: String
    let patientState: String
    let poison: String
    let onboardingCase: String
    let onboardingDetail: String
    let concern: String
    let discussion: String
    let huddle: String
    let action: String
    let symphony: String
    let registration: String
    let registrationState: String
    let registrationPoint: String

    /// What practices read.
    static let live = ProjectionTables(suffix: "")
    /// Where a rebuild is made; `practice.swap_rebuild` exchanges the names.
    static let shadow = ProjectionTables(suffix: "_shadow")

    /// The name under which checkpoints of these tables are kept.
    static let projection = "practice"

    private init(suffix: String) {
        checkpoint = "checkpoint" + suffix
        feed = "feed" + suffix
        feedRhythm = "feed_rhythm" + suffix
        encounter = "encounter" + suffix
        encounterState = "encounter_state" + suffix
        patientState = "patient_state" + suffix
        poison = "poison" + suffix
        onboardingCase = "onboarding_case" + suffix
        onboardingDetail = "onboarding_detail" + suffix
        concern = "concern" + suffix
        discussion = "discussion" + suffix
        huddle = "huddle" + suffix
        action = "action" + suffix
        symphony = "symphony" + suffix
        registration = "registration" + suffix
        registrationState = "registration_state" + suffix
        registrationPoint = "registration_point" + suffix
    }
}
