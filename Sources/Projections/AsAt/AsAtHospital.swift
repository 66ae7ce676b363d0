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
        let circle = try await AsAtCircle(around: keys, of: hospital, identities: identities, channel: channel)
        let results = try await channel.pipeline([
            CheckpointTable.selectTaken(hospital, from: tables.checkpoint),
            RegistrationTables.selectPoints(of: circle.numbers.sorted(), from: tables.registrationPoint),
        ])
        // What was told and is not taken yet counts from when it is.
        let taken = try TakenLists(results[0])
        let points = try RegistrationTables.decodePoints(results[1], from: tables.registrationPoint)
            .filter { taken.covers($0) && cut.covers($0) }.sorted()
        let end = knowledge == .then ? cut.positions[hospital] ?? .origin : Position(.max)
        var replay = PersonReplay(hospital: hospital, basis: basis, points: points)
        try await StreamEvents(log: hospital, streams: circle.streams, end: end).each(through: channel) { events in
            let facts = EventRun(events).facts
            replay.apply(knowledge == .then ? facts : facts.filter { Self.counts($0, at: cut.moment) })
        }
        rows = replay.rows()
        let onboarding = circle.patients.map { HotOnboardingCase.stream(of: $0) }.sorted()
        let steps = try await channel.query(OnboardingTable.selectEvents(onboarding, of: hospital, through: end))
        cases = replay.cases(try OnboardingTable.decodeRecords(steps, of: hospital))
    }

    /// Whether what is known now of a moment takes a fact in: it had happened, or says that something never did.
    private static func counts(_ fact: ToldEvent, at moment: Instant) -> Bool {
        if fact.toldAt <= moment || fact.event.kind.takesBack { return true }
        let occurred = fact.event.occurred?.moment ?? fact.event.telling.recorded
        return occurred.map { $0.instant <= moment } ?? false
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
