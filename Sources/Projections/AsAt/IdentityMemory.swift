import Admissions
import EventLog
import EventSourcing
import Postgres

/// Who is whom in each hospital's log, kept from look to look: only what was told since is read and folded.
actor IdentityMemory {
    private var known: [LogName: (position: Position, identities: LogFold)] = [:]

    /// Who is whom by a log up to its end; holds nothing else.
    func identities(of hospital: LogName, through end: Position, channel: StatementChannel) async throws -> LogFold {
        let held = known[hospital] ?? (.origin, LogFold())
        guard held.position < end else { return held.identities }
        let result = try await channel.query(
            IdentityEvents.select(hospital, after: held.position, through: end))
        var identities = held.identities
        identities.apply(identities: EventRun(try IdentityEvents.decode(result, of: hospital)).facts)
        // Somebody else may have read further meanwhile.
        if known[hospital].map({ $0.position < end }) ?? true { known[hospital] = (end, identities) }
        return identities
    }
}
