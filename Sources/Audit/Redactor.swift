import EventLog
package import EventSourcing
package import Postgres

/// Takes an event out of a log, with all that its message told, and leaves the tree standing.
///
/// One transaction holds the head of the log, lays the event that says who did it, and empties payloads, bytes and
/// salts; the digests stay, so leaves, tree, checkpoints and proofs hold as before. The events tell nothing from then
/// on: views that were made of them must be made anew. Needs the role of the operator.
package struct Redactor: Sendable {
    private let pool: PostgresPool
    private let now: @Sendable () -> Instant
    private let salt: @Sendable () -> Salt

    /// See `GroupCommit` about the clock and the salts.
    package init(
        pool: PostgresPool, now: @escaping @Sendable () -> Instant = WallClock.now,
        salt: @escaping @Sendable () -> Salt = GroupCommit.secureSalt
    ) {
        self.pool = pool
        self.now = now
        self.salt = salt
    }

    /// The positions that go with one, ascending; empty where there is nothing to take out.
    package func positions(with position: Position, in log: LogName) async throws -> [Position] {
        let rows = try await pool.query(
            "select position from event_log.redaction_of(\(log), \(position)) order by position")
        return try rows.map { try $0.decode(0) }
    }

    /// Takes out what `positions(with:in:)` says.
    ///
    /// - Parameters:
    ///   - by: who does it; `approvedBy`: another person, who agrees. Both, and the reason, stand in the log for good.
    /// - Returns: the position of the event that says so.
    /// - Throws: `AuditError.nothingToRedact`; `PostgresError`, P0002 for a log that does not exist and 42501 for one
    ///   name where two are needed.
    package func redact(
        _ position: Position, of log: LogName, by: String, approvedBy: String, reason: String
    ) async throws -> (at: Position, redaction: Redaction) {
        try await pool.transaction { transaction in
            let head = try await transaction.query(
                """
                select outcome, position, recorded_at, range from event_log.redact(\(log), \(Position(-1)),
                    \(Instant(microseconds: 0)), \([UInt8]()), \(position), \([Position]()), \([UInt8]()), \([UInt8]()), '')
                """)
            guard let row = head.first, let range = CompactRange(size: try row.decode(1), concatenated: try row.decode(3))
            else { throw AuditError.rowUnreadable(table: "event_log.head", log: log.rawValue, position: 0) }
            let found = try await transaction.query(
                "select position from event_log.redaction_of(\(log), \(position)) order by position")
            let positions = try found.map { try $0.decode(0, as: Position.self) }
            guard !positions.isEmpty else {
                throw AuditError.nothingToRedact(log: log.rawValue, position: position.rawValue)
            }
            let redaction = Redaction(
                of: position, positions: positions, by: by, approvedBy: approvedBy, reason: reason)
            let event = redaction.event
            let salt = salt()
            let at = Position(range.size + 1)
            let recordedAt = max(now(), try row.decode(2))
            var scratch: [UInt8] = []
            let leaf = LeafEncoding.hash(
                log: log, position: at, stream: event.stream, type: event.type, occurredAt: nil, recordedAt: recordedAt,
                payloadDigest: salt.digest(of: event.payload), message: nil, scratch: &scratch)
            var grown = range
            grown.append(leaf)
            try await transaction.query(
                """
                select outcome from event_log.redact(\(log), \(range.size), \(recordedAt), \(grown.concatenated), \(position),
                    \(positions), \(leaf), \(salt), \(String(decoding: event.payload, as: UTF8.self)))
                """)
            return (at, redaction)
        }
    }
}
