import Admissions
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
    private(set) var position = Position.origin
    private var states: HeldStates

    init(hospital: LogName, target: Target, basis: ViewBasis, channel: StatementChannel) {
        self.hospital = hospital
        self.target = target
        self.channel = channel
        states = HeldStates(hospital: hospital, basis: basis)
        tables = target.tables
    }

    /// Reads the checkpoint, holding nothing.
    mutating func start() async throws {
        forget()
        let result = try await channel.query(CheckpointTable.select(hospital, from: tables.checkpoint))
        position = try result.first?.decode(0) ?? .origin
        let joins = try await channel.query(IdentityEvents.select(hospital, through: position))
        states.hold(identities: EventRun(try IdentityEvents.decode(joins, of: hospital)).facts)
    }

    /// Projects the events that follow the checkpoint, in one transaction; those before it are passed over.
    ///
    /// Throws `checkpointMoved` if another projector was faster, `positionGap` if events are missing.
    mutating func project(_ events: some BidirectionalCollection<RecordedEvent>) async throws {
        let events = events.drop { $0.position <= position }
        guard let last = events.last else { return }
        try Self.checkOrder(events, behind: position, in: hospital)
        do {
            let run = EventRun(events)
            try await load(run.facts)
            states.apply(run.facts)
            try await write(run, reached: last)
        } catch {
            forget()
            throw target.reading(error, of: hospital)
        }
        position = last.position
        states.settle(keeping: Self.heldMax)
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

    private mutating func forget() {
        states = HeldStates(hospital: hospital, basis: states.fold.basis)
    }

    /// Loads whoever the facts can touch; what was asked for and not found is new.
    private mutating func load(_ facts: [ToldEvent]) async throws {
        while true {
            let wanted = states.missing(for: facts)
            guard !wanted.isEmpty else { return }
            let results = try await channel.pipeline([
                StateTables.selectEncounters(Array(wanted.encounters), of: hospital, from: tables.encounterState),
                StateTables.selectEncounters(
                    ofPatients: Array(wanted.visitors), of: hospital, from: tables.encounterState),
                StateTables.selectPatients(Array(wanted.patients), of: hospital, from: tables.patientState),
                StateTables.selectPatients(bearing: Array(wanted.numbers), of: hospital, from: tables.patientState),
            ])
            for result in results[..<2] {
                for stored in try StateTables.decodeEncounters(result) { try states.hold(stored) }
            }
            for result in results[2...] {
                for stored in try StateTables.decodePatients(result) { try states.hold(stored) }
            }
            states.note(asked: wanted)
        }
    }

    private mutating func write(_ run: EventRun, reached: RecordedEvent) async throws {
        let changes = states.changes()
        var statements = target.reaching(reached, from: position, in: hospital, basis: states.fold.basis)
        statements += changes.statements(for: hospital, in: tables)
        if let heard = FeedTable.note(run.heard, of: hospital, in: tables.feed) { statements.append(heard) }
        if !run.poison.isEmpty {
            statements.append(PoisonTable.insert(run.poison, of: hospital, into: tables.poison))
        }
        _ = try await channel.pipeline(statements)
    }
}
