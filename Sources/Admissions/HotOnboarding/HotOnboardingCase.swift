package import EventSourcing

/// How a patient in hospital comes into the care of the complex care team: one patient of one hospital, round by round.
///
/// ```
///  unopened ──identify──▶ identified ──flag──▶ flagged
///      │                       │                ▲  │
///      └─────────flag──────────┼────────────────┘  │
///                              └──────triage──┬────┘
///                                             ▼
///                                          triaged
///                                    plan-visit │ offer
///                              ┌────────────────┴────────────────┐
///                              ▼                                 ▼
///                        visit-planned ◀──plan-visit, offer──▶ visit-offered
///                              └────────────────┬────────────────┘
///                                            consent
///                                               ▼
///                                           consented ──start──▶ onboarding ──hand-over──▶ handed-over ─close─▶ closed
///
///  any open state             ──withdraw──────────▶ withdrawn
///  flagged … handed-over      ──decline───────────▶ declined
///  identified … visit-offered ──find-not-suitable─▶ not-suitable
///  flagged … visit-offered    ──lose──────────────▶ lost
///  flagged … consented        ──defer─────────────▶ deferred ──resume──▶ where it was
///  closed, declined, not-suitable, lost, withdrawn  ──identify (another encounter), flag──▶ a new round
///
///  By itself, as the hospital tells (`moves(on:at:)`) and as time passes (`moves(at:)`):
///  identified                       ──discharged──▶ lost
///  flagged … onboarding             ──discharged──▶ same state, due today
///  any open state                   ──death──▶ died
///  any open state but handed-over   ──admission cancelled, deleted, another patient's──▶ withdrawn
///  deferred                         ──the day has come──▶ where it was
///  gone home, not consented         ──days have passed──▶ lost
///  lost, died, withdrawn by itself  ──no longer so──▶ where it was
/// ```
///
/// `HotOnboardingIntent.Kind` holds the table of who may do what from where. The stream bears the key that the patient
/// had when the case was first opened, so that two people who flag one patient at once meet in one stream; it keeps its
/// name when the hospital merges records (`subject` follows). A rule's suggestion never moves on by itself, but for
/// ending.
package struct HotOnboardingCase: StaffDecider {
    /// That the patient left the hospital before the case was handed over.
    package struct Departure: Sendable, Equatable {
        /// `nil` if the hospital did not tell when.
        package let at: Moment?
        /// The day on which the patient is to be spoken to.
        package let due: LondonDay
    }

    /// Not part of the stream: what the district has set.
    package var settings = HotOnboardingSettings()
    package var memory = CommandMemory()

    package private(set) var state = HotOnboardingState.unopened
    /// How often the case has been opened.
    package private(set) var round = 0
    /// The patient's key when the case was first opened: the name of the stream.
    package private(set) var openedFor: PatientKey?
    /// Whom the case is about by now, and the encounter of this round.
    package private(set) var subject: OnboardingSubject?
    /// When this round was opened.
    package private(set) var openedAt: Instant?
    /// Since when it stands where it stands.
    package private(set) var since: Instant?
    /// Why rules suggest the patient.
    package private(set) var findings: [OnboardingFinding] = []
    /// Why a person suggests the patient.
    package private(set) var reasons: [OnboardingReason] = []
    package private(set) var priority: OnboardingPriority?
    /// Who sees to it; `nil` for the team as a whole.
    package private(set) var owner: Assignee?
    /// When the patient is to be seen.
    package private(set) var visitAt: Instant?
    /// Where the patient was when the visit was planned, or where the reminder said since.
    package private(set) var place: HospitalLocation?
    package private(set) var consent: OnboardingConsent?
    package private(set) var keyworker: String?
    package private(set) var practice: ODSPracticeCode?
    package private(set) var outcome: OnboardingOutcome?
    /// Until when the case is put off.
    package private(set) var deferredUntil: Instant?
    /// No rule suggests the patient before this.
    package private(set) var declinedUntil: Instant?
    package private(set) var departure: Departure?
    /// What ended the round before its course was run.
    package private(set) var ending: OnboardingEndCause?
    /// The case that goes on in place of this one.
    package private(set) var joinedTo: StreamName?
    /// Cases that ended in favour of this one.
    package private(set) var joined: [StreamName] = []
    /// What has come up since a person last acted.
    package private(set) var alerts: Set<OnboardingAlert> = []

    /// Where the case was when it was put off.
    private var deferredFrom: HotOnboardingState?
    /// Where the case was when it ended before its course was run.
    private var endedFrom: HotOnboardingState?

    package init() {}

    /// The stream of the case of a patient who has none yet.
    package static func stream(of patient: PatientKey) -> StreamName {
        StreamName("onboarding:" + patient.rawValue)
    }

    // MARK: Decide

    package func facts(for intent: HotOnboardingIntent, by act: StaffAct) throws(ActRejection) -> [HotOnboardingFact] {
        try act.requireRole(intent.kind.roles)
        guard intent.kind.states.contains(state) else {
            throw ActRejection(state == .unopened ? .notFound : .notAllowedInState)
        }
        switch intent {
        case .identify(let subject, let findings, let lastDecline):
            try checkIdentify(subject, lastDecline, act)
            guard !findings.isEmpty else { throw ActRejection(.noFinding, .findings) }
            guard findings.count <= Self.findingsMax else { throw ActRejection(.wrongCount, .findings) }
            return [.identified(subject, findings)]
        case .flag(let subject, let reasons, let note):
            try checkFlag(subject, reasons, note)
            return [.flagged(subject, OnboardingReason.allCases.filter(reasons.contains), note: note)]
        case .triage(let priority, let note): return [.triaged(priority, note: note)]
        case .findNotSuitable(let reason):
            try refuseOnceConsented()
            return [.foundNotSuitable(reason: try Self.required(reason))]
        case .planVisit(let time, let place):
            let days = LondonDay(of: time).number - LondonDay(of: act.at).number
            guard (0...Int64(settings.visitDaysMax)).contains(days) else {
                throw ActRejection(.valueOutOfRange, .visitAt)
            }
            return [.visitPlanned(at: time, place: place)]
        case .offer(let place): return [.visitOffered(place: place)]
        case .consent(let consent):
            try consent.check(at: act.at)
            return [.consented(consent)]
        case .decline(let note):
            let peace = LondonDay(of: act.at) + settings.declineDays
            return [.declined(notBefore: peace.start, note: note)]
        case .start(let keyworker):
            try Assignee.check(keyworker, .keyworker)
            return [.started(keyworker: keyworker)]
        case .handOver(let practice): return [.handedOver(to: practice)]
        case .close(let outcome, let note):
            if outcome == .other { _ = try Self.required(note, .note) }
            return [.closed(outcome, note: note)]
        case .defer(let until, let reason):
            let days = LondonDay(of: until).number - LondonDay(of: act.at).number
            guard until > act.at, days <= settings.deferDaysMax else {
                throw ActRejection(.valueOutOfRange, .deferUntil)
            }
            return [.deferred(until: until, reason: try Self.required(reason))]
        case .resume: return [.resumed]
        case .lose(let reason):
            try refuseOnceConsented()
            return [.lost(.staff, reason: try Self.required(reason))]
        case .withdraw(let reason): return [.withdrawn(.staff, reason: try Self.required(reason), other: nil)]
        case .assign(let owner):
            try owner.check(.owner)
            return [.ownerAssigned(owner)]
        }
    }

    private func checkIdentify(
        _ subject: OnboardingSubject, _ lastDecline: Instant?, _ act: StaffAct
    ) throws(ActRejection) {
        try check(subject)
        if state.isEnded, subject.encounter == self.subject?.encounter { throw ActRejection(.encounterHadCase) }
        for peace in [declinedUntil, lastDecline] {
            if let peace, act.at < peace { throw ActRejection(.declinedRecently) }
        }
    }

    private func checkFlag(
        _ subject: OnboardingSubject, _ reasons: [OnboardingReason], _ note: StaffNote?
    ) throws(ActRejection) {
        try check(subject)
        guard Set(reasons).count == reasons.count else { throw ActRejection(.wrongCount, .reasons) }
        // Whoever asks again what was answered with no, by the patient or by the team, says why.
        let wasRefused = state == .declined || state == .notSuitable
        if reasons.isEmpty || reasons == [.other] || wasRefused { _ = try Self.required(note, .note) }
    }

    private func check(_ subject: OnboardingSubject) throws(ActRejection) {
        guard joinedTo == nil else { throw ActRejection(.joinedToOther) }
        guard let own = self.subject else { return }
        let isSame =
            subject.who.hospital == own.who.hospital
            && (subject.who.patient == own.who.patient || subject.who.patient == openedFor)
        guard isSame else { throw ActRejection(.subjectDiffers, .patient) }
    }

    /// A case put off after the patient agreed goes on, or is declined or withdrawn.
    private func refuseOnceConsented() throws(ActRejection) {
        guard consent == nil else { throw ActRejection(.notAllowedInState) }
    }

    private static func required(
        _ note: StaffNote?, _ field: ActRejection.Field = .reason
    ) throws(ActRejection) -> StaffNote {
        guard let note else { throw ActRejection(.reasonMissing, field) }
        return note
    }

    /// More rules than there will be.
    private static let findingsMax = 32

    /// What somebody of this role may do now, by the table.
    package func allowed(for role: StaffRole) -> [HotOnboardingIntent.Kind] {
        HotOnboardingIntent.Kind.allCases.filter { $0.roles.contains(role) && $0.states.contains(state) }
    }

    // MARK: Evolve

    package mutating func evolve(_ fact: HotOnboardingFact, by act: StaffAct) {
        if act.role != .service, fact.kind != .ownerAssigned { alerts = [] }
        switch fact {
        case .identified(let subject, let findings):
            open(subject, at: act.at)
            self.findings = findings
            enter(.identified, at: act.at)
        case .flagged(let subject, let reasons, _):
            if state != .identified { open(subject, at: act.at) }
            self.subject = subject
            self.reasons = reasons
            enter(.flagged, at: act.at)
        case .triaged(let priority, _):
            self.priority = priority
            enter(.triaged, at: act.at)
        case .foundNotSuitable: enter(.notSuitable, at: act.at)
        case .visitPlanned(let time, let place):
            visitAt = time
            self.place = place
            enter(.visitPlanned, at: act.at)
        case .visitOffered(let place):
            if let place { self.place = place }
            enter(.visitOffered, at: act.at)
        case .consented(let consent):
            self.consent = consent
            enter(.consented, at: act.at)
        case .declined(let notBefore, _):
            declinedUntil = notBefore
            enter(.declined, at: act.at)
        case .started(let keyworker):
            self.keyworker = keyworker
            enter(.onboarding, at: act.at)
        case .handedOver(let practice):
            self.practice = practice
            enter(.handedOver, at: act.at)
        case .closed(let outcome, _):
            self.outcome = outcome
            enter(.closed, at: act.at)
        case .deferred(let until, _):
            deferredUntil = until
            deferredFrom = state
            enter(.deferred, at: act.at)
        case .resumed:
            deferredUntil = nil
            enter(deferredFrom ?? state, at: act.at)
            deferredFrom = nil
            if act.role == .service { alerts.insert(.deferralOver) }
        case .lost(let cause, _): end(.lost, cause, at: act.at)
        case .died: end(.died, .death, at: act.at)
        case .withdrawn(let cause, _, let other):
            end(.withdrawn, cause, at: act.at)
            joinedTo = other
        case .ownerAssigned(let owner): self.owner = owner
        case .patientLeft(let moment, let due):
            departure = Departure(at: moment, due: due)
            alerts.insert(.dueToday)
        case .patientReturned: forgetDeparture()
        case .placeChanged(let place):
            self.place = place
            alerts.insert(.placeChanged)
        case .encounterFollowed(let encounter, let place):
            if let own = subject {
                subject = OnboardingSubject(hospital: own.who.hospital, patient: own.who.patient, encounter: encounter)
            }
            self.place = place
            forgetDeparture()
        case .reinstated: reinstate(at: act.at)
        case .rekeyed(let key):
            if let own = subject {
                subject = OnboardingSubject(hospital: own.who.hospital, patient: key, encounter: own.encounter)
            }
        case .otherJoined(let stream, _):
            if !joined.contains(stream) { joined.append(stream) }
            alerts.insert(.otherCase)
        }
    }

    /// Begins a round: nothing of the one before counts but what the patient asked for.
    private mutating func open(_ subject: OnboardingSubject, at time: Instant) {
        var fresh = HotOnboardingCase()
        fresh.settings = settings
        fresh.memory = memory
        fresh.round = round + 1
        fresh.openedFor = openedFor ?? subject.who.patient
        fresh.subject = subject
        fresh.openedAt = time
        fresh.declinedUntil = declinedUntil
        fresh.joined = joined
        self = fresh
    }

    private mutating func enter(_ state: HotOnboardingState, at time: Instant) {
        self.state = state
        since = time
        if state.isEnded { alerts = [] }
    }

    private mutating func end(_ state: HotOnboardingState, _ cause: OnboardingEndCause, at time: Instant) {
        endedFrom = self.state
        ending = cause
        enter(state, at: time)
    }

    private mutating func reinstate(at time: Instant) {
        guard let from = endedFrom else { return }
        endedFrom = nil
        ending = nil
        joinedTo = nil
        enter(from, at: time)
        alerts.insert(.reinstated)
    }

    private mutating func forgetDeparture() {
        departure = nil
        alerts.remove(.dueToday)
    }
}
