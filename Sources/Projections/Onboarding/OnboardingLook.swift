import Admissions
import EventSourcing

/// What is known by now of some patients of a hospital and of their hot onboarding cases, and what follows from it.
///
/// Pure. Settled after one step: over what its moves give it finds nothing more.
struct OnboardingLook: Sendable {
    /// Whom it is about; all of them are held.
    var people: Set<PatientKey>
    var fold: PracticeFold
    var records: [StreamName: HotOnboardingRecord]
    /// The news that was the occasion: speaks for what follows.
    var facts: [ToldEvent] = []
    /// What practices tell of those who are in hospital.
    var registrations: [PatientKey: OnboardingRegistration] = [:]

    /// What follows for each patient, by the streams of the cases; nothing for those for whom nothing does.
    mutating func moves(
        rules: OnboardingRules, fopasWards: Set<String>, settings: HotOnboardingSettings, at now: Instant
    ) -> [[StreamName: OnboardingMoves]] {
        var all: [[StreamName: OnboardingMoves]] = []
        for person in people.sorted() {
            var cases = Cases(records.filter { isOf(person, $0.value) })
            let visits = fold.visits(of: person)
            heed(visits, of: person, &cases, at: now)
            join(&cases, about: person, at: now)
            identify(person, visits, &cases, rules, fopasWards, settings, at: now)
            let moves = cases.moves.filter { !$0.value.events.isEmpty }
            if !moves.isEmpty { all.append(moves) }
        }
        return all
    }

    private func isOf(_ person: PatientKey, _ record: HotOnboardingRecord) -> Bool {
        record.state.openedFor.map { fold.log.root(of: $0) } == person
    }

    /// The cases of one patient as they become.
    private struct Cases {
        var states: [StreamName: HotOnboardingCase] = [:]
        var moves: [StreamName: OnboardingMoves] = [:]

        init(_ records: [StreamName: HotOnboardingRecord]) {
            for (stream, record) in records {
                states[stream] = record.state
                moves[stream] = OnboardingMoves(seen: record.version)
            }
        }

        mutating func take(_ events: [StaffEvent<HotOnboardingFact>], in stream: StreamName) {
            for event in events {
                states[stream]?.evolve(event)
                moves[stream]?.events.append(event)
            }
        }
    }

    /// What the hospital tells, and the passing of time.
    private mutating func heed(
        _ visits: [LogReading.Visit], of person: PatientKey, _ cases: inout Cases, at now: Instant
    ) {
        let known = fold.log.person(person, visits: visits)
        for stream in cases.states.keys.sorted() {
            guard let encounter = cases.states[stream]?.subject.map({ fold.log.root(of: $0.encounter) }) else {
                continue
            }
            var news = visits.map { ($0.reading, $0.patient) }.filter { $0.0.key == encounter || $0.0.isOpen }
            if !news.contains(where: { $0.0.key == encounter }), !fold.log.whole(encounter).facts.isEmpty,
                !fold.isWithheld(encounter)
            {
                let reading = fold.reading(encounter)
                news.append((reading, reading.patient.map { fold.log.root(of: $0) }))
            }
            // Its own encounter first: a patient must have left before the case follows them elsewhere.
            news.sort { ($0.0.key != encounter ? 1 : 0, $0.0.key) < ($1.0.key != encounter ? 1 : 0, $1.0.key) }
            for (reading, patient) in news {
                var told = HospitalNews(
                    reading, whose: patient, isOfCase: reading.key == encounter, casePatient: person, known: known,
                    evidence: evidence(of: reading.key, person))
                // A place that is withheld is not remembered (product.md 4.9).
                if known.patient.isRestricted || fold.isSensitive(reading) { told.place = nil }
                cases.take(cases.states[stream]?.moves(on: told, at: now) ?? [], in: stream)
            }
            cases.take(cases.states[stream]?.moves(at: now) ?? [], in: stream)
        }
    }

    private func join(_ cases: inout Cases, about person: PatientKey, at now: Instant) {
        let moves = HotOnboardingCase.joining(cases.states, at: now, evidence: evidence(of: nil, person))
        for (stream, events) in moves { cases.take(events, in: stream) }
    }

