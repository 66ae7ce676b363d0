import Admissions
import EventLog
import EventSourcing
import Postgres

/// Brings the views up to date with one log, run by run, in one set of tables.
///
/// A run of events costs two round trips: one to load the people it lacks (none if it lacks nobody, more where somebody
/// has other identities), one to write states, rows, feed and checkpoint in one transaction whose first statement is the
/// compare-and-set of the checkpoint.
/// Used by one task at a time. After any error it forgets what it holds and must `start` again.
///
/// ```
/// start ──▶ position ──▶ project(run): load ▶ apply ▶ write ──▶ position' ──▶ …
///   ▲                                            │ error: forget
///   └────────────────────────────────────────────┘
/// ```
struct LogProjector: Sendable {
    /// Where it writes.
    enum Target: Sendable {
        /// What practices read; the checkpoint decides who wins.
        case live
        /// The twins, as long as they belong to this rebuild.
        case shadow(rebuild: String)
    }

    /// States kept in memory beside the live feed, of encounters and of patients each.
    static let heldMax = 20_000
    /// Events of one transaction.
    static let runEventsMax = 1_000

    let hospital: LogName
    let target: Target
    private let channel: StatementChannel
    private let tables: ProjectionTables
    /// A rebuild tells nothing: the journal keeps what was told before.
    private let tellsPractices: Bool
    private(set) var position = Position.origin
    private var states: HeldStates
    /// The streams of all hot onboarding cases of the log.
    private var cases: Set<StreamName> = []
    private var heard = FeedHearing()

    init(hospital: LogName, target: Target, basis: ViewBasis, channel: StatementChannel) {
        self.hospital = hospital
        self.target = target
        self.channel = channel
        (tables, tellsPractices) =
            switch target {
            case .live: (.live, true)
            case .shadow: (.shadow, false)
            }
        states = HeldStates(hospital: hospital, basis: basis, tellsPractices: tellsPractices)
    }

    /// Reads the checkpoint, holding nothing.
    mutating func start() async throws {
        forget()
        let result = try await channel.query(CheckpointTable.select(hospital, from: tables.checkpoint))
        position = try result.first?.decode(0) ?? .origin
        let results = try await channel.pipeline(
            [
                IdentityEvents.select(hospital, through: position),
                OnboardingTable.selectStreams(hospital),
            ] + FeedTable.selectHearing(of: hospital, in: tables))
        states.hold(identities: EventRun(try IdentityEvents.decode(results[0], of: hospital)).facts)
        cases = Set(try results[1].map { try $0.decode(0, as: StreamName.self) })
        heard = try FeedTable.decodeHearing(results.dropFirst(2))
    }

    /// Projects the events that follow the checkpoint, in one transaction; those before it are passed over.
    ///
    /// Throws `checkpointMoved` if another projector was faster, `positionGap` if events are missing.
    mutating func project(_ events: some BidirectionalCollection<RecordedEvent>) async throws {
        let events = events.drop { $0.position <= position }
        guard let last = events.last else { return }
        try checkOrder(events)
        var heard = heard
        heard.take(events)
        do {
            let run = EventRun(events)
            cases.formUnion(run.onboarding.map(\.stream))
            var records = try await load(Set(run.onboarding.map(\.stream)), through: last.position)
            try await load(run.facts, patients: records.values.compactMap(\.state.openedFor))
            states.apply(run.facts)
            let touched = cases.isEmpty ? [] : states.touchedIdentities.map { HotOnboardingCase.stream(of: $0) }
            let others = cases.intersection(touched).subtracting(records.keys)
            records.merge(try await load(others, through: last.position)) { own, _ in own }
            try await write(
                run, heard, records, acts: try await acts(in: events, through: last.position), events: events,
                reached: last)
        } catch {
            forget()
            throw reading(error)
        }
        position = last.position
        self.heard = heard
        states.settle(keeping: Self.heldMax)
    }

