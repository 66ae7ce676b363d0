import Admissions
import EventSourcing
import Testing

typealias OnboardingCourse = Course<HotOnboardingCase>

extension Course<HotOnboardingCase> {
    /// A case that has come to a state by the shortest way, all of it before 09:00.
    static func reaching(_ state: HotOnboardingState) throws -> OnboardingCourse {
        var course = OnboardingCourse()
        var number = 0
        func step(_ role: StaffRole, _ intent: HotOnboardingIntent) throws {
            number += 1
            try course.take(intent, by: Given.act(role, number, at: "08:00"))
        }
        let toTriage: [(StaffRole, HotOnboardingIntent)] = [
            (.hospitalOnboarding, .flag(Given.subject, [.livesAlone])), (.hospitalOnboarding, .triage(.soon)),
        ]
        let toConsent =
            toTriage + [
                (.hospitalOnboarding, .offer(place: Given.ward)), (.hospitalOnboarding, .consent(Given.consent)),
            ]
        let toHandOver =
            toConsent + [(.complexCare, .start(keyworker: "remi")), (.complexCare, .handOver(to: Given.practice))]
        let path: [(StaffRole, HotOnboardingIntent)] =
            switch state {
            case .unopened: []
            case .identified: [(.service, .identify(Given.subject, [Given.finding]))]
            case .flagged: Array(toTriage.prefix(1))
            case .triaged: toTriage
            case .visitPlanned:
                toTriage + [(.hospitalOnboarding, .planVisit(at: Given.instant("+1 09:30"), place: Given.ward))]
            case .visitOffered: Array(toConsent.prefix(3))
            case .deferred:
                toTriage + [(.complexCare, .defer(until: Given.instant("+3 09:00"), reason: Given.note()))]
            case .consented: toConsent
            case .onboarding: Array(toHandOver.prefix(5))
            case .handedOver: toHandOver
            case .closed: toHandOver + [(.practiceCoach, .close(.completed))]
            case .declined: toTriage + [(.hospitalOnboarding, .decline())]
            case .notSuitable: toTriage + [(.complexCare, .findNotSuitable(reason: Given.note()))]
            case .lost: toTriage + [(.hospitalOnboarding, .lose(reason: Given.note()))]
            case .died: toTriage
            case .withdrawn: toTriage + [(.complexCare, .withdraw(reason: Given.note()))]
            }
        for (role, intent) in path { try step(role, intent) }
        if state == .died { course.take(course.state.moves(on: Given.news(isDead: true), at: Given.instant("08:30"))) }
        return course
    }
}

extension Given {
    static let consent = OnboardingConsent(version: "2", givenOn: day(), capacity: note("has capacity"))

    static func news(
        _ standing: HospitalNews.Standing = .inHospital, of number: String = "SP1", patient: String = "100",
        whose: String? = "100", isDead: Bool = false, place: HospitalLocation? = ward
    ) -> HospitalNews {
        HospitalNews(
            casePatient: PatientKey("ZX901|" + patient), isOfCase: number == "SP1",
            encounter: EncounterKey(issuer: "ZX901", number: number), standing: standing,
            encounterPatient: whose.map { PatientKey("ZX901|" + $0) }, place: place, isDead: isDead,
            evidence: [Evidence(log: hospital, position: Position(99))])
    }

    /// A sound intent of each kind, as of 09:00; a new round is about another encounter.
    static func intent(_ kind: HotOnboardingIntent.Kind) -> HotOnboardingIntent {
        switch kind {
        case .identify: .identify(subject("SP2"), [finding])
        case .flag: .flag(subject("SP2"), [.frequent], note: note())
        case .triage: .triage(.urgent, note: note())
        case .findNotSuitable: .findNotSuitable(reason: note())
        case .planVisit: .planVisit(at: instant("14:00"), place: ward)
        case .offer: .offer(place: ward)
        case .consent: .consent(consent)
        case .decline: .decline(note: note())
        case .start: .start(keyworker: "remi")
        case .handOver: .handOver(to: practice)
        case .close: .close(.completed)
        case .defer: .defer(until: instant("+2 09:00"), reason: note())
        case .resume: .resume
        case .lose: .lose(reason: note())
        case .withdraw: .withdraw(reason: note())
        case .assign: .assign(.person("remi"))
        }
    }
}

