package import EventSourcing

/// What happens to a case by itself: as a hospital tells, as time passes, and when two cases turn out to be one
/// patient's.
///
/// Pure, and settled after one step: asked again over the state that the events give, each comes to nothing. What one
/// telling brought about, its opposite takes back; what a person decided stays.
extension HotOnboardingCase {
    /// What the news of an encounter comes to.
    package func moves(on news: HospitalNews, at now: Instant) -> [StaffEvent<HotOnboardingFact>] {
        guard let subject else { return [] }
        var moves = Moves(self, at: now, evidence: news.evidence)
        if news.casePatient != subject.who.patient { moves.take(.rekeyed(to: news.casePatient)) }
        if news.isDead {
            if state.isOpen { moves.take(.died(at: news.diedAt)) }
            return moves.events
        }
        if ending == .death { moves.take(.reinstated) }
        if news.isOfCase { moves.heed(news) } else { moves.follow(news) }
        return moves.events
    }

    /// What the passing of time comes to.
    package func moves(at now: Instant) -> [StaffEvent<HotOnboardingFact>] {
        var moves = Moves(self, at: now, evidence: [])
        if state == .deferred, let deferredUntil, deferredUntil <= now { moves.take(.resumed) }
        if state.isOpen, consent == nil, let departure, LondonDay(of: now) >= departure.due + settings.lostAfterDays {
            moves.take(.lost(.notReached, reason: nil))
        }
        return moves.events
    }

    /// What becomes of the cases of one patient, by their streams: the oldest goes on.
    ///
    /// The caller brings every case whose patient is this one by now. Cases that had been joined to one that is no
    /// longer among them go on by themselves.
    package static func joining(
        _ cases: [StreamName: HotOnboardingCase], at now: Instant, evidence: [Evidence]
    ) -> [StreamName: [StaffEvent<HotOnboardingFact>]] {
        var moves = cases.mapValues { Moves($0, at: now, evidence: evidence) }
        for (stream, own) in cases {
            if own.ending == .joined, let other = own.joinedTo, cases[other] == nil {
                moves[stream]?.take(.reinstated)
            }
        }
        let open = moves.filter { $0.value.next.state.isOpen }.sorted { lhs, rhs in
            (lhs.value.next.openedAt ?? now, lhs.key) < (rhs.value.next.openedAt ?? now, rhs.key)
        }
        if let oldest = open.first?.key {
            for (stream, other) in open.dropFirst() {
                moves[oldest]?.take(.otherJoined(stream, other.next.state))
                moves[stream]?.take(.withdrawn(.joined, reason: nil, other: oldest))
            }
        }
        return moves.mapValues(\.events).filter { !$0.value.isEmpty }
    }
}

/// The events so far, and the state they give.
private struct Moves {
    var next: HotOnboardingCase
    var events: [StaffEvent<HotOnboardingFact>] = []
    let now: Instant
    let evidence: [Evidence]

    init(_ start: HotOnboardingCase, at now: Instant, evidence: [Evidence]) {
        next = start
        self.now = now
        self.evidence = evidence
    }

    mutating func take(_ fact: HotOnboardingFact) {
        let event = StaffEvent(fact, by: .ofService(at: now), evidence: evidence)
        events.append(event)
        next.evolve(event)
    }

    /// News of the encounter of the case.
    mutating func heed(_ news: HospitalNews) {
        if let cause = Self.cause(toWithdraw: news) {
            // Care that was handed over stands on the patient's consent, not on how the hospital keeps its records.
            if next.state.isOpen, next.state != .handedOver { take(.withdrawn(cause, reason: nil, other: nil)) }
            return
        }
        if let ending = next.ending, [.cancelled, .deleted, .otherPatient].contains(ending) { take(.reinstated) }
        switch news.standing {
        case .left(let moment):
            if next.state == .identified {
                take(.lost(.discharged, reason: nil))
            } else if next.state.isOpen, next.state != .handedOver, next.departure == nil {
                take(.patientLeft(at: moment, due: LondonDay(of: now)))
            }
        case .inHospital:
            if let ending = next.ending, [.discharged, .notReached].contains(ending) { take(.reinstated) }
            guard next.state.isOpen else { return }
            if next.departure != nil { take(.patientReturned) }
            let isAwaited = next.state == .visitPlanned || next.state == .visitOffered
            guard isAwaited, let place = news.place, let known = next.place, place != known else { return }
            take(.placeChanged(to: place))
        case .expected, .cancelled, .deleted: break
        }
    }

    /// News of another encounter: a patient who had gone is in a bed again.
    mutating func follow(_ news: HospitalNews) {
        guard next.state.isOpen, next.departure != nil, news.standing == .inHospital, news.isInpatient,
            news.encounterPatient == news.casePatient
        else { return }
        take(.encounterFollowed(news.encounter, place: news.place))
    }

    private static func cause(toWithdraw news: HospitalNews) -> OnboardingEndCause? {
        switch news.standing {
        case .cancelled: return .cancelled
        case .deleted: return .deleted
        case .expected, .inHospital, .left:
            guard let patient = news.encounterPatient, patient != news.casePatient else { return nil }
            return .otherPatient
        }
    }
}
