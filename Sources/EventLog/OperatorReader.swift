package import EventSourcing
package import Postgres

/// Reads what an operator may see of the logs: what is held back, and which identities were joined.
///
/// Codes are free to see. A message, or an event that names people, is read in a transaction that first records who
/// looks and why; the database gives none without the record. Needs the role of the operator.
package struct OperatorReader: Sendable {
    private let pool: PostgresPool

    /// Makes a reader.
    package init(pool: PostgresPool) {
        self.pool = pool
    }

    /// The messages that wait, of one log and reason or of all, in the order of logs and positions.
    package func waiting(
        in log: LogName? = nil, reason: String? = nil
    ) async throws(PostgresError) -> [WaitingMessage] {
        let result = try await pool.query(
            """
            select log, position, recorded_at, reason, trigger, sender, byte_count, payload
            from event_log.waiting(\(log as LogName?), \(reason as String?))
            """)
        var messages: [WaitingMessage] = []
        messages.reserveCapacity(result.count)
        for row in result {
            let reason: String? = try row.decode(3)
            let byteCount: Int32 = try row.decode(6)
            messages.append(
                WaitingMessage(
                    log: try row.decode(0), position: try row.decode(1), recordedAt: try row.decode(2),
                    reason: reason ?? "", trigger: try row.decode(4), sender: try row.decode(5),
                    byteCount: Int(byteCount), payload: try row.decode(7, as: TextBytes.self).bytes))
        }
        return messages
    }

    /// The messages that are or were held back at these positions; others are passed over.
    package func messages(
        in log: LogName, at positions: [Position], look: OperatorLook
    ) async throws -> [HeldMessage] {
        let result = try await recorded(
            look,
            """
            select position, recorded_at, reason, trigger, sender, salt, bytes, payload, settled_by, settled_at
            from event_log.held_messages(\(log), \(positions))
            """)
        var messages: [HeldMessage] = []
        messages.reserveCapacity(result.count)
        for row in result {
            let reason: String? = try row.decode(2)
            let settledBy: String? = try row.decode(8)
            let settledAt: Position? = try row.decode(9)
            var settlement: HeldMessage.Settlement?
            if let settledBy, let settledAt { settlement = .init(type: settledBy, position: settledAt) }
            messages.append(
                HeldMessage(
                    log: log, position: try row.decode(0), recordedAt: try row.decode(1), reason: reason ?? "",
                    trigger: try row.decode(3), sender: try row.decode(4), salt: try row.decode(5),
                    bytes: try row.decode(6), payload: try row.decode(7, as: TextBytes.self).bytes,
                    settlement: settlement))
        }
        return messages
    }

    /// The events of a log that join local identifiers or part them again, in order.
    package func identityEvents(in log: LogName, look: OperatorLook) async throws -> [IdentityEvent] {
        let result = try await recorded(
            look,
            """
            select position, recorded_at, type, payload
            from event_log.identity_events(\(log))
            """)
        var events: [IdentityEvent] = []
        events.reserveCapacity(result.count)
        for row in result {
            events.append(
                IdentityEvent(
                    position: try row.decode(0), recordedAt: try row.decode(1), type: try row.decode(2),
                    payload: try row.decode(3, as: TextBytes.self).bytes))
        }
        return events
    }

    /// Reads with the access record written first, in one transaction.
    private func recorded(_ look: OperatorLook, _ sql: SQL) async throws -> PostgresResult {
        try await pool.transaction { transaction in
            try await transaction.query(look.statement)
            return try await transaction.query(sql)
        }
    }
}
