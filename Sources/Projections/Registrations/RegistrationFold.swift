import Admissions
import EventSourcing
import Postgres

/// What a practice tells of its list, as rows: who is on it (`practice.registration`), and from when on it counts whose
/// patient somebody is (`practice.registration_point`).
struct RegistrationFold: PracticeLogFold {
    /// An event of a list that can be read.
    struct Told: Sendable {
        let event: RegistrationEvent
        let toldAt: Instant
        let position: Position
    }

    func changes(for events: ArraySlice<RecordedEvent>, of log: PracticeLog) async throws -> PracticeLogChanges {
        var changes = PracticeLogChanges()
        let told = Self.read(events, poison: &changes.poison)
        guard let last = told.last else { return changes }
        let people = Set(told.map(\.event.person)).sorted()
        var run = RegistrationRun(practice: log.practice)
        let stored = try await log.channel.query(
            RegistrationTables.selectStates(people, of: log.practice, from: log.tables.registrationState))
        for known in try RegistrationTables.decodeStates(stored, of: log.practice) { run.hold(known) }
        for told in told { run.apply(told.event, toldAt: told.toldAt, position: told.position) }
        let changed = run.touched.sorted().compactMap { run.registrations[$0] }
        guard !changed.isEmpty else { return changes }
        // Rows that move are told by the projectors of the hospitals; what lists show of others may have changed, too.
        changes.told = [
            PracticeChange(
                practice: log.practice.rawValue, type: .registrationsUpdated, lists: [PracticeChange.allLists],
                toldAt: last.toldAt)
        ]
        changes.statements = [
            RegistrationTables.upsertStates(changed, of: log.practice, into: log.tables.registrationState),
            RegistrationTables.upsert(
                changed.map { RegistrationRow($0, at: log.practice) }, into: log.tables.registration),
        ]
        if !run.points.isEmpty {
            changes.statements.append(RegistrationTables.insert(run.points, into: log.tables.registrationPoint))
        }
        return changes
    }

    /// The events that are about the list; what should be and cannot be read is poison.
    static func read(_ events: some Sequence<RecordedEvent>, poison: inout [PoisonEvent]) -> [Told] {
        var told: [Told] = []
        for event in events
        where !event.isRedacted && RegistrationEvent.Change.Kind(rawValue: event.type) != nil {
            do throws(JSONError) {
                told.append(
                    Told(
                        event: try RegistrationEvent(type: event.type, payload: event.payload),
                        toldAt: event.recordedAt, position: event.position))
            } catch {
                poison.append(
                    PoisonEvent(
                        position: event.position, stream: event.stream, type: event.type, reason: "\(error)",
                        recordedAt: event.recordedAt))
            }
        }
        return told
    }
}
