/// A rule that puts a flag on a patient's line, worst first; the raw value is the flag's code in answers.
///
/// Identifier and version stand beside each flag's evidence. Change what a rule means, and its version goes up.
package enum HuddleRule: String, Sendable, CaseIterable {
    /// The death has been told.
    case deceased
    /// Sensible only in a list: another line has the same family name and first letter, or sounds alike and was born in
    /// the same year. Value: that line's encounter.
    case similarName = "similar-name"
    /// Nights so far, a long stay; the value is the band.
    case longStay = "los"
    /// An emergency admission 0 to 29 days after a discharge from a bed. Value: days.
    case readmitted
    /// In A&E now, and out of a bed for at most 30 days. Value: days.
    case readmissionRisk = "readmission-risk"
    /// The latest Symphony score.
    case symphony
    /// Emergency admissions in 365 days, this hospital's and those of others that tell us. Value: how many.
    case frequentAdmissions = "frequent-admissions"
    /// Attendances of A&E in 365 days. Value: how many.
    case frequentAttender = "frequent-attender"
    /// A concern that somebody has raised and nobody closed. Value: its kind.
    case concern
    /// Of the service for frail older people. Value: what says so.
    case fopas
    /// Left hospital against advice or on their own account.
    case selfDischarge = "self-discharge"
    /// Left A&E before treatment, twice in 30 days. Value: how often.
    case leftBeforeTreatment = "left-before-treatment"
    /// Came from their own home and was discharged to a care home.
    case newCareHome = "new-care-home"
    /// Lives in a care home. Value: what says so.
    case careHome = "care-home"
    /// In hospital care at home.
    case virtualWard = "virtual-ward"
    /// A hot onboarding case; of one that ended with a no, on the line of its stay alone. Value: where it stands.
    case onboarding
    /// Ready to leave, or expected to within 48 hours. Value: `ready`, or the day.
    case expectedDischarge = "expected-discharge"
    /// An emergency stay without a night.
    case zeroStay = "zero-los"
    /// Told more than an hour after it happened. Value: minutes.
    case toldLate = "told-late"
    /// An open encounter that is hardly to be believed any more. Value: in which way.
    case standing
    /// Known only from a message that told something else.
    case inferred

    /// Goes up with each change of meaning.
    package var version: Int { 1 }
}
