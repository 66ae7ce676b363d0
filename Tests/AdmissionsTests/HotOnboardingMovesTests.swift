import Admissions
import EventSourcing
import Testing

/// What happens to a case by itself.
@Suite struct HotOnboardingMovesTests {
    let later = Given.instant("16:40")

    /// The case after news, and the facts they came to; asked again they come to nothing.
    private func after(
        _ news: HospitalNews, in state: HotOnboardingState, at now: Instant = Given.instant("16:40")
    ) throws -> (HotOnboardingCase, [HotOnboardingFact.Kind]) {
        var course = try OnboardingCourse.reaching(state)
        let events = course.state.moves(on: news, at: now)
        course.take(events)
        #expect(course.state.moves(on: news, at: now).isEmpty)
        #expect(events.allSatisfy { $0.act == .ofService(at: now) && $0.evidence == news.evidence })
        return (course.state, events.map(\.fact.kind))
    }

    @Test func `news that changes nothing comes to nothing`() throws {
        for state in HotOnboardingState.allCases where state != .died {
            #expect(try after(Given.news(), in: state).1 == [])
            #expect(try after(Given.news(.expected), in: state).1 == [])
        }
    }

    @Test func `a suggestion that nobody took up is lost with the discharge`() throws {
        let (subject, facts) = try after(Given.news(.left(Given.moment("16:35"))), in: .identified)
        #expect(facts == [.lost] && subject.ending == .discharged)
    }

    @Test(arguments: [
        HotOnboardingState.flagged, .triaged, .visitPlanned, .visitOffered, .deferred, .consented, .onboarding,
    ])
    func `who goes home is to be spoken to that day`(state: HotOnboardingState) throws {
        let (subject, facts) = try after(Given.news(.left(Given.moment("16:35"))), in: state)
        #expect(facts == [.patientLeft] && subject.state == state)
        #expect(subject.alerts == [.dueToday])
        #expect(subject.departure?.due == Given.day() && subject.departure?.at == Given.moment("16:35"))
    }

    @Test(arguments: HotOnboardingState.allCases.filter { $0.isEnded || $0 == .handedOver || $0 == .unopened })
    func `who goes home after the case has run its course is let go`(state: HotOnboardingState) throws {
        guard state != .died else { return }
        #expect(try after(Given.news(.left(nil)), in: state).1 == [])
    }

    @Test func `a discharge taken back takes back what it did`() throws {
        for state in [HotOnboardingState.identified, .flagged, .consented] {
            var course = try OnboardingCourse.reaching(state)
            course.take(course.state.moves(on: Given.news(.left(Given.moment("10:00"))), at: Given.instant("10:05")))
            course.take(course.state.moves(on: Given.news(), at: Given.instant("10:30")))
            #expect(course.state.state == state && course.state.departure == nil)
            #expect(course.state.alerts == (state == .identified ? [.reinstated] : []))
        }
    }

    @Test func `who went home and was not reached in a week is lost, and found if the discharge was wrong`() throws {
        var course = try OnboardingCourse.reaching(.triaged)
        course.take(course.state.moves(on: Given.news(.left(nil)), at: later))
        #expect(course.state.moves(at: Given.instant("+6 23:59")).isEmpty)
        course.take(course.state.moves(at: Given.instant("+7 00:00")))
        #expect(course.state.state == .lost && course.state.ending == .notReached)
        #expect(course.state.moves(at: Given.instant("+8 00:00")).isEmpty)
        course.take(course.state.moves(on: Given.news(), at: Given.instant("+8 00:00")))
        #expect(course.state.state == .triaged && course.state.departure == nil)
    }

    @Test func `who consented is never lost by the passing of time`() throws {
        var course = try OnboardingCourse.reaching(.consented)
        course.take(course.state.moves(on: Given.news(.left(nil)), at: later))
        #expect(course.state.moves(at: Given.instant("+99 00:00")).isEmpty)
    }

    @Test(arguments: HotOnboardingState.allCases.filter(\.isOpen))
    func `a death ends every open case at once, and nothing is left to do`(state: HotOnboardingState) throws {
        let (subject, facts) = try after(Given.news(isDead: true), in: state)
        #expect(facts == [.died] && subject.state == .died && subject.ending == .death)
        #expect(subject.nextStep == nil && subject.alerts.isEmpty)
        #expect(StaffRole.allCases.allSatisfy { subject.allowed(for: $0).isEmpty })
        #expect(StaffRole.allCases.allSatisfy { subject.section(for: $0, isOpenInpatient: true) == nil })
    }

