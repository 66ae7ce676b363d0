/// The thresholds of the huddle's rules; each is a setting of the installation, and these are the defaults.
///
/// Source of each default: domain.md 6.1 and product.md 4.2 and 4.3, where the two differ domain.md (they differ in
/// frequent admissions alone: 3 against 4). The names of the settings stand beside the values.
package struct HuddleSettings: Sendable, Equatable {
    /// `huddle.history_days`: how far back admissions and attendances are counted, today counted in.
    package var historyDays = 365
    /// `huddle.emergency_admissions_min`
    package var emergencyAdmissionsMin = 3
    /// `huddle.attendances_min`
    package var attendancesMin = 5
    /// `huddle.readmission_days_max`: the official indicator counts 0 to 29 days.
    package var readmissionDaysMax = 29
    /// `huddle.readmission_risk_days_max`: in A&E now, and home for at most so many days.
    package var readmissionRiskDaysMax = 30
    /// `huddle.long_stay_nights`: the bands, ascending.
    package var longStayNights = [7, 14, 21]
    /// `huddle.long_stay_concern_nights`: from here on a long stay is a concern.
    package var longStayConcernNights = 14
    /// `huddle.recent_days`: for so long after its end a stay still counts as recent.
    package var recentDays = 7
    /// `huddle.expected_discharge_hours`
    package var expectedDischargeHours = 48
    /// `huddle.left_before_treatment_min`
    package var leftBeforeTreatmentMin = 2
    /// `huddle.left_before_treatment_days`
    package var leftBeforeTreatmentDays = 30
    /// `huddle.frequent_event_days`: a frequent patient is a huddle's affair if something happened since.
    package var frequentEventDays = 30
    /// `huddle.symphony_band_min`: the band of the highest scores goes from here to 10.
    package var symphonyBandMin = 8
    /// `huddle.symphony_old_days`: a score is called old when older.
    package var symphonyOldDays = 90
    /// `huddle.symphony_event_days`: the list shows who had an event since, or is in hospital.
    package var symphonyEventDays = 14
    /// `huddle.symphony_changed_days`: the huddle shows who had an event since.
    package var symphonyChangedDays = 7
    /// `huddle.told_late_minutes`: told later than that after it happened is told late.
    package var toldLateMinutes = 60
    /// `huddle.fopas_wards`: codes of the wards of the service for frail older people.
    package var fopasWards: Set<String> = []
    /// `huddle.fopas_functions`: treatment functions that speak for that service in an emergency admission.
    package var fopasFunctions: Set<String> = ["430"]
    /// `huddle.fopas_age_min`: at this age a frailty score counts; age alone says nothing.
    package var fopasAgeMin = 75
    /// `huddle.frailty_score_min`
    package var frailtyScoreMin = 5
    /// `huddle.virtual_wards`: codes of wards whose patients are at home.
    package var virtualWards: Set<String> = []

    package init() {}
}
