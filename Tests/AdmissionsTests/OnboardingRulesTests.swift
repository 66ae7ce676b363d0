import Admissions
import EventSourcing
import Testing

/// The rules that suggest patients.
@Suite struct OnboardingRulesTests {
    static func evidence(_ position: Int64) -> Evidence { Evidence(log: Given.hospital, position: Position(position)) }

    static func facts(_ change: (inout OnboardingFacts) -> Void = { _ in }) -> OnboardingFacts {
        var facts = OnboardingFacts(isOpenInpatient: true, admission: [evidence(1)])
        change(&facts)
        return facts
    }

    private func rules(_ facts: OnboardingFacts, _ rules: OnboardingRules = OnboardingRules()) -> [String] {
        rules.findings(in: facts).map(\.rule)
    }

    @Test func `nothing known suggests nobody`() {
        #expect(rules(Self.facts()) == [])
    }

    @Test(arguments: [
        ("frequent-admissions", 2, 3), ("frequent-attendances", 4, 5), ("long-stay", 13, 14), ("symphony-score", 7, 8),
        ("aged-emergency", 74, 75),
    ])
    func `a rule applies from its threshold on, and not before`(rule: String, below: Int, at: Int) {
        func facts(_ value: Int) -> OnboardingFacts {
            Self.facts { facts in
                switch rule {
                case "frequent-admissions": facts.emergencyAdmissions = .init(value)
                case "frequent-attendances": facts.attendances = .init(value)
                case "long-stay": facts.nights = value
                case "symphony-score": facts.symphonyScore = .init(value)
                default:
                    facts.age = value
                    facts.isEmergency = true
                }
            }
        }
        #expect(rules(facts(below)) == [])
        #expect(rules(facts(at)) == [rule] && rules(facts(at + 5)) == [rule])
    }

    @Test(arguments: [(-1, false), (0, true), (29, true), (30, false)])
    func `a readmission is an emergency within 0 to 29 days`(gap: Int, applies: Bool) {
        let emergency = Self.facts {
            $0.isEmergency = true
            $0.daysSinceDischarge = .init(gap)
        }
        #expect(rules(emergency) == (applies ? ["readmission"] : []))
        #expect(rules(Self.facts { $0.daysSinceDischarge = .init(gap) }) == [])
    }

    @Test func `age alone suggests nobody, nor does who is no inpatient now`() {
        #expect(rules(Self.facts { $0.age = 99 }) == [])
        var gone = Self.facts {
            $0.fopas = .init(1)
            $0.nights = 99
        }
        #expect(rules(gone) == ["long-stay", "fopas"])
        gone.isOpenInpatient = false
        #expect(rules(gone) == [])
    }

    @Test func `a finding says what was measured, against what, and what speaks for it`() {
        let facts = Self.facts {
            $0.isEmergency = true
            $0.emergencyAdmissions = .init(4, [Self.evidence(9), Self.evidence(2)])
            $0.daysSinceDischarge = .init(12, [Self.evidence(5)])
        }
        let findings = OnboardingRules().findings(in: facts)
        #expect(findings.map(\.rule) == ["frequent-admissions", "readmission"])
        #expect(findings.map(\.measured) == [4, 12] && findings.map(\.threshold) == [3, 29])
        #expect(findings.map(\.version) == [1, 1])
        let places = findings.map { $0.evidence.map(\.position.rawValue) }
        #expect(places == [[2, 9], [1, 5]])
    }

    @Test func `a rule without a threshold is off`() {
        var off = OnboardingRules()
        off.nightsMin = nil
        off.findsFOPAS = false
        let facts = Self.facts {
            $0.nights = 99
            $0.fopas = .init(1)
        }
        #expect(rules(facts, off) == [])
    }

    @Test func `a finding of a rule that is gone can still be read`() throws {
        let event = StaffEvent(
            HotOnboardingFact.identified(Given.subject, [Given.finding]), by: .ofService(at: Given.instant("09:00")))
        let text = String(decoding: event.payload, as: UTF8.self)
        #expect(text.contains(#""rule":"long-stay","threshold":14,"version":1"#))
        let old = Array(text.split(separator: "long-stay").joined(separator: "moon-phase").utf8)
        let read = try StaffEvent<HotOnboardingFact>(type: "onboarding.identified.v1", payload: old)
        guard case .identified(_, let findings) = read.fact else {
            Issue.record("not an identification")
            return
        }
        #expect(findings.map(\.rule) == ["moon-phase"])
    }
}