    @Test(arguments: HotOnboardingState.allCases.filter(\.isOpen))
    func `a death taken back puts the case where it was, with a word to look`(state: HotOnboardingState) throws {
        var course = try OnboardingCourse.reaching(state)
        let before = course.state
        course.take(course.state.moves(on: Given.news(.left(nil), isDead: true), at: later))
        course.take(course.state.moves(on: Given.news(), at: later))
        #expect(course.state.state == state && course.state.alerts.contains(.reinstated))
        #expect(course.state.consent == before.consent && course.state.deferredUntil == before.deferredUntil)
    }

    @Test(arguments: [
        (HospitalNews.Standing.cancelled, "100", OnboardingEndCause.cancelled), (.deleted, "100", .deleted),
        (.inHospital, "200", .otherPatient), (.left(nil), "200", .otherPatient),
    ])
    func `an admission that never was, or was another's, withdraws the case until it is put right`(
        standing: HospitalNews.Standing, whose: String, cause: OnboardingEndCause
    ) throws {
        for state in HotOnboardingState.allCases.filter(\.isOpen) {
            var course = try OnboardingCourse.reaching(state)
            course.take(course.state.moves(on: Given.news(standing, whose: whose), at: later))
            #expect(course.state.state == (state == .handedOver ? .handedOver : .withdrawn))
            #expect(course.state.ending == (state == .handedOver ? nil : cause))
            course.take(course.state.moves(on: Given.news(), at: later))
            #expect(course.state.state == state)
        }
    }

    @Test func `what a person ended stays ended, whatever the hospital tells`() throws {
        for state in [HotOnboardingState.lost, .withdrawn, .declined, .notSuitable, .closed] {
            for standing in [HospitalNews.Standing.inHospital, .left(nil), .cancelled, .deleted, .expected] {
                #expect(try after(Given.news(standing), in: state).1 == [], "\(state)")
            }
            #expect(try after(Given.news(isDead: true), in: state).1 == [])
        }
    }

    @Test func `who is not where the visit was planned is looked for`() throws {
        let elsewhere = HospitalLocation(site: "ZX901", ward: "AMU")
        for state in HotOnboardingState.allCases where state.isOpen {
            let isAwaited = state == .visitPlanned || state == .visitOffered
            let (subject, facts) = try after(Given.news(place: elsewhere), in: state)
            #expect(facts == (isAwaited ? [.placeChanged] : []), "\(state)")
            #expect(subject.alerts == (isAwaited ? [.placeChanged] : []))
        }
        #expect(try after(Given.news(place: nil), in: .visitPlanned).1 == [])
    }

    @Test func `a person who acts has seen what came up; naming an owner is not acting`() throws {
        var course = try OnboardingCourse.reaching(.triaged)
        course.take(course.state.moves(on: Given.news(.left(nil)), at: Given.instant("08:50")))
        try course.take(.assign(.role(.complexCare)), by: Given.act(.hospitalOnboarding, 100))
        #expect(course.state.alerts == [.dueToday])
        try course.take(.offer(place: nil), by: Given.act(.hospitalOnboarding, 101))
        #expect(course.state.alerts.isEmpty && course.state.departure != nil)
    }

    @Test func `who comes in again while somebody looks for them is followed there`() throws {
        var course = try OnboardingCourse.reaching(.flagged)
        #expect(course.state.moves(on: Given.news(of: "SP2"), at: later).isEmpty)
        course.take(course.state.moves(on: Given.news(.left(nil)), at: later))
        #expect(course.state.moves(on: Given.news(of: "SP2", whose: "200"), at: later).isEmpty)
        course.take(course.state.moves(on: Given.news(of: "SP2"), at: later))
        #expect(course.state.subject == Given.subject("SP2"))
        #expect(course.state.departure == nil && course.state.alerts.isEmpty)
    }

    @Test func `the day to which a case was put off brings it back`() throws {
        var course = try OnboardingCourse.reaching(.deferred)
        #expect(course.state.moves(at: Given.instant("+3 08:59")).isEmpty)
        course.take(course.state.moves(at: Given.instant("+3 09:00")))
        #expect(course.state.state == .triaged && course.state.alerts == [.deferralOver])
        #expect(course.state.moves(at: Given.instant("+9 09:00")).isEmpty)
    }

