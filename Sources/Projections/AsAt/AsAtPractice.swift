import Admissions
import EventLog
import EventSourcing
import Postgres

/// A practice's own log as it stood at a position: what its staff had done, and what its list said of some people.
struct AsAtPractice: Sendable {
    let practice: String
    let log: LogName
    let end: Position
    private(set) var acts: ActFold

    /// Reads what staff had done. The channel's role may read the log.
    init(_ practice: String, at cut: AsAtCut, key: ReferenceKey, channel: StatementChannel) async throws {
        self.practice = practice
        guard let log = LogName(practice) else { throw ProjectionError.momentUnknown }
        self.log = log
        end = cut.positions[log] ?? .origin
        acts = ActFold(log: log, key: key)
        guard end > .origin else { return }
        let ranges: [SQL] = ActFold.prefixes.map { prefix in
            """
            select \(EventReader.columns) from event_log.event where log = \(log) and stream > \(prefix) \
            and stream < \(prefix + "~") and position <= \(end)
            """
        }
        let all = ranges.dropFirst().reduce(ranges[0]) { "\($0) union all \($1)" }
        let result = try await channel.query("select * from (\(all)) e order by position")
        for event in try EventReader.events(in: log, result) { acts.take(event) }
    }

    /// What the list said of people.
    func registrations(
        of people: [NHSNumber], channel: StatementChannel
    ) async throws -> [String: RegistrationRow] {
        guard let code = log.practice, end > .origin, !people.isEmpty else { return [:] }
        let streams = people.map { RegistrationEvent.stream(of: $0, at: code) }
        var run = RegistrationRun(practice: code)
        try await StreamEvents(log: log, streams: streams, end: end).each(through: channel) { events in
            var poison: [PoisonEvent] = []
            for told in RegistrationFold.read(events, poison: &poison) {
                run.apply(told.event, toldAt: told.toldAt, position: told.position)
            }
        }
        return run.rows(of: people)
    }

    /// Of whom the list has said something else since.
    func changedSince(channel: StatementChannel) async throws -> Set<NHSNumber> {
        guard log.practice != nil else { return [] }
        let result = try await channel.query(
            """
            select \(EventReader.columns) from event_log.event
            where log = \(log) and position > \(end) and stream > 'registration:' and stream < 'registration:~'
            order by position
            """)
        var poison: [PoisonEvent] = []
        return Set(RegistrationFold.read(try EventReader.events(in: log, result), poison: &poison).map(\.event.person))
    }
}
