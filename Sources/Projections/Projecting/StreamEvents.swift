import EventLog
import EventSourcing
import Postgres

/// The events of some streams of one log up to a position, in the order of the log, some thousand at a time.
struct StreamEvents: Sendable {
    let log: LogName
    let streams: [StreamName]
    let end: Position

    /// Gives each batch, none of them empty. The channel's role may read the log.
    func each(through channel: StatementChannel, _ body: ([RecordedEvent]) -> Void) async throws {
        guard !streams.isEmpty else { return }
        var position = Position.origin
        while true {
            let result = try await channel.query(
                """
                select \(EventReader.columns) from event_log.event
                where log = \(log) and stream = any (\(streams)) and position > \(position) and position <= \(end)
                order by position limit \(Int64(FreshFold.batchEventsMax))
                """)
            let events = try EventReader.events(in: log, result)
            guard let last = events.last else { return }
            body(events)
            position = last.position
        }
    }
}
