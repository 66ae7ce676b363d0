import Admissions
import EventLog
import EventSourcing
import Postgres

/// Some people of a hospital's log as they stood at a position: folded anew from their first event, with all that was
/// ever tied to them, by the fold that the projector uses.
struct AsAtHospital: Sendable {
    /// Rows of all practices: live ones, and what was left of those that had gone.
    let rows: [EncounterRow]
    /// Hot onboarding cases.
    let cases: [OnboardingCaseRow]

    /// Whom to fold: as rows name them now.
    struct Keys: Sendable {
        var encounters: Set<String> = []
        var patients: Set<String> = []
    }

    /// Reads and folds. The channel's role may read the log and the projector's memory.
    init(
        _ keys: Keys, of hospital: LogName, at cut: AsAtCut, knowing knowledge: AsAtKnowledge, basis: ViewBasis,
        identities: LogFold, channel: StatementChannel
    ) async throws {
        let tables = ProjectionTables.live
        var states = HeldStates(hospital: hospital, basis: basis)
        states.hold(identities: identities)
        let results = try await channel.pipeline([
            CheckpointTable.selectTaken(hospital, from: tables.checkpoint),
            StateTables.selectEncounters(stored: keys.encounters.sorted(), of: hospital, from: tables.encounterState),
            StateTables.selectPatients(stored: keys.patients.sorted(), of: hospital, from: tables.patientState),
        ])
        let taken = try TakenLists(results[0])
        for stored in try StateTables.decodeEncounters(results[1]) { try states.hold(stored) }
        for stored in try StateTables.decodePatients(results[2]) { try states.hold(stored) }
        let search = try await Self.close(&states, by: taken, tables, channel)
        let end = knowledge == .then ? cut.positions[hospital] ?? .origin : Position(.max)
        let points = search.numbersSeen.flatMap { states.fold.book.points(of: $0) }
            .filter(cut.covers).sorted()
        var replay = PersonReplay(hospital: hospital, basis: basis, points: points)
        let streams =
            search.encountersSeen.map { StreamName("encounter:" + $0.rawValue) }
            + search.patientsSeen.map { StreamName("patient:" + $0.rawValue) }
        try await StreamEvents(log: hospital, streams: streams, end: end).each(through: channel) { events in
            let facts = EventRun(events).facts
            replay.apply(knowledge == .then ? facts : facts.filter { Self.counts($0, at: cut.moment) })
        }
        rows = replay.rows()
        let onboarding = search.patientsSeen.map { HotOnboardingCase.stream(of: $0) }.sorted()
        let steps = try await channel.query(OnboardingTable.selectEvents(onboarding, of: hospital, through: end))
        cases = replay.cases(try OnboardingTable.decodeRecords(steps, of: hospital))
    }

    /// Whether what is known now of a moment takes a fact in: it had happened, or says that something never did.
    private static func counts(_ fact: ToldEvent, at moment: Instant) -> Bool {
        if fact.toldAt <= moment || fact.event.kind.takesBack { return true }
        let occurred = fact.event.occurred?.moment ?? fact.event.telling.recorded
        return occurred.map { $0.instant <= moment } ?? false
    }

    /// Loads whatever is tied to what is held, now or ever.
    private static func close(
        _ states: inout HeldStates, by taken: TakenLists, _ tables: ProjectionTables, _ channel: StatementChannel
    ) async throws -> PersonSearch {
        while true {
            let search = states.thoroughSearch(
                fromPatients: Array(states.fold.log.patients.keys), encounters: Array(states.fold.log.encounters.keys))
            guard !search.missing.isEmpty else { return search }
            try await states.load(search.missing, by: taken, from: tables, through: channel)
        }
    }
}

extension AdmissionEvent.Kind {
    /// Whether it says that what was told before never was so.
    var takesBack: Bool {
        switch self {
        case .admissionCancelled, .transferCancelled, .dischargeCancelled, .leaveStartCancelled, .leaveEndCancelled,
            .deleted, .preadmissionCancelled, .clinicianChangeCancelled, .merged, .renumbered, .moved, .patientMerged,
            .patientMoved, .patientRenumbered, .patientUnmerged:
            true
        default: false
        }
    }
}