/// Every state against every command and every role.
@Suite struct HotOnboardingTableTests {
    /// What is possible from where, and where it leads; `deferred` was triaged before.
    static let table: [HotOnboardingState: [HotOnboardingIntent.Kind: HotOnboardingState]] = [
        .unopened: [.identify: .identified, .flag: .flagged],
        .identified: [
            .flag: .flagged, .triage: .triaged, .findNotSuitable: .notSuitable, .withdraw: .withdrawn,
            .assign: .identified,
        ],
        .flagged: [
            .triage: .triaged, .findNotSuitable: .notSuitable, .decline: .declined, .defer: .deferred, .lose: .lost,
            .withdraw: .withdrawn, .assign: .flagged,
        ],
        .triaged: [
            .findNotSuitable: .notSuitable, .planVisit: .visitPlanned, .offer: .visitOffered, .decline: .declined,
            .defer: .deferred, .lose: .lost, .withdraw: .withdrawn, .assign: .triaged,
        ],
        .visitPlanned: [
            .findNotSuitable: .notSuitable, .planVisit: .visitPlanned, .offer: .visitOffered, .consent: .consented,
            .decline: .declined, .defer: .deferred, .lose: .lost, .withdraw: .withdrawn, .assign: .visitPlanned,
        ],
        .visitOffered: [
            .findNotSuitable: .notSuitable, .planVisit: .visitPlanned, .consent: .consented, .decline: .declined,
            .defer: .deferred, .lose: .lost, .withdraw: .withdrawn, .assign: .visitOffered,
        ],
        .deferred: [
            .findNotSuitable: .notSuitable, .decline: .declined, .resume: .triaged, .lose: .lost,
            .withdraw: .withdrawn, .assign: .deferred,
        ],
        .consented: [
            .decline: .declined, .start: .onboarding, .defer: .deferred, .withdraw: .withdrawn, .assign: .consented,
        ],
        .onboarding: [
            .decline: .declined, .handOver: .handedOver, .withdraw: .withdrawn, .assign: .onboarding,
        ],
        .handedOver: [.decline: .declined, .close: .closed, .withdraw: .withdrawn, .assign: .handedOver],
        .closed: [.identify: .identified, .flag: .flagged],
        // Left in peace: no rule may ask again for now.
        .declined: [.flag: .flagged],
        .notSuitable: [.identify: .identified, .flag: .flagged],
        .lost: [.identify: .identified, .flag: .flagged],
        .died: [:],
        .withdrawn: [.identify: .identified, .flag: .flagged],
    ]

    /// Who may do what (domain.md 6.2).
    static let roles: [HotOnboardingIntent.Kind: Set<StaffRole>] = [
        .identify: [.service],
        .flag: [.practiceClinician, .practiceCoach, .hospitalOnboarding, .complexCare],
        .triage: [.hospitalOnboarding, .complexCare],
        .findNotSuitable: [.hospitalOnboarding, .complexCare],
        .planVisit: [.hospitalOnboarding],
        .offer: [.hospitalOnboarding],
        .consent: [.hospitalOnboarding, .complexCare],
        .decline: [.hospitalOnboarding, .complexCare],
        .start: [.complexCare],
        .handOver: [.complexCare],
        .close: [.practiceClinician, .practiceCoach, .complexCare],
        .defer: [.hospitalOnboarding, .complexCare],
        .resume: [.hospitalOnboarding, .complexCare],
        .lose: [.hospitalOnboarding],
        .withdraw: [.hospitalOnboarding, .complexCare],
        .assign: [.hospitalOnboarding, .complexCare],
    ]

    private static func refusal(
        of kind: HotOnboardingIntent.Kind, from state: HotOnboardingState, isRolesWork: Bool
    ) -> ActRejection.Code {
        guard isRolesWork else { return .roleNotAllowed }
        switch state {
        case .unopened: return .notFound
        case .declined where kind == .identify: return .declinedRecently
        default: return .notAllowedInState
        }
    }

