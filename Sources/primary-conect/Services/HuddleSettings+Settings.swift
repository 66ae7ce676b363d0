import Admissions

extension HuddleSettings {
    /// The thresholds of the huddle's rules as an installation has set them: `huddle.attendances_min`, which is
    /// `PRIMARY_CONECT_HUDDLE_ATTENDANCES_MIN`, and so on. What is not set keeps its default.
    ///
    /// - Throws: `CommandFailure(.badConfiguration)` where a value is not a whole number, or not above 0.
    init(_ settings: Settings) throws {
        self.init()
        func read(_ name: String, _ path: WritableKeyPath<HuddleSettings, Int>) throws {
            let number = try settings.number("huddle.\(name)", or: self[keyPath: path])
            guard (1...100_000).contains(number) else {
                throw CommandFailure(.badConfiguration, "The setting huddle.\(name) must be from 1 to 100000.")
            }
            self[keyPath: path] = number
        }
        try read("history_days", \.historyDays)
        try read("emergency_admissions_min", \.emergencyAdmissionsMin)
        try read("attendances_min", \.attendancesMin)
        try read("readmission_days_max", \.readmissionDaysMax)
        try read("readmission_risk_days_max", \.readmissionRiskDaysMax)
        try read("long_stay_concern_nights", \.longStayConcernNights)
        try read("recent_days", \.recentDays)
        try read("expected_discharge_hours", \.expectedDischargeHours)
        try read("left_before_treatment_min", \.leftBeforeTreatmentMin)
        try read("left_before_treatment_days", \.leftBeforeTreatmentDays)
        try read("frequent_event_days", \.frequentEventDays)
        try read("symphony_band_min", \.symphonyBandMin)
        try read("symphony_old_days", \.symphonyOldDays)
        try read("symphony_event_days", \.symphonyEventDays)
        try read("symphony_changed_days", \.symphonyChangedDays)
        try read("told_late_minutes", \.toldLateMinutes)
        try read("fopas_age_min", \.fopasAgeMin)
        try read("frailty_score_min", \.frailtyScoreMin)
        fopasWards = Set(settings.list("huddle.fopas_wards"))
        virtualWards = Set(settings.list("huddle.virtual_wards"))
        let functions = settings.list("huddle.fopas_functions")
        if !functions.isEmpty { fopasFunctions = Set(functions) }
        let bands = settings.list("huddle.long_stay_nights")
        if !bands.isEmpty {
            let nights = bands.compactMap { Int($0) }
            guard nights.count == bands.count, nights.allSatisfy({ $0 > 0 }) else {
                throw CommandFailure(.badConfiguration, "The setting huddle.long_stay_nights is numbers between commas.")
            }
            longStayNights = nights.sorted()
        }
    }
}
