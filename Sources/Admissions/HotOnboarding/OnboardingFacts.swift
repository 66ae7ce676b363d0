/// What is known of a patient in hospital that the rules measure; the caller counts.
///
/// How each is counted is said in domain.md 6.1: distinct continuous spells, emergency by method of admission,
/// cancelled encounters left out, one hospital only. What is not known is `nil` and speaks for nothing.
package struct OnboardingFacts: Sendable, Equatable {
    /// A number, and the events that it was read from.
    package struct Measure: Sendable, Equatable {
        package var value: Int
        package var evidence: [Evidence]

        package init(_ value: Int, _ evidence: [Evidence] = []) {
            self.value = value
            self.evidence = evidence
        }
    }

    /// An open spell of an inpatient: without one no rule applies.
    package var isOpenInpatient: Bool
    /// The events of this admission; they speak for every finding that is about it.
    package var admission: [Evidence]
    /// This admission is an emergency (`UKCodes.isEmergency`).
    package var isEmergency = false
    /// Emergency admissions in the 365 days to today, this one counted.
    package var emergencyAdmissions: Measure?
    /// Unplanned attendances of the emergency department in the 365 days to today.
    package var attendances: Measure?
    /// `EncounterReading.nights`.
    package var nights: Int?
    /// The latest Symphony score, 1 to 10.
    package var symphonyScore: Measure?
    /// Days from the last discharge of an earlier spell to this admission; `nil` if there was none.
    package var daysSinceDischarge: Measure?
    /// An open FOPAS concern, or a ward or function of that service; its value is not looked at.
    package var fopas: Measure?
    /// In years, today.
    package var age: Int?

    package init(isOpenInpatient: Bool, admission: [Evidence]) {
        self.isOpenInpatient = isOpenInpatient
        self.admission = admission
    }
}
