/// What a district may set about hot onboarding.
package struct HotOnboardingSettings: Sendable, Equatable {
    /// For how many days after a patient declined no rule suggests them again.
    package var declineDays = 180
    /// How many days after leaving the hospital a patient whom nobody reached counts as lost.
    package var lostAfterDays = 7
    /// How far ahead a visit can be planned.
    package var visitDaysMax = 90
    /// How far ahead a case can be put off.
    package var deferDaysMax = 365

    package init() {}
}
