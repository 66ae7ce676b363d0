import EventSourcing
import Testing

@testable import Admissions

/// What the rules of hot onboarding measure, from a hospital's own telling.
@Suite struct OnboardingFactsTests {
    private static let hospital = LogName("ZX901")

    /// Encounters of one patient, each told by an admission and, where it ended, a discharge.
    private struct Told {
        var fold = LogFold()
        private var position: Int64 = 0

        mutating func stay(_ number: String, _ from: String, _ to: String? = nil, method: String = "21") {
            tell(.admitted, number, from, .inpatient) {
                $0.admittedAt = Moment(iso(from))
                $0.admissionMethod = .value(method)
            }
            guard let to else { return }
            tell(.discharged, number, to, .inpatient) { $0.dischargedAt = .value(Moment(iso(to))) }
        }

        mutating func attendance(_ number: String, _ at: String) {
            tell(.registered, number, at, .emergency) { $0.admittedAt = Moment(iso(at)) }
        }

        mutating func cancel(_ number: String, _ at: String) {
            tell(.admissionCancelled, number, at, .inpatient) { _ in }
        }

        private mutating func tell(
            _ kind: AdmissionEvent.Kind, _ number: String, _ at: String, _ kindOfStay: EncounterClass,
            _ more: (inout EncounterDetails) -> Void
        ) {
            var encounter = EncounterDetails(number: number, issuer: "ZX901", encounterClass: kindOfStay)
            more(&encounter)
            position += 1
            let event = AdmissionEvent(
                kind: kind, telling: Telling(trigger: "A00", recorded: Moment(iso(at))),
                patient: PatientDetails(local: Identifier(value: "1", issuer: "ZX901", type: "MR")),
                encounter: encounter)
            fold.apply(ToldEvent(event, toldAt: iso(at), position: Position(position)))
        }

        func facts(of number: String, born: String? = nil, at now: String) throws -> OnboardingFacts {
            let visits = fold.visits(of: PatientKey("ZX901|1"))
            let stay = try #require(visits.first { $0.reading.key.number == number }?.reading)
            return OnboardingFacts(
                of: stay, among: visits, born: born, in: try #require(OnboardingFactsTests.hospital),
                at: iso(now))
        }
    }

    @Test func `emergency admissions of a year count once each, without cancels and transfers that go on`() throws {
        var told = Told()
        told.stay("TOO-OLD", "2025-03-02T10:00:00Z", "2025-03-05T10:00:00Z")
        told.stay("A", "2025-03-04T10:00:00Z", "2025-03-06T10:00:00Z")
        told.stay("A2", "2025-03-07T09:00:00Z", "2025-03-09T10:00:00Z", method: "2B")
        told.stay("B", "2025-08-01T10:00:00Z", "2025-08-02T10:00:00Z")
        told.stay("PLANNED", "2025-09-01T10:00:00Z", "2025-09-02T10:00:00Z", method: "11")
        told.stay("GONE", "2025-10-01T10:00:00Z")
        told.cancel("GONE", "2025-10-01T11:00:00Z")
        told.stay("NOW", "2026-03-02T21:00:00Z")
        told.attendance("E1", "2026-02-01T10:00:00Z")
        let facts = try told.facts(of: "NOW", at: "2026-03-03T08:00:00Z")
        #expect(facts.emergencyAdmissions?.value == 3)
        #expect(facts.emergencyAdmissions?.evidence.map(\.position.rawValue) == [3, 7, 13])
        #expect(facts.attendances?.value == 1)
        #expect(facts.isOpenInpatient && facts.isEmergency)
        #expect(facts.nights == 1)
    }

    @Test(arguments: [("2026-02-01T10:00:00Z", 29), ("2026-03-02T08:00:00Z", 0)])
    func `a readmission counts days from the last discharge, by London's calendar`(left: String, days: Int) throws {
        var told = Told()
        told.stay("OLD", "2026-01-10T10:00:00Z", left)
        told.stay("NOW", "2026-03-02T21:00:00Z")
        #expect(try told.facts(of: "NOW", at: "2026-03-03T08:00:00Z").daysSinceDischarge?.value == days)
        let rules = OnboardingRules().findings(in: try told.facts(of: "NOW", at: "2026-03-03T08:00:00Z"))
        #expect(rules.map(\.rule) == ["readmission"])
    }

    @Test(
        arguments: [
            ("1951-03-03", 75), ("1951-03-04", 74), ("1951", 74), ("1951-02", 75), ("", nil),
        ] as [(String, Int?)])
    func `age is counted in whole years, of a birth told by year as few as they can be`(
        born: String, years: Int?
    ) throws {
        var told = Told()
        told.stay("NOW", "2026-03-02T21:00:00Z")
        #expect(try told.facts(of: "NOW", born: born, at: "2026-03-03T08:00:00Z").age == years)
    }

    @Test func `of who has left no rule finds anything`() throws {
        var told = Told()
        told.stay("NOW", "2026-03-02T21:00:00Z", "2026-03-03T07:00:00Z")
        let facts = try told.facts(of: "NOW", born: "1931-12-25", at: "2026-03-03T08:00:00Z")
        #expect(OnboardingRules().findings(in: facts).isEmpty)
    }
}

private func iso(_ text: String) -> Instant {
    Instant(iso8601: text) ?? Instant(microseconds: 0)
}
