/// The lists a practice can ask for; raw values as they stand in paths.
///
/// All but `corrected` leave out what was cancelled, entered in error or withdrawn. Windows ("since") count from when
/// we were told, order is by when it happened if not said otherwise (product.md 3.1, domain.md 6.1). Stays, as opposed
/// to attendances, are those of inpatients. The days and counts are `HuddleSettings`.
package enum PracticeList: String, Sendable, CaseIterable {
    /// People whose death was first told after `since`, one line each; newest told first.
    case deaths
    /// Stays whose admission was first told after `since`, still in or not; newest first.
    case admissions
    /// Stays that are open now, without those on a virtual ward; longest first. `since` is ignored.
    case inHospital = "in-hospital"
    /// Stays whose discharge was first told after `since`; newest first.
    case discharges
    /// A&E attendances whose arrival or end was first told after `since`; newest arrival first.
    case attendances
    /// Open stays that are ready to end, or expected to within 48 hours; earliest first, the ready before all.
    case expectedDischarges = "expected-discharges"
    /// People with a concern: raised and not closed, or found by a rule; safeguarding first, then newest.
    case concerns
    /// People of the service for frail older people: by ward, specialty, streaming, or a concern; newest first.
    case fopas
    /// People with 3 or more emergency admissions in 365 days; those in hospital first, then latest admission.
    case frequent
    /// People with 5 or more attendances in 365 days; most attendances first.
    case frequentAttenders = "frequent-attenders"
    /// Emergency stays, open or ended within 7 days, that began 0 to 29 days after a discharge; newest first.
    case readmissions
    /// Open attendances of people discharged from a bed in the last 30 days; newest first.
    case readmissionRisk = "readmission-risk"
    /// People with a Symphony score who are in hospital or had an event in 14 days; highest score first.
    case symphony
    /// Open stays of 7 nights and more; longest first.
    case longStay = "long-stay"
    /// Stays on a virtual ward, open or ended within 7 days, and attendances sent there; newest first.
    case virtualWard = "virtual-ward"
    /// Stays of care-home residents, open or ended within 7 days; newest first.
    case careHome = "care-home"
    /// What was cancelled, entered in error, or withdrawn from this practice after `since`; newest first. So nobody
    /// goes on looking for a patient who silently left a list (product.md 4.2). Of who registered elsewhere only what
    /// was open then, or had ended in the 30 days before.
    case corrected
    /// Open stays and attendances of people of whom no practice is known; newest first. For operators alone, and of no
    /// practice.
    case unknownPractice = "unknown-practice"
    /// All that a huddle speaks of, in sections, each person once (`HuddleSection`).
    case huddle

    /// Whether SQL alone says which encounters belong; of the others the rules decide.
    var isPlain: Bool {
        switch self {
        case .admissions, .inHospital, .discharges, .attendances, .corrected, .unknownPractice: true
        default: false
        }
    }

    /// Whether `since` narrows it.
    package var hasWindow: Bool {
        switch self {
        case .deaths, .admissions, .discharges, .attendances, .corrected, .huddle: true
        default: false
        }
    }
}
