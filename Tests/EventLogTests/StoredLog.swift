import EventSourcing
import Postgres
import TestSupport

/// What the tables hold, read as superuser: for tests that look behind the reader.
struct StoredLog: Sendable {
    struct Row: Sendable, Equatable {
        let position: Int64
        /// Empty for an event that no message told.
        let controlID: String
    }

    let rows: [Row]
    let head: Int64
    let range: [UInt8]
    /// The range computed again from payloads, bytes and salts, by the documentation of `LeafEncoding`.
    let recomputed: CompactRange

    init(_ log: LogName, _ session: PostgresSession) throws {
        let result = try session.execute(
            """
            select e.position, coalesce(m.control_id, ''), e.stream, e.type, e.occurred_at, e.recorded_at, e.salt,
                e.payload, m.position, m.salt, m.bytes, e.leaf_hash
            from event_log.event e left join event_log.message m on m.log = e.log and m.position = e.message_position
            where e.log = \(log.rawValue) order by e.position
            """)
        var rows: [Row] = []
        var range = CompactRange()
        for row in result {
            let position: Int64 = try row.decode(0)
            rows.append(Row(position: position, controlID: try row.decode(1)))
            let occurred: PostgresTimestamp? = try row.decode(4)
            let recorded: PostgresTimestamp = try row.decode(5)
            let payload: String = try row.decode(7)
            var message: (Position, Digest)?
            // None told what an operator did.
            if let place = try row.decode(8, as: Int64?.self) {
                let salt: [UInt8] = try row.decode(9)
                let bytes: [UInt8] = try row.decode(10)
                message = (Position(place), Digest(of: salt + bytes))
            }
            let data = LeafEncoding.data(
                log: log, position: Position(position), stream: StreamName(try row.decode(2)), type: try row.decode(3),
                occurredAt: occurred.map { Instant(microseconds: $0.microseconds) },
                recordedAt: Instant(microseconds: recorded.microseconds),
                payloadDigest: Digest(of: try row.decode(6) + Array(payload.utf8)),
                message: message)
            let leaf = MerkleHash.leaf(data)
            guard leaf.bytes == (try row.decode(11, as: [UInt8].self)) else { throw LeafDiffers(position: position) }
            range.append(leaf)
        }
        self.rows = rows
        recomputed = range
        let head = try session.execute("select position, range from event_log.head where log = \(log.rawValue)")
        self.head = try head.first?.decode(0) ?? 0
        self.range = try head.first?.decode(1) ?? []
    }

    /// Whether positions have no gap and the head row says what the events say.
    var isWhole: Bool {
        rows.map(\.position) == Array(0..<Int64(rows.count)).map { $0 + 1 } && head == Int64(rows.count)
            && recomputed.concatenated == range
    }

    struct LeafDiffers: Error {
        let position: Int64
    }
}

extension TestDatabase {
    /// What the tables hold of one log.
    func stored(_ log: LogName = Given.hospital) async throws -> StoredLog {
        try await withSession { try StoredLog(log, $0) }
    }
}
