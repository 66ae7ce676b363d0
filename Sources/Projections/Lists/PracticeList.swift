/// The lists a practice can ask for; raw values as they stand in paths.
///
/// All but `corrected` leave out what was cancelled, entered in error or withdrawn. Windows ("since") count from when we were told, order is by
/// when it happened (product.md 3.1, domain.md 6.1).
package enum PracticeList: String, Sendable, CaseIterable {
    /// Inpatient stays whose admission was first told after `since`, still in or not; newest first.
    case admissions
    /// Inpatient stays that are open now; longest first. `since` is ignored.
    case inHospital = "in-hospital"
    /// Inpatient stays whose discharge was first told after `since`; newest first.
    case discharges
    /// A&E attendances whose arrival or end was first told after `since`; newest arrival first.
    case attendances
    /// What was cancelled, entered in error, or withdrawn from this practice after `since`; newest first. So nobody goes on
    /// looking for a patient who silently left a list (product.md 4.2).
    case corrected
}
