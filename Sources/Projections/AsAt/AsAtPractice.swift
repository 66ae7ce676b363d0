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

    /// What the list said of those of whom it has said something else since, and of whom that is.
    ///
    /// `nil` where it had said nothing of anybody.
    func changedSince(channel: StatementChannel) async throws -> ListedThen? {
        guard let code = log.practice, end > .origin else { return nil }
        let told: SQL = "log = \(log) and stream > 'registration:' and stream < 'registration:~'"
        let since: SQL = "select distinct stream from event_log.event where \(told) and position > \(end)"
        let any = try await channel.query(
            "select exists (select from event_log.event where \(told) and position <= \(end))")
        guard try any.first?.decode(0, as: Bool.self) == true else { return nil }
        let results = try await channel.pipeline([
            since,
            """
            select \(EventReader.columns) from event_log.event
            where \(told) and position <= \(end) and stream in (\(since)) order by position
            """,
        ])
        var run = RegistrationRun(practice: code)
        var people: Set<NHSNumber> = []
        var poison: [PoisonEvent] = []
        for told in RegistrationFold.read(try EventReader.events(in: log, results[1]), poison: &poison) {
            run.apply(told.event, toldAt: told.toldAt, position: told.position)
            people.insert(told.event.person)
        }
        return ListedThen(
            practice: code, changed: Set(try results[0].map { try $0.decode(0, as: StreamName.self) }),
            then: Array(run.rows(of: people.sorted()).values))
    }

    /// What a practice's list said at a moment, where it says something else today.
    struct ListedThen: Sendable {
        let practice: ODSPracticeCode
        /// Of whom it has said something since.
        let changed: Set<StreamName>
        /// What it said of those of them whom it knew, in no order.
        let then: [RegistrationRow]

        /// Whether it has said something of somebody since.
        func hasChanged(_ person: String) -> Bool {
            NHSNumber(person).map { changed.contains(RegistrationEvent.stream(of: $0, at: practice)) } ?? false
        }
    }
}
