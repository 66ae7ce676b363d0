import Admissions
import EventSourcing
import Testing

/// Random courses: whatever is asked and told in whatever order, a case is always somewhere that has a meaning.
@Suite struct HotOnboardingWalkTests {
    @Test(arguments: 0..<40 as Range<UInt64>)
    func `no sequence of commands and news leads where nothing is defined`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var course = OnboardingCourse()
        var visited: Set<HotOnboardingState> = []
        for step in 0..<150 {
            let now = "+\(step) \(Int.random(in: 10...20, using: &random)):00"
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<6: try command(step, at: now, &course, &random)
            case 6..<9:
                let news = Self.news(&random)
                course.take(course.state.moves(on: news, at: Given.instant(now)))
                #expect(course.state.moves(on: news, at: Given.instant(now)).isEmpty)
            default:
                course.take(course.state.moves(at: Given.instant(now)))
                #expect(course.state.moves(at: Given.instant(now)).isEmpty)
            }
            Self.check(course.state)
            visited.insert(course.state.state)
        }
        #expect(visited.count > 3)
        #expect(try HotOnboardingCase(folding: course.reread()) == course.state)
        #expect(try course.reread() == course.events)
    }

    /// One command, likelier than not one that is possible; sent twice, and then with other content.
    private func command(
        _ step: Int, at now: String, _ course: inout OnboardingCourse, _ random: inout SeededGenerator
    ) throws {
        let kinds = HotOnboardingIntent.Kind.allCases.filter { $0.states.contains(course.state.state) }
        let anyKind = HotOnboardingIntent.Kind.allCases.randomElement(using: &random) ?? .flag
        let kind = Int.random(in: 0..<5, using: &random) == 0 ? anyKind : kinds.randomElement(using: &random) ?? anyKind
        let roles = kind.roles.sorted { $0.rawValue < $1.rawValue }
        let anyRole = StaffRole.allCases.randomElement(using: &random) ?? .service
        let role = Int.random(in: 0..<8, using: &random) == 0 ? anyRole : roles.randomElement(using: &random) ?? anyRole
        let intent = Self.intent(kind, at: now, step, &random)
        let act = Given.act(role, step, at: now)
        let events: [StaffEvent<HotOnboardingFact>]
        do throws(ActRejection) {
            events = try course.take(intent, by: act)
        } catch {
            // Refused once, refused again: nothing has changed.
            #expect(course.refusal(of: intent, by: act) == error)
            return
        }
        #expect(events.count == 1)
        let before = course.state
        #expect(try course.take(intent, by: Given.act(role, step, at: now)).isEmpty)
        #expect(course.state == before)
        let reused = Given.act(role, step, at: now, asking: "something else")
        #expect(course.refusal(of: intent, by: reused) == ActRejection(.commandIDReused))
    }

    private static func intent(
        _ kind: HotOnboardingIntent.Kind, at now: String, _ step: Int, _ random: inout SeededGenerator
    ) -> HotOnboardingIntent {
        let time = Given.instant(now)
        let note = Bool.random(using: &random) ? Given.note("said \"so\" – \(step)\n\u{1F600}") : nil
        let subject = Given.subject("SP\(Int.random(in: 1...3, using: &random))")
        let place = HospitalLocation(ward: "\(Int.random(in: 1...2, using: &random))A")
        return switch kind {
        case .identify: .identify(subject, [Given.finding])
        case .flag: .flag(subject, [.carerStrain, .frequent], note: note)
        case .triage: .triage(.routine, note: note)
        case .findNotSuitable: .findNotSuitable(reason: note)
        case .planVisit: .planVisit(at: time + .seconds(3_600), place: Bool.random(using: &random) ? place : nil)
        case .offer: .offer(place: Bool.random(using: &random) ? place : nil)
        case .consent:
            .consent(OnboardingConsent(version: "2", givenOn: LondonDay(of: time), capacity: Given.note()))
        case .decline: .decline(note: note)
        case .start: .start(keyworker: "remi")
        case .handOver: .handOver(to: Given.practice)
        case .close: .close(.returnedToPractice, note: note)
        case .defer: .defer(until: time + .seconds(200_000), reason: note)
        case .resume: .resume
        case .lose: .lose(reason: note)
        case .withdraw: .withdraw(reason: note)
        case .assign: .assign(.role(.hospitalOnboarding))
        }
    }

    private static func news(_ random: inout SeededGenerator) -> HospitalNews {
        let standings: [HospitalNews.Standing] = [
            .inHospital, .inHospital, .left(Given.moment("10:00", .minute)), .left(nil), .cancelled, .deleted,
            .expected,
        ]
        let patient = Int.random(in: 0..<6, using: &random) == 0 ? "900" : "100"
        let whose: String? =
            switch Int.random(in: 0..<8, using: &random) {
            case 0: "200"
            case 1: nil
            default: patient
            }
        return Given.news(
            standings.randomElement(using: &random) ?? .inHospital, of: Bool.random(using: &random) ? "SP1" : "SP2",
            patient: patient, whose: whose, isDead: Int.random(in: 0..<12, using: &random) == 0,
            place: HospitalLocation(ward: "\(Int.random(in: 1...3, using: &random))A"))
    }

    /// What holds of a case wherever it is.
    private static func check(_ own: HotOnboardingCase) {
        #expect((own.state == .unopened) == (own.round == 0) && (own.round == 0) == (own.subject == nil))
        #expect((own.openedFor == nil) == (own.subject == nil) && (own.openedAt == nil) == (own.subject == nil))
        switch own.state {
        case .unopened: #expect(own.alerts.isEmpty)
        case .identified: #expect(!own.findings.isEmpty)
        case .flagged: #expect(!own.reasons.isEmpty)
        case .triaged, .visitOffered: #expect(own.priority != nil)
        case .visitPlanned: #expect(own.visitAt != nil)
        case .deferred: #expect(own.deferredUntil != nil)
        case .consented: #expect(own.consent != nil)
        case .onboarding: #expect(own.consent != nil && own.keyworker != nil)
        case .handedOver: #expect(own.keyworker != nil && own.practice != nil)
        case .closed: #expect(own.outcome != nil)
        case .declined: #expect(own.declinedUntil != nil)
        case .notSuitable: break
        case .lost: #expect([.staff, .discharged, .notReached].contains(own.ending))
        case .died: #expect(own.ending == .death)
        case .withdrawn:
            #expect([.staff, .cancelled, .deleted, .otherPatient, .joined].contains(own.ending))
            #expect((own.ending == .joined) == (own.joinedTo != nil))
        }
        if own.state.isEnded { #expect(own.alerts.isEmpty && own.nextStep == nil) }
        if own.state.isOpen { #expect(own.ending == nil && own.nextStep != nil && own.joinedTo == nil) }
        if own.state != .deferred, own.state.isOpen { #expect(own.deferredUntil == nil) }
    }
}
