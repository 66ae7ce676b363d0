package import Admissions
package import EventLog
package import EventSourcing
package import Logging
package import Postgres

/// Holds what hospitals tell against the hot onboarding cases: suggests patients by rule, and moves cases on.
///
/// Goes behind the projector, in steps of its own: reads what was told since, looks at everybody concerned and their
/// cases as they stand by now, appends what follows (`OnboardingLook`) at the versions it saw, and only then moves its
/// checkpoint. Whatever it appended it finds settled the next time, so it may be stopped at any point, and several may
/// run at once: whoever comes second looks again. Nothing here passes a step that a person must take. What time alone
/// brings about (a stay grown long, a day to which a case was put off) is found by a sweep over all who are in hospital
/// or have an open case. The pool logs in as `primary_conect_projector`, that of the desk as `primary_conect_service`.
package struct OnboardingFollower: Sendable {
    /// How often it looks.
    package struct Pace: Sendable {
        package var lookEvery: Duration
        package var sweepEvery: Duration

        package init(lookEvery: Duration = .seconds(1), sweepEvery: Duration = .seconds(900)) {
            self.lookEvery = lookEvery
            self.sweepEvery = sweepEvery
        }
    }

    /// Which patients are suggested.
    package struct Suggestions: Sendable {
        package var rules: OnboardingRules
        /// Wards, or treatment functions, of the FOPAS service.
        package var fopasWards: Set<String>

        package init(rules: OnboardingRules = OnboardingRules(), fopasWards: Set<String> = []) {
            self.rules = rules
            self.fopasWards = fopasWards
        }
    }

    /// Events of one step.
    static let stepEventsMax = 500
    /// Further behind than this, a sweep takes the place of the steps.
    static let behindEventsMax: Int64 = 20_000
    /// Patients of one look.
    static let lookPeopleMax = 200
    /// For how long a sweep looks at cases that ended by themselves; news of their patients is heeded for good.
    static let endedHeededFor: Duration = .seconds(30 * 86_400)
    /// Looks at the same patients in a row, before it gives up until the next occasion.
    static let roundsMax = 8

    private let pool: PostgresPool
    private let reader: EventReader
    private let desk: OnboardingDesk
    private let suggestions: Suggestions
    private let pace: Pace
    private let now: @Sendable () -> Instant
    private let logger: Logger

    package init(
        pool: PostgresPool, reader: EventReader, desk: OnboardingDesk, suggestions: Suggestions = Suggestions(),
        pace: Pace = Pace(), now: @escaping @Sendable () -> Instant = WallClock.now, logger: Logger
    ) {
        self.pool = pool
        self.reader = reader
        self.desk = desk
        self.suggestions = suggestions
        self.pace = pace
        self.now = now
        self.logger = logger
    }

    /// Follows these hospitals until the task is cancelled; errors are logged, and what failed is done again.
    package func run(_ hospitals: [LogName]) async {
        await withDiscardingTaskGroup { group in
            for hospital in hospitals { group.addTask { await follow(hospital) } }
        }
    }

    private func follow(_ hospital: LogName) async {
        let clock = ContinuousClock()
        var nextSweep = clock.now
        while !Task.isCancelled {
            do {
                try await catchUp(hospital)
                if clock.now >= nextSweep {
                    try await sweep(hospital)
                    nextSweep = clock.now + pace.sweepEvery
                }
            } catch {
                logger.warning(
                    "hot onboarding lost its way and tries again",
                    metadata: ["log": "\(hospital)", "error": "\(error)"])
            }
            try? await Task.sleep(for: pace.lookEvery)
        }
    }

    /// Heeds all that the projector has projected by now.
    package func catchUp(_ hospital: LogName) async throws {
        while true {
            let (heeded, projected) = try await positions(hospital)
            guard projected > heeded ?? Position(-1) else { return }
            guard let heeded, projected.rawValue - heeded.rawValue <= Self.behindEventsMax else {
                try await sweep(hospital)
                try await advance(hospital, from: heeded, to: projected)
                continue
            }
            let events = try await reader.events(in: hospital, after: heeded, limit: Self.stepEventsMax)
                .filter { $0.position <= projected }
            guard let last = events.last else { return }
            try await settle(hospital, facts: EventRun(events).facts, patients: [])
            try await advance(hospital, from: heeded, to: last.position)
        }
    }

    /// Looks at all who are inpatients or have an open case.
    package func sweep(_ hospital: LogName) async throws {
        let inpatients = try await pool.query(
            """
            select distinct patient_key from practice.encounter
            where hospital = \(hospital) and class = 'inpatient' and status in ('arrived', 'in-progress', 'onleave')
              and patient_key <> ''
            """)
        var patients = Set(try inpatients.map { PatientKey(try $0.decode(0, as: String.self)) })
        let cases = try await pool.query(
            """
            select stream from practice.onboarding_case
            where hospital = \(hospital)
              and (next_step is not null or ending <> 'staff' and since > \(now() - Self.endedHeededFor))
            """)
        let streams = try cases.map { try $0.decode(0, as: StreamName.self) }
        for record in try await records(streams, of: hospital, through: .pool(pool)).values {
            if let patient = record.state.openedFor { patients.insert(patient) }
        }
        for chunk in patients.sorted().chunks(of: Self.lookPeopleMax) {
            try await settle(hospital, facts: [], patients: Array(chunk))
        }
    }

    // MARK: Steps

    /// Appends what follows for these patients and for all whom the facts concern, until nothing more does.
    private func settle(_ hospital: LogName, facts: [ToldEvent], patients: [PatientKey]) async throws {
        for _ in 0..<Self.roundsMax {
            var look = try await look(hospital, facts: facts, patients: patients)
            let moves = look.moves(
                rules: suggestions.rules, fopasWards: suggestions.fopasWards, settings: desk.settings, at: now())
            guard !moves.isEmpty else { return }
            for moves in moves { _ = try await desk.append(moves, of: hospital, access: Self.access(to: hospital)) }
        }
        logger.warning("hot onboarding does not settle", metadata: ["log": "\(hospital)"])
    }

    /// Reads everybody concerned, and their cases, as they stand in one snapshot.
    private func look(
        _ hospital: LogName, facts: [ToldEvent], patients: [PatientKey]
    ) async throws -> OnboardingLook {
        let basis = try await ViewBasis.load(from: pool)
        return try await pool.transaction(.repeatableReadOnly) { transaction in
            let channel = StatementChannel.transaction(transaction)
            var states = HeldStates(hospital: hospital, basis: basis)
            let checkpoint = try await channel.query(
                CheckpointTable.select(hospital, from: ProjectionTables.live.checkpoint))
            let position: Position = try checkpoint.first?.decode(0) ?? .origin
            let taken = try TakenLists(
                try await channel.query(
                    CheckpointTable.selectTaken(hospital, from: ProjectionTables.live.checkpoint)))
            let joins = try await channel.query(IdentityEvents.select(hospital, through: position))
            states.hold(identities: EventRun(try IdentityEvents.decode(joins, of: hospital)).facts)
            try await load(&states, taken, facts, patients, [], channel)

            var people = Set(patients.map { states.fold.log.root(of: $0) })
            for fact in facts { people.formUnion(states.fold.people(concernedBy: fact.event)) }
            let identities = people.flatMap { states.fold.log.identities(of: $0) }
            let streams = Set(identities.map { HotOnboardingCase.stream(of: $0) })
            let records = try await records(streams.sorted(), of: hospital, through: channel)
            try await load(
                &states, taken, [], records.values.compactMap(\.state.openedFor),
                records.values.compactMap(\.state.subject?.encounter), channel)
            people = Set(people.map { states.fold.log.root(of: $0) })
            var look = OnboardingLook(people: people, fold: states.fold, records: records, facts: facts)
            look.registrations = try await registrations(of: people, look.fold, channel)
            return look
        }
    }

    private func load(
        _ states: inout HeldStates, _ taken: TakenLists, _ facts: [ToldEvent], _ patients: [PatientKey],
        _ encounters: [EncounterKey], _ channel: StatementChannel
    ) async throws {
        while true {
            let wanted = states.missing(for: facts, patients: patients, encounters: encounters)
            guard !wanted.isEmpty else { return }
            try await states.load(wanted, by: taken, from: .live, through: channel)
        }
    }

    private func records(
        _ streams: [StreamName], of hospital: LogName, through channel: StatementChannel
    ) async throws -> [StreamName: HotOnboardingRecord] {
        guard !streams.isEmpty else { return [:] }
        let result = try await channel.query(
            OnboardingTable.selectEvents(streams, of: hospital, through: Position(.max)))
        return try OnboardingTable.decodeRecords(result, of: hospital, settings: desk.settings)
    }

    /// What the practices of those who are in hospital tell of them.
    private func registrations(
        of people: Set<PatientKey>, _ fold: PracticeFold, _ channel: StatementChannel
    ) async throws -> [PatientKey: OnboardingRegistration] {
        var wanted: [Place: PatientKey] = [:]
        for person in people {
            let patient = fold.log.patient(person)
            guard let number = patient.nhsNumber, let practice = ODSPracticeCode(fold.practice(of: patient)),
                let log = LogName(practice)
            else { continue }
            wanted[Place(log: log, stream: RegistrationEvent.stream(of: number, at: practice))] = person
        }
        guard !wanted.isEmpty else { return [:] }
        let places = Array(wanted.keys)
        let result = try await channel.query(
            """
            select e.log, \(EventReader.columns) from event_log.event e
            join unnest(\(places.map(\.log)), \(places.map(\.stream))) as w (of_log, of_stream)
              on e.log = w.of_log and e.stream = w.of_stream
            where e.payload <> ''
            order by e.log, e.position
            """)
        var events: [Place: [RecordedEvent]] = [:]
        for row in result {
            let log: LogName = try row.decode(0)
            let event = RecordedEvent(
                log: log, position: try row.decode(1), stream: try row.decode(2), type: try row.decode(3),
                payload: Array(try row.decode(4, as: String.self).utf8), occurredAt: try row.decode(5),
                recordedAt: try row.decode(6), message: try row.decode(7))
            events[Place(log: log, stream: event.stream), default: []].append(event)
        }
        return Dictionary(
            uniqueKeysWithValues: events.compactMap { place, events in
                wanted[place].map { ($0, OnboardingRegistration(events)) }
            })
    }

    /// A stream of a log.
    private struct Place: Hashable {
        let log: LogName
        let stream: StreamName
    }

    // MARK: Checkpoint

    /// How far it has come, `nil` at the very beginning, and how far the projector has.
    private func positions(_ hospital: LogName) async throws -> (heeded: Position?, projected: Position) {
        let results = try await pool.pipeline([
            "select position from practice.onboarding_follow where hospital = \(hospital)",
            CheckpointTable.select(hospital, from: ProjectionTables.live.checkpoint),
        ])
        return (try results[0].first?.decode(0), try results[1].first?.decode(0) ?? .origin)
    }

    /// Moves the checkpoint, unless another follower has.
    private func advance(_ hospital: LogName, from heeded: Position?, to position: Position) async throws {
        if let heeded {
            _ = try await pool.query(
                """
                update practice.onboarding_follow set position = \(position)
                where hospital = \(hospital) and position = \(heeded)
                """)
        } else {
            _ = try await pool.query(
                """
                insert into practice.onboarding_follow (hospital, position) values (\(hospital), \(position))
                on conflict do nothing
                """)
        }
    }

    /// What the access record says of what follows by itself.
    private static func access(to hospital: LogName) -> AccessRequest {
        AccessRequest(
            practice: hospital.rawValue, subject: "service", role: StaffRole.service.rawValue,
            client: "primary-conect", purpose: "direct-care", route: "onboarding-cases/follow", requestID: "-")
    }
}
