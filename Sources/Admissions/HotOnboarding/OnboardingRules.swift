/// The rules that suggest patients for hot onboarding, with their thresholds.
///
/// Pure: equal facts give equal findings, in the order of `OnboardingRule.allCases`. A setting of `nil` turns a rule
/// off.
package struct OnboardingRules: Sendable, Equatable {
    package var emergencyAdmissionsMin: Int? = 3
    package var attendancesMin: Int? = 5
    package var nightsMin: Int? = 14
    package var symphonyScoreMin: Int? = 8
    /// The official indicator counts 0 to 29 days (domain.md 6.1).
    package var daysSinceDischargeMax: Int? = 29
    package var findsFOPAS = true
    package var agedEmergencyYearsMin: Int? = 75

    package init() {}

    /// The rules that apply; none for who is not an inpatient now.
    package func findings(in facts: OnboardingFacts) -> [OnboardingFinding] {
        guard facts.isOpenInpatient else { return [] }
        return OnboardingRule.allCases.compactMap { finding($0, facts) }
    }

    private func finding(_ rule: OnboardingRule, _ facts: OnboardingFacts) -> OnboardingFinding? {
        let ofAdmission = { (value: Int) in OnboardingFacts.Measure(value, facts.admission) }
        switch rule {
        case .frequentAdmissions: return rule.found(facts.emergencyAdmissions, atLeast: emergencyAdmissionsMin)
        case .frequentAttendances: return rule.found(facts.attendances, atLeast: attendancesMin)
        case .longStay: return rule.found(facts.nights.map(ofAdmission), atLeast: nightsMin)
        case .symphonyScore: return rule.found(facts.symphonyScore, atLeast: symphonyScoreMin)
        case .readmission:
            guard facts.isEmergency, let gap = facts.daysSinceDischarge, let most = daysSinceDischargeMax,
                (0...max(0, most)).contains(gap.value)
            else { return nil }
            return OnboardingFinding(
                rule, measured: gap.value, threshold: most, evidence: gap.evidence + facts.admission)
        case .fopas:
            guard findsFOPAS, let fopas = facts.fopas else { return nil }
            return OnboardingFinding(rule, measured: 1, threshold: 1, evidence: fopas.evidence)
        case .agedEmergency:
            guard facts.isEmergency else { return nil }
            return rule.found(facts.age.map(ofAdmission), atLeast: agedEmergencyYearsMin)
        }
    }
}

extension OnboardingRule {
    fileprivate func found(_ measure: OnboardingFacts.Measure?, atLeast least: Int?) -> OnboardingFinding? {
        guard let measure, let least, measure.value >= least else { return nil }
        return OnboardingFinding(self, measured: measure.value, threshold: least, evidence: measure.evidence)
    }
}