    /// A suggestion by rule, if there is an open stay and no case that still counts.
    private func identify(
        _ person: PatientKey, _ visits: [LogReading.Visit], _ cases: inout Cases, _ rules: OnboardingRules,
        _ fopasWards: Set<String>, _ settings: HotOnboardingSettings, at now: Instant
    ) {
        let known = fold.log.person(person, visits: visits)
        guard let stay = visits.last(where: { $0.reading.isOpen && $0.reading.isInpatient })?.reading,
            !known.isDeceased, !cases.states.values.contains(where: \.state.isOpen),
            !cases.states.values.contains(where: { $0.subject.map { fold.log.root(of: $0.encounter) } == stay.key })
        else { return }
        var facts = OnboardingFacts(
            of: stay, among: visits, born: known.patient.born, in: fold.hospital, fopasWards: fopasWards, at: now)
        if let registration = registrations[person] {
            facts.symphonyScore = registration.symphonyScore
            facts.fopas = registration.fopas ?? facts.fopas
        }
        let findings = rules.findings(in: facts)
        guard !findings.isEmpty else { return }
        let latest = cases.states.filter { $0.value.joinedTo == nil }.max { lhs, rhs in
            (lhs.value.openedAt?.microseconds ?? .min, lhs.key) < (rhs.value.openedAt?.microseconds ?? .min, rhs.key)
        }
        let stream = latest?.key ?? HotOnboardingCase.stream(of: person)
        if cases.states[stream] == nil {
            var fresh = HotOnboardingCase()
            fresh.settings = settings
            cases.states[stream] = fresh
            cases.moves[stream] = OnboardingMoves(seen: 0)
        }
        let subject = OnboardingSubject(hospital: fold.hospital, patient: person, encounter: stay.key)
        let decline = cases.states.values.compactMap(\.declinedUntil).max()
        let command = StaffCommand(
            HotOnboardingIntent.identify(subject, findings, lastDecline: decline), by: .ofService(at: now))
        // Refused: declined not long ago, dead, or the stream is full. There is nobody to tell.
        cases.take((try? cases.states[stream]?.decide(command)) ?? [], in: stream)
    }

    /// The news about an encounter, or about the patient.
    private func evidence(of encounter: EncounterKey?, _ person: PatientKey) -> [Evidence] {
        facts.filter { fact in
            let isOfEncounter =
                encounter != nil
                && [fact.event.encounterKey, fact.event.prior?.encounter].contains { key in
                    key.map { fold.log.root(of: $0) } == encounter
                }
            let patients = [fact.event.patientKey].compactMap(\.self) + (fact.event.prior?.patients ?? [])
            return isOfEncounter || patients.contains { fold.log.root(of: $0) == person }
        }.map { Evidence(log: fold.hospital, position: $0.position) }
    }
}

/// What a practice tells of a patient who is in hospital, as far as the rules measure it.
struct OnboardingRegistration: Sendable, Equatable {
    var symphonyScore: OnboardingFacts.Measure?
    var fopas: OnboardingFacts.Measure?

    /// Reads the stream of the person in the log of the practice; of one who is not on the list nothing counts.
    init(_ events: [RecordedEvent]) {
        var registration: Registration?
        var scored: Evidence?
        var concerned: Evidence?
        for event in events {
            guard let told = try? RegistrationEvent(type: event.type, payload: event.payload) else { continue }
            let before = registration?.patient
            if registration == nil { registration = Registration(told) } else { registration?.apply(told) }
            let evidence = Evidence(log: event.log, position: event.position)
            if registration?.patient.symphony != before?.symphony { scored = evidence }
            if registration?.patient.care.hasFOPASConcern != before?.care.hasFOPASConcern { concerned = evidence }
        }
        guard let registration, registration.isListed else { return }
        symphonyScore = registration.patient.symphony.map { .init($0.score, [scored].compactMap(\.self)) }
        if registration.patient.care.hasFOPASConcern { fopas = .init(1, [concerned].compactMap(\.self)) }
    }
}
