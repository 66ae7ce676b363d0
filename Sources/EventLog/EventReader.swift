package import EventSourcing
package import Postgres

/// Reads logs.
///
/// Whoever has read a log up to a position has read all that will ever stand before it. Needs a role that may select
/// from `event_log` (projector, auditor). All readers made from one share one listening connection, which lives as long
/// as there is a subscription.
package struct EventReader: Sendable {
    /// The most events in one answer, whatever the caller asks for.
    package static let limitMax = 10_000
    /// What to select of `event_log.event` for `events(in:_:)`.
    package static let columns: SQL = "position, stream, type, payload, occurred_at, recorded_at, message_position"

    private let pool: PostgresPool
    private let wakes: LogWakes

    /// Makes a reader.
    ///
    /// - Parameter pollInterval: how long a subscription waits before it looks although nobody woke it.
    package init(pool: PostgresPool, pollInterval: Duration = .seconds(5)) {
        self.pool = pool
        wakes = LogWakes(pool: pool, pollInterval: pollInterval)
    }

    /// The names of all logs, in order.
    package func logs() async throws(PostgresError) -> [LogName] {
        var logs: [LogName] = []
        for row in try await pool.query("select log from event_log.head order by log") {
            logs.append(try row.decode(0))
        }
        return logs
    }

    /// The position of the newest event; the origin for a log that does not exist.
    package func head(of log: LogName) async throws(PostgresError) -> Position {
        let result = try await pool.query("select position from event_log.head where log = \(log)")
        guard let row = result.first else { return .origin }
        return try row.decode(0)
    }

    /// The events behind a position in order, at most `limit` of them; empty at the end of the log.
    package func events(
        in log: LogName, after position: Position, limit: Int
    ) async throws(PostgresError) -> [RecordedEvent] {
        let result = try await pool.query(
            """
            select \(Self.columns) from event_log.event
            where log = \(log) and position > \(position) order by position limit \(min(limit, Self.limitMax))
            """)
        return try Self.events(in: log, result)
    }

    /// The events of one stream behind a position in order, at most `limit` of them.
    package func events(
        in log: LogName, stream: StreamName, after position: Position = .origin, limit: Int = EventReader.limitMax
    ) async throws(PostgresError) -> [RecordedEvent] {
        let result = try await pool.query(
            """
            select \(Self.columns) from event_log.event
            where log = \(log) and stream = \(stream) and position > \(position)
            order by position limit \(min(limit, Self.limitMax))
            """)
        return try Self.events(in: log, result)
    }

    /// The message whose first event stands at a position (`RecordedEvent.message`), or `nil`.
    ///
    /// Needs a role that may read messages, which the projector may not.
    package func message(in log: LogName, at position: Position) async throws(PostgresError) -> StoredMessage? {
        let result = try await pool.query(
            """
            select event_count, recorded_at, control_id_reused, sender, control_id, bytes, trigger, disposition, reason,
                answer, received_from
            from event_log.message where log = \(log) and position = \(position)
            """)
        guard let row = result.first else { return nil }
        let count: Int64 = try row.decode(0)
        guard let disposition = Disposition(rawValue: try row.decode(7)) else {
            throw PostgresError(.decoding, message: "event_log.message: unknown disposition")
        }
        return StoredMessage(
            log: log, first: position, last: Position(position.rawValue + count - 1), recordedAt: try row.decode(1),
            controlIDReused: try row.decode(2),
            message: ReceivedMessage(
                sender: try row.decode(3), controlID: try row.decode(4), bytes: try row.decode(5),
                trigger: try row.decode(6),
                disposition: disposition, reason: try row.decode(8), answer: try row.decode(9),
                receivedFrom: try row.decode(10)))
    }

    /// Follows a log from behind a position: first what is there, then what comes, in order and without a gap.
    ///
    /// Each element has at least one event and at most `limitMax`. It wakes when a commit notifies, and looks every
    /// `pollInterval` even if nobody does. An error of the database is thrown and ends the iteration: subscribe again
    /// behind what was dealt with. Cancelling the task ends it without an error.
    package func subscribe(to log: LogName, after position: Position) -> EventSubscription {
        EventSubscription(reader: self, wakes: wakes, log: log, position: position)
    }

    /// An element whenever there may be news in a log of which `isWanted` is true: after each commit to it, after
    /// `wake()`, and every `pollInterval`. Several wakes count as one.
    package func wakes(where isWanted: @escaping @Sendable (LogName) -> Bool) -> AsyncStream<Void> {
        wakes.wakes(where: isWanted)
    }

    /// Wakes all who wait for news of any log on readers made from this one.
    package func wake() { wakes.wake(nil) }

    /// The events in a result with the columns `columns`.
    package static func events(in log: LogName, _ result: PostgresResult) throws(PostgresError) -> [RecordedEvent] {
        var events: [RecordedEvent] = []
        events.reserveCapacity(result.count)
        for row in result {
            let payload: TextBytes = try row.decode(3)
            events.append(
                RecordedEvent(
                    log: log, position: try row.decode(0), stream: try row.decode(1), type: try row.decode(2),
                    payload: payload.bytes, occurredAt: try row.decode(4), recordedAt: try row.decode(5),
                    message: try row.decode(6)))
        }
        return events
    }
}
