import Admissions
import EventLog
import EventSourcing
import Postgres

/// Who is whom in each hospital's log, kept from look to look: only what was told since is read again.
actor IdentityMemory {
    private var known: [LogName: (position: Position, facts: [ToldEvent])] = [:]

    /// All facts about identity of a log up to its end.
    func facts(of hospital: LogName, through end: Position, channel: StatementChannel) async throws -> [ToldEvent] {
        let held = known[hospital] ?? (.origin, [])
        guard held.position < end else { return held.facts }
        let result = try await channel.query(
            IdentityEvents.select(hospital, after: held.position, through: end))
        let facts = held.facts + EventRun(try IdentityEvents.decode(result, of: hospital)).facts
        // Somebody else may have read further meanwhile.
        if known[hospital].map({ $0.position < end }) ?? true { known[hospital] = (end, facts) }
        return facts
    }
}