    @Test(arguments: HotOnboardingState.allCases)
    func `from each state each command does what the table says, and nothing else`(state: HotOnboardingState) throws {
        let row = try #require(Self.table[state])
        let course = try OnboardingCourse.reaching(state)
        #expect(course.state.state == state)
        for kind in HotOnboardingIntent.Kind.allCases {
            for role in StaffRole.allCases {
                var next = course
                let act = Given.act(role, 100)
                let allowed = try #require(Self.roles[kind]).contains(role)
                guard allowed, let leadsTo = row[kind] else {
                    let code = Self.refusal(of: kind, from: state, isRolesWork: allowed)
                    #expect(next.refusal(of: Given.intent(kind), by: act)?.code == code, "\(state) \(kind) \(role)")
                    continue
                }
                let events = try next.take(Given.intent(kind), by: act)
                #expect(next.state.state == leadsTo, "\(state) \(kind) \(role)")
                #expect(events.count == 1 && events.allSatisfy { $0.act == act })
            }
        }
    }

    @Test(arguments: HotOnboardingState.allCases)
    func `the next step is one that somebody may take`(state: HotOnboardingState) throws {
        let course = try OnboardingCourse.reaching(state)
        guard let step = course.state.nextStep else {
            #expect(!state.isOpen)
            return
        }
        #expect(StaffRole.allCases.contains { course.state.allowed(for: $0).contains(step) })
    }

    @Test(arguments: [
        (HotOnboardingIntent.findNotSuitable(reason: nil), HotOnboardingState.triaged),
        (.defer(until: Given.instant("+1 09:00"), reason: nil), .triaged), (.lose(reason: nil), .flagged),
        (.withdraw(reason: nil), .consented), (.close(.other), .handedOver),
    ])
    func `what must have a reason is refused without one`(
        intent: HotOnboardingIntent, state: HotOnboardingState
    ) throws {
        let course = try OnboardingCourse.reaching(state)
        let role = try #require(intent.kind.roles.sorted { $0.rawValue < $1.rawValue }.first)
        #expect(course.refusal(of: intent, by: Given.act(role, 100))?.code == .reasonMissing)
    }

    @Test func `a flag says why, and says more where the answer was no before`() throws {
        let act = Given.act(.practiceCoach, 100)
        let fresh = OnboardingCourse()
        #expect(fresh.refusal(of: .flag(Given.subject, []), by: act) == ActRejection(.reasonMissing, .note))
        #expect(fresh.refusal(of: .flag(Given.subject, [.other]), by: act) == ActRejection(.reasonMissing, .note))
        #expect(fresh.refusal(of: .flag(Given.subject, [], note: Given.note("frail")), by: act) == nil)
        #expect(fresh.refusal(of: .flag(Given.subject, [.frequent, .frequent]), by: act)?.code == .wrongCount)
        for state in [HotOnboardingState.declined, .notSuitable] {
            let course = try OnboardingCourse.reaching(state)
            let flag = HotOnboardingIntent.flag(Given.subject, [.frequent])
            #expect(course.refusal(of: flag, by: act) == ActRejection(.reasonMissing, .note))
        }
    }

    @Test func `no rule asks again for 180 days after the patient said no, and a person may`() throws {
        var course = try OnboardingCourse.reaching(.declined)
        let again = HotOnboardingIntent.identify(Given.subject("SP2"), [Given.finding])
        // Midnight in London, which is in summer time by then.
        #expect(course.refusal(of: again, by: Given.act(.service, 100, at: "+179 22:59"))?.code == .declinedRecently)
        #expect(course.refusal(of: again, by: Given.act(.service, 100, at: "+179 23:00")) == nil)
        try course.take(
            .flag(Given.subject("SP2"), [.readmitted], note: Given.note("asked to be asked again")),
            by: Given.act(.hospitalOnboarding, 101, at: "+30 09:00"))
        #expect(course.state.state == .flagged && course.state.round == 2)
        #expect(course.state.consent == nil && course.state.priority == nil)
    }

    @Test func `a refusal under another number of the same patient counts as well`() {
        let intent = HotOnboardingIntent.identify(
            Given.subject, [Given.finding], lastDecline: Given.instant("+10 00:00"))
        let course = OnboardingCourse()
        #expect(course.refusal(of: intent, by: Given.act(.service, 1))?.code == .declinedRecently)
        #expect(course.refusal(of: intent, by: Given.act(.service, 1, at: "+10 00:00")) == nil)
    }

