import EventLog
import EventSourcing
import Postgres

/// What a practice's staff do, as rows (`practice.concern`, `.discussion`, `.huddle`, `.action`, `.symphony`).
///
/// Reads the streams that a run touches whole, up to where the run ends.
struct ActLogFold: PracticeLogFold {
    func changes(for events: ArraySlice<RecordedEvent>, of log: PracticeLog) async throws -> PracticeLogChanges {
        let streams = Set(events.lazy.filter(ActFold.shows).map(\.stream))
        guard !streams.isEmpty, let last = events.last else { return PracticeLogChanges() }
        var fold = ActFold(log: log.name, key: log.basis.key)
        let stored = try await log.channel.query(ActRows.select(streams, of: log.name, through: last.position))
        for event in try EventReader.events(in: log.name, stored) { fold.take(event) }
        return PracticeLogChanges(
            statements: fold.rows.statements(in: log.tables), poison: fold.poison, told: fold.changes(of: events))
    }
}