    @Test func `a merge gives the case the patient's new key, and an unmerge the old one`() throws {
        var course = try OnboardingCourse.reaching(.flagged)
        course.take(course.state.moves(on: Given.news(patient: "900", whose: "900"), at: later))
        #expect(course.state.state == .flagged)
        #expect(course.state.subject?.who.patient == PatientKey("ZX901|900"))
        #expect(course.state.openedFor == PatientKey("ZX901|100"))
        course.take(course.state.moves(on: Given.news(), at: later))
        #expect(course.state.subject == Given.subject)
    }

    @Test func `the news of a folded encounter are those of its reading`() throws {
        let key = PatientKey("ZX901|100")
        func news(_ events: [AdmissionEvent]) -> HospitalNews {
            var log = LogFold()
            for told in Given.told(events) { log.apply(told) }
            return HospitalNews(
                Given.encounter(events).reading, whose: key, isOfCase: true, casePatient: key,
                known: log.reading.people.first { $0.key == key }, evidence: [])
        }
        let admitted = Given.event(.admitted, recorded: "08:00", class: .inpatient, admitted: "07:50") {
            $0.location = .value(Given.ward)
        }
        let left = Given.event(.discharged, recorded: "12:00", discharged: .value(Given.moment("11:50")))
        let died = Given.event(.discharged, recorded: "12:00", discharged: .value(Given.moment("11:50"))) {
            $0.dischargeMethod = "4"
        }
        let cancelled = Given.event(.admissionCancelled, recorded: "09:00")
        let deleted = Given.event(.deleted, recorded: "09:00")
        #expect(news([admitted]).standing == .inHospital)
        #expect(news([admitted]).place == Given.ward && news([admitted]).isInpatient && !news([admitted]).isDead)
        #expect(news([admitted, left]).standing == .left(Given.moment("11:50")))
        #expect(news([admitted, died]).isDead)
        #expect(news([admitted, cancelled]).standing == .cancelled)
        #expect(news([admitted, deleted]).standing == .deleted)
    }

    // MARK: Two cases of one patient

    private let older = StreamName("onboarding:ZX901|100")
    private let younger = StreamName("onboarding:ZX901|200")

    private func pair(_ second: HotOnboardingState) throws -> [StreamName: OnboardingCourse] {
        var late = OnboardingCourse()
        try late.take(
            .flag(Given.subject("SP7", patient: "200"), [.symphony]),
            by: Given.act(.practiceCoach, 50, at: "08:30"))
        if second == .triaged { try late.take(.triage(.soon), by: Given.act(.complexCare, 51)) }
        return [older: try OnboardingCourse.reaching(.identified), younger: late]
    }

    private func join(_ courses: inout [StreamName: OnboardingCourse]) -> [StreamName: [HotOnboardingFact.Kind]] {
        let events = HotOnboardingCase.joining(courses.mapValues(\.state), at: later, evidence: [])
        for (stream, events) in events { courses[stream]?.take(events) }
        #expect(HotOnboardingCase.joining(courses.mapValues(\.state), at: later, evidence: []).isEmpty)
        return events.mapValues { $0.map(\.fact.kind) }
    }

    @Test func `of two cases of one patient the older goes on, and each knows of the other`() throws {
        var courses = try pair(.triaged)
        #expect(join(&courses) == [older: [.otherJoined], younger: [.withdrawn]])
        let kept = try #require(courses[older]).state
        let joined = try #require(courses[younger])
        #expect(kept.state == .identified && kept.joined == [younger] && kept.alerts == [.otherCase])
        #expect(joined.state.state == .withdrawn && joined.state.joinedTo == older)
        let flag = HotOnboardingIntent.flag(Given.subject("SP8", patient: "200"), [.frequent])
        #expect(joined.refusal(of: flag, by: Given.act(.practiceCoach, 100))?.code == .joinedToOther)
    }

    @Test func `an ended case is joined to none`() throws {
        var courses = try pair(.flagged)
        courses[older] = try OnboardingCourse.reaching(.closed)
        #expect(join(&courses).isEmpty)
    }

    @Test func `cases that turn out to be of two patients go on by themselves`() throws {
        var courses = try pair(.triaged)
        _ = join(&courses)
        var alone = courses.filter { $0.key == younger }
        #expect(join(&alone) == [younger: [.reinstated]])
        #expect(alone[younger]?.state.state == .triaged && alone[younger]?.state.joinedTo == nil)
    }
}
