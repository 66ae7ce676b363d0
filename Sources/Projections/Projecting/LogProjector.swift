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
    let channel: StatementChannel
    let tables: ProjectionTables
    private(set) var position = Position.origin
    /// Up to where the rows stand by the lists of practices.
    var taken = TakenLists()
    var states: HeldStates

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
        taken = try TakenLists(try await channel.query(CheckpointTable.selectTaken(hospital, from: tables.checkpoint)))
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
            var statements = target.reaching(last, from: position, in: hospital, basis: states.fold.basis)
            if case .live = target { statements.append(CheckpointTable.hold(hospital, taken: taken)) }
            statements += states.changes().statements(for: hospital, in: tables)
            // Told before a list that was taken already: what became of the rows in between is worked out anew.
            let search = try await overtaken(run.facts)
            if let search {
                statements += try await replay(search, through: last.position).statements(for: hospital, in: tables)
            }
            statements += notes(of: run)
            _ = try await channel.pipeline(statements)
            settle(afterReplay: search != nil)
        } catch {
            forget()
            throw target.reading(error, of: hospital)
        }
        position = last.position
    }

    /// Takes note that the tables show what is held; after a replay they show it better.
    mutating func settle(afterReplay isReplayed: Bool) {
        states.settle(keeping: Self.heldMax)
        if isReplayed { states.forgetStates() }
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
        states = HeldStates(hospital: hospital, basis: states.fold.basis)
    }

    /// Loads whoever the facts can touch; what was asked for and not found is new.
    private mutating func load(_ facts: [ToldEvent]) async throws {
        while true {
            let wanted = states.missing(for: facts)
            guard !wanted.isEmpty else { return }
            try await load(wanted)
        }
    }

    mutating func load(_ wanted: HeldStates.Wanted) async throws {
        let numbers = Array(wanted.numbers)
        var queries = [
            StateTables.selectEncounters(Array(wanted.encounters), of: hospital, from: tables.encounterState),
            StateTables.selectEncounters(ofPatients: Array(wanted.visitors), of: hospital, from: tables.encounterState),
            StateTables.selectPatients(Array(wanted.patients), of: hospital, from: tables.patientState),
            StateTables.selectPatients(bearing: numbers, of: hospital, from: tables.patientState),
            RegistrationTables.selectPoints(of: numbers, from: tables.registrationPoint),
        ]
        if !wanted.isPresentOnly {
            queries += [
                StateTables.selectEncounters(
                    formerlyOf: Array(wanted.formerVisitors), of: hospital, from: tables.encounterState),
                StateTables.selectPatients(
                    formerlyBearing: Array(wanted.formerNumbers), of: hospital, from: tables.patientState),
            ]
        }
        let results = try await channel.pipeline(queries)
        for result in results[..<2] + results[5...].prefix(1) {
            for stored in try StateTables.decodeEncounters(result) { try states.hold(stored) }
        }
        for result in results[2..<4] + results[5...].dropFirst() {
            for stored in try StateTables.decodePatients(result) { try states.hold(stored) }
        }
        // What was told and not taken yet counts from when it is.
        let points = try RegistrationTables.decodePoints(results[4], from: tables.registrationPoint)
        states.hold(points.filter(taken.covers).sorted())
        states.note(asked: wanted)
    }

    /// What a run says of the feed, and what of it could not be read.
    private func notes(of run: EventRun) -> [SQL] {
        var statements: [SQL] = []
        if let heard = FeedTable.note(run.heard, of: hospital, in: tables.feed) { statements.append(heard) }
        if !run.poison.isEmpty {
            statements.append(PoisonTable.insert(run.poison, of: hospital, into: tables.poison))
        }
        return statements
    }
}