    @Test func `a setting changed later does not shorten the peace that was promised`() throws {
        var course = try OnboardingCourse.reaching(.declined)
        course.state.settings.declineDays = 1
        let again = HotOnboardingIntent.identify(Given.subject("SP2"), [Given.finding])
        #expect(course.refusal(of: again, by: Given.act(.service, 100, at: "+100 09:00"))?.code == .declinedRecently)
    }

    @Test(arguments: [HotOnboardingState.notSuitable, .lost, .withdrawn, .closed])
    func `no rule opens a case twice for one encounter`(state: HotOnboardingState) throws {
        let course = try OnboardingCourse.reaching(state)
        let again = HotOnboardingIntent.identify(Given.subject, [Given.finding])
        #expect(course.refusal(of: again, by: Given.act(.service, 100)) == ActRejection(.encounterHadCase))
    }

    @Test func `a case is about one patient`() throws {
        let course = try OnboardingCourse.reaching(.identified)
        let stranger = HotOnboardingIntent.flag(Given.subject("SP1", patient: "200"), [.frequent])
        #expect(
            course.refusal(of: stranger, by: Given.act(.practiceCoach, 100)) == ActRejection(.subjectDiffers, .patient))
    }

    @Test func `times out of reach are refused`() throws {
        let nurse = Given.act(.hospitalOnboarding, 100)
        let triaged = try OnboardingCourse.reaching(.triaged)
        for time in ["-1 12:00", "+91 12:00"] {
            let plan = HotOnboardingIntent.planVisit(at: Given.instant(time), place: nil)
            #expect(triaged.refusal(of: plan, by: nurse) == ActRejection(.valueOutOfRange, .visitAt))
        }
        for time in ["09:00", "+366 09:00"] {
            let deferral = HotOnboardingIntent.defer(until: Given.instant(time), reason: Given.note())
            #expect(triaged.refusal(of: deferral, by: nurse) == ActRejection(.valueOutOfRange, .deferUntil))
        }
        let offered = try OnboardingCourse.reaching(.visitOffered)
        let early = OnboardingConsent(version: "2", givenOn: Given.day(1), capacity: Given.note())
        #expect(offered.refusal(of: .consent(early), by: nurse) == ActRejection(.valueOutOfRange, .givenOn))
        let unnamed = OnboardingConsent(version: "", givenOn: Given.day(), capacity: Given.note())
        #expect(offered.refusal(of: .consent(unnamed), by: nurse) == ActRejection(.valueOutOfRange, .consentVersion))
    }

    @Test func `a case put off after consent goes on, and cannot be lost`() throws {
        var course = try OnboardingCourse.reaching(.consented)
        try course.take(
            .defer(until: Given.instant("+3 09:00"), reason: Given.note("on a ventilator")),
            by: Given.act(.complexCare, 100))
        let nurse = Given.act(.hospitalOnboarding, 101)
        #expect(course.refusal(of: .lose(reason: Given.note()), by: nurse)?.code == .notAllowedInState)
        #expect(course.refusal(of: .findNotSuitable(reason: Given.note()), by: nurse)?.code == .notAllowedInState)
        try course.take(.resume, by: Given.act(.complexCare, 102, at: "+1 09:00"))
        #expect(course.state.state == .consented)
    }

    @Test func `hospital staff see open inpatients, complex care only who consented`() throws {
        for state in HotOnboardingState.allCases {
            let subject = try OnboardingCourse.reaching(state).state
            let consented: Set<HotOnboardingState> = [.consented, .onboarding, .handedOver]
            #expect((subject.section(for: .complexCare, isOpenInpatient: true) != nil) == consented.contains(state))
            #expect((subject.section(for: .complexCare, isOpenInpatient: false) != nil) == consented.contains(state))
            #expect(subject.section(for: .hospitalOnboarding, isOpenInpatient: false) == nil, "\(state)")
            for role in StaffRole.allCases where role != .complexCare && role != .hospitalOnboarding {
                #expect(subject.section(for: role, isOpenInpatient: true) == nil)
            }
        }
        var gone = try OnboardingCourse.reaching(.flagged)
        gone.take(gone.state.moves(on: Given.news(.left(Given.moment("16:35"))), at: Given.instant("16:40")))
        #expect(gone.state.section(for: .hospitalOnboarding, isOpenInpatient: false) == .goneHome)
        #expect(gone.state.section(for: .complexCare, isOpenInpatient: false) == nil)
    }
}