    private func checkOrder(_ events: some Collection<RecordedEvent>) throws(ProjectionError) {
        var expected = position.rawValue + 1
        for event in events {
            guard event.position.rawValue == expected else {
                throw .positionGap(hospital: hospital.rawValue, expected: expected, found: event.position.rawValue)
            }
            expected += 1
        }
    }

    private mutating func forget() {
        states = HeldStates(hospital: hospital, basis: states.fold.basis, tellsPractices: tellsPractices)
        heard = FeedHearing()
    }

    /// Loads whoever the facts can touch, and these patients; what was asked for and not found is new.
    private mutating func load(_ facts: [ToldEvent], patients: [PatientKey]) async throws {
        while true {
            let wanted = states.missing(for: facts, patients: patients)
            guard !wanted.isEmpty else { return }
            try await states.load(wanted, from: tables, through: channel)
        }
    }

    /// Some hot onboarding cases as they stood at a position.
    private func load(
        _ streams: Set<StreamName>, through position: Position
    ) async throws -> [StreamName: HotOnboardingRecord] {
        guard !streams.isEmpty else { return [:] }
        let result = try await channel.query(
            OnboardingTable.selectEvents(streams.sorted(), of: hospital, through: position))
        return try OnboardingTable.decodeRecords(result, of: hospital)
    }

    /// The acts whose streams the run touches, whole; `nil` where it touches none.
    private func acts(
        in events: some Collection<RecordedEvent>, through position: Position
    ) async throws -> ActFold? {
        let streams = Set(events.lazy.filter(ActFold.shows).map(\.stream))
        guard !streams.isEmpty else { return nil }
        var fold = ActFold(log: hospital, key: states.fold.basis.key)
        let stored = try await channel.query(ActRows.select(streams, of: hospital, through: position))
        for event in try EventReader.events(in: hospital, stored) { fold.take(event) }
        return fold
    }

    private mutating func write(
        _ run: EventRun, _ heard: FeedHearing, _ records: [StreamName: HotOnboardingRecord], acts: ActFold?,
        events: some Sequence<RecordedEvent>, reached: RecordedEvent
    ) async throws {
        var changes = states.changes()
        states.write(records, to: &changes)
        if tellsPractices {
            let cases = Set(run.onboarding.map(\.stream))
            changes.told += changes.cases.filter { cases.contains($0.shown.stream) }.compactMap {
                $0.change(toldAt: reached.recordedAt)
            }
            changes.told += acts?.changes(of: events) ?? []
        }
        var statements: [SQL]
        switch target {
        case .live:
            statements = [
                CheckpointTable.advance(
                    hospital, from: position, to: reached.position, toldThrough: reached.recordedAt,
                    successors: states.fold.basis.successors)
            ]
        case .shadow(let rebuild):
            statements = [
                RebuildStatements.hold(rebuild),
                CheckpointTable.note(
                    hospital, reached: reached.position, toldThrough: reached.recordedAt, in: tables.checkpoint),
            ]
        }
        statements += changes.statements(for: hospital, in: tables)
        statements += FeedTable.note(heard, since: self.heard, of: hospital, in: tables)
        if let acts { statements += acts.rows.statements(in: tables) }
        let poison = run.poison + (acts?.poison ?? [])
        if !poison.isEmpty {
            statements.append(PoisonTable.insert(poison, of: hospital, into: tables.poison))
        }
        // These hold the counters of all practices of the hospital, in the order of their keys, before those of the rows.
        if tellsPractices { statements += run.feedNews.map { ChangeTable.tell($0, of: hospital) } }
        // The last: it holds the counters of practices, for which other hospitals' projectors wait.
        if !changes.told.isEmpty { statements.append(ChangeTable.tell(changes.told)) }
        _ = try await channel.pipeline(statements)
    }

    private func reading(_ error: any Error) -> any Error {
        guard let error = error as? PostgresError else { return error }
        switch (error.sqlState, target) {
        case ("40001", .live): return ProjectionError.checkpointMoved(hospital: hospital.rawValue)
        case ("55000", .shadow): return ProjectionError.rebuildOvertaken
        default: return error
        }
    }
}
