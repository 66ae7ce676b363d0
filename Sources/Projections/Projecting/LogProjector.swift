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
    let channel: StatementChannel
    let tables: ProjectionTables
    private(set) var position = Position.origin
    /// Up to where the rows stand by the lists of practices.
    var taken = TakenLists()
    var states: HeldStates
    /// The streams of all hot onboarding cases of the log.
    private(set) var cases: Set<StreamName> = []
    private var heard = FeedHearing()
    /// Whether anything was taken out of the log: then the tables may be exchanged for some made without it, and what was
    /// held from before would put it back.
    private var holdsNothing = false

    init(hospital: LogName, target: Target, basis: ViewBasis, channel: StatementChannel) {
        self.hospital = hospital
        self.target = target
        self.channel = channel
        states = HeldStates(hospital: hospital, basis: basis, tellsPractices: target.tellsPractices)
        tables = target.tables
    }

    /// Reads the checkpoint, holding nothing.
    mutating func start() async throws {
        forget()
        let result = try await channel.query(CheckpointTable.select(hospital, from: tables.checkpoint))
        position = try result.first?.decode(0) ?? .origin
        let results = try await channel.pipeline(
            [
                CheckpointTable.selectTaken(hospital, from: tables.checkpoint),
                IdentityEvents.select(hospital, through: position),
                OnboardingTable.selectStreams(hospital),
                "select exists (select from event_log.redaction where log = \(hospital))",
            ] + FeedTable.selectHearing(of: hospital, in: tables))
        taken = try TakenLists(results[0])
        states.hold(identities: EventRun(try IdentityEvents.decode(results[1], of: hospital)).facts)
        cases = Set(try results[2].map { try $0.decode(0, as: StreamName.self) })
        holdsNothing = try results[3].first?.decode(0) ?? false
        heard = try FeedTable.decodeHearing(results.dropFirst(4))
    }

    /// Projects the events that follow the checkpoint, in one transaction; those before it are passed over.
    ///
    /// Throws `checkpointMoved` if another projector was faster, `positionGap` if events are missing.
    mutating func project(_ events: some BidirectionalCollection<RecordedEvent>) async throws {
        let events = events.drop { $0.position <= position }
        guard let last = events.last else { return }
        try Self.checkOrder(events, behind: position, in: hospital)
        var heard = heard
        heard.take(events)
        do {
            let run = EventRun(events)
            let stepped = Set(run.onboarding.map(\.stream))
            cases.formUnion(stepped)
            var records = try await load(stepped, through: last.position)
            try await load(run.facts, patients: records.values.compactMap(\.state.openedFor))
            states.apply(run.facts)
            let others = cases(of: states.touchedIdentities).subtracting(stepped)
            records.merge(try await load(others, through: last.position)) { own, _ in own }
            var changes = states.changes()
            states.write(records, to: &changes)
            if target.tellsPractices {
                changes.told += changes.cases.filter { stepped.contains($0.shown.stream) }.compactMap {
                    $0.change(toldAt: last.recordedAt)
                }
            }
            var statements = target.reaching(last, from: position, in: hospital, basis: states.fold.basis)
            if case .live = target { statements.append(CheckpointTable.hold(hospital, taken: taken)) }
            statements += changes.statements(for: hospital, in: tables)
            // Told before a list that was taken already: what became of the rows in between is worked out anew.
            let search = try await overtaken(run.facts)
            if let search {
                let replayed = try await replay(search, through: last.position, for: run.facts.last.map(RowNews.fact))
                statements += replayed.statements(for: hospital, in: tables)
                changes.take(newsOf: replayed)
            }
            statements += FeedTable.note(heard, since: self.heard, of: hospital, in: tables)
            if !run.poison.isEmpty {
                statements.append(PoisonTable.insert(run.poison, of: hospital, into: tables.poison))
            }
            // These hold the counters of all practices of the hospital, in the order of their keys, before those of rows.
            if target.tellsPractices { statements += run.feedNews.map { ChangeTable.tell($0, of: hospital) } }
            _ = try await channel.pipeline(statements + changes.tellings)
            if events.contains(where: { $0.type == RecordedEvent.redactionType }) { holdsNothing = true }
            settle(afterReplay: search != nil)
        } catch {
            forget()
            throw target.reading(error, of: hospital)
        }
        position = last.position
        self.heard = heard
    }

    /// Takes note that the tables show what is held; after a replay they show it better, and so they do once anything was
    /// taken out of the log.
    mutating func settle(afterReplay isReplayed: Bool) {
        states.settle(keeping: Self.heldMax)
        if isReplayed || holdsNothing { states.forgetStates() }
    }

    /// Throws `positionGap` unless the events are those that follow a position.
    static func checkOrder(
        _ events: some Collection<RecordedEvent>, behind position: Position, in hospital: LogName
    ) throws(ProjectionError) {
        var expected = position.rawValue + 1
        for event in events {
            guard event.position.rawValue == expected else {
                throw .positionGap(hospital: hospital.rawValue, expected: expected, found: event.position.rawValue)
            }
            expected += 1
        }
    }

    mutating func forget() {
        states = HeldStates(hospital: hospital, basis: states.fold.basis, tellsPractices: target.tellsPractices)
        heard = FeedHearing()
    }

    /// Loads whoever the facts can touch, and these patients; what was asked for and not found is new.
    private mutating func load(_ facts: [ToldEvent], patients: [PatientKey]) async throws {
        while true {
            let wanted = states.missing(for: facts, patients: patients)
            guard !wanted.isEmpty else { return }
            try await load(wanted)
        }
    }

    mutating func load(_ wanted: HeldStates.Wanted) async throws {
        try await states.load(wanted, by: taken, from: tables, through: channel)
    }

    /// The hot onboarding cases of some patients.
    func cases(of patients: Set<PatientKey>) -> Set<StreamName> {
        cases.isEmpty ? [] : cases.intersection(patients.map { HotOnboardingCase.stream(of: $0) })
    }

    /// Some hot onboarding cases as they stood at a position.
    func load(
        _ streams: Set<StreamName>, through position: Position
    ) async throws -> [StreamName: HotOnboardingRecord] {
        guard !streams.isEmpty else { return [:] }
        let result = try await channel.query(
            OnboardingTable.selectEvents(streams.sorted(), of: hospital, through: position))
        return try OnboardingTable.decodeRecords(result, of: hospital)
    }
}
