import EventLog
package import EventSourcing
package import Postgres

/// A whole log as lines of JSON, with salts: all that a stranger needs to recompute its tree.
///
/// Ascending by position, a message before its first event; numbers are plain, times in microseconds since 1970, bytes in
/// base64 (RFC 4648 section 4):
///
/// ```
/// {"kind":"log","schema":"audit-dump/1","log":"RH5","position":9,"range":"…","recorded_at":…,"last_row":9}
/// {"kind":"message","position":1,"event_count":2,"recorded_at":…,"sender":"…","control_id":"…","trigger":"ADT^A01",
///  "disposition":"read","answer":"AA","reason":null,"received_from":"…","digest":"…","salt":"…","bytes":"…"}
/// {"kind":"event","position":1,"stream":"…","type":"…","occurred_at":…|null,"recorded_at":…,"message":1|null,
///  "leaf":"…","salt":"…","payload":"…"}
/// {"kind":"checkpoint","size":9,"root":"…","note":"…"}
/// {"kind":"end","events":9,"messages":7}
/// ```
///
/// What was taken out has empty `salt`, and `salted_digest` (SHA-256(salt || content) as it was) and `redacted_at` (the
/// position of the event that says so) where a redaction is noted. Reads as the auditor, in constant memory.
package struct LogDump: Sendable {
    private let pool: PostgresPool
    private let log: LogName

    /// Events read at once.
    private static let eventsMax: Int64 = 256

    package init(pool: PostgresPool, log: LogName) {
        self.pool = pool
        self.log = log
    }

    /// Writes the lines up to where the log ends now, some at a time, each with its line feed.
    ///
    /// - Throws: `AuditError.logUnknown`, `PostgresError`, and what `write` throws.
    package func run(
        progress: (Int64, Int64) -> Void = { _, _ in }, to write: ([UInt8]) throws -> Void
    ) async throws {
        let head = try await pool.query(
            """
            select h.position, h.recorded_at, h.range,
                (select e.position from event_log.event e where e.log = h.log order by e.position desc limit 1)
            from event_log.head h where h.log = \(log)
            """)
        guard let row = head.first else { throw AuditError.logUnknown(log: log.rawValue) }
        let end: Int64 = try row.decode(0)
        try write(
            line("log") { json in
                json.key("last_row")
                json.integer(try row.decode(3, as: Int64?.self) ?? 0)
                json.key("log")
                json.string(log.rawValue)
                json.key("position")
                json.integer(end)
                json.key("range")
                json.string(Base64.encode(try row.decode(2, as: [UInt8].self)))
                json.key("recorded_at")
                json.integer(try row.decode(1, as: Instant.self).microseconds)
                json.key("schema")
                json.string("audit-dump/1")
            })
        var (events, messages) = (Int64(0), Int64(0))
        var position: Int64 = 0
        while position < end {
            let last = min(position + Self.eventsMax, end)
            let range = (position + 1)...last
            let (told, told2) = try await pool.transaction(.repeatableReadOnly) { transaction in
                let results = try await transaction.pipeline([Self.messages(log, range), Self.events(log, range)])
                return (results[0], results[1])
            }
            var lines: [UInt8] = []
            var next = told.startIndex
            func writeMessages(through position: Int64) throws {
                while next < told.endIndex, try told[next].decode(0, as: Int64.self) <= position {
                    lines += try message(told[next])
                    next += 1
                    messages += 1
                }
            }
            for event in told2 {
                try writeMessages(through: try event.decode(0))
                lines += try self.event(event)
                events += 1
            }
            try writeMessages(through: last)
            try write(lines)
            position = last
            progress(position, end)
        }
        for row in try await pool.query(
            "select size, root, note from event_log.checkpoint where log = \(log) order by size")
        {
            try write(
                line("checkpoint") { json in
                    json.key("note")
                    json.string(try row.decode(2))
                    json.key("root")
                    json.string(Base64.encode(try row.decode(1, as: [UInt8].self)))
                    json.key("size")
                    json.integer(try row.decode(0))
                })
        }
        try write(
            line("end") { json in
                json.key("messages")
                json.integer(messages)
            } before: { json in
                json.key("events")
                json.integer(events)
            })
    }

    /// One line: what sorts before `kind` first, as the canonical form wants it.
    private func line(
        _ kind: String, _ fields: (inout JSONWriter) throws -> Void, before: (inout JSONWriter) throws -> Void = { _ in }
    ) rethrows -> [UInt8] {
        var json = JSONWriter(reservingCapacity: 2_048)
        json.beginObject()
        try before(&json)
        json.key("kind")
        json.string(kind)
        try fields(&json)
        json.endObject()
        return json.bytes + [0x0A]
    }

    private static func events(_ log: LogName, _ range: ClosedRange<Int64>) -> SQL {
        """
        select e.position, e.stream, e.type, e.occurred_at, e.recorded_at, e.message_position, e.leaf_hash, e.salt,
            convert_to(e.payload, 'UTF8'), r.payload_digest, r.told_at
        from event_log.event e left join event_log.redaction r on r.log = e.log and r.position = e.position
        where e.log = \(log) and e.position between \(range.lowerBound) and \(range.upperBound) order by e.position
        """
    }

    private static func messages(_ log: LogName, _ range: ClosedRange<Int64>) -> SQL {
        """
        select m.position, m.event_count, m.recorded_at, m.sender, m.control_id, m.trigger, m.disposition, m.answer, m.reason,
            m.received_from, m.digest, m.salt, m.bytes, r.message_digest, r.told_at
        from event_log.message m left join event_log.redaction r on r.log = m.log and r.position = m.position
        where m.log = \(log) and m.position between \(range.lowerBound) and \(range.upperBound) order by m.position
        """
    }

    private func event(_ row: PostgresRow) throws -> [UInt8] {
        try line("event") { json in
            json.key("leaf")
            json.string(Base64.encode(try row.decode(6, as: [UInt8].self)))
            json.key("message")
            if let position = try row.decode(5, as: Int64?.self) { json.integer(position) } else { json.null() }
            json.key("occurred_at")
            if let at = try row.decode(3, as: Instant?.self) { json.integer(at.microseconds) } else { json.null() }
            json.key("payload")
            json.string(Base64.encode(try row.decode(8, as: [UInt8].self)))
            json.key("position")
            json.integer(try row.decode(0))
            json.key("recorded_at")
            json.integer(try row.decode(4, as: Instant.self).microseconds)
            try Self.redaction(row, digest: 9, at: 10, &json)
            json.key("stream")
            json.string(try row.decode(1))
            json.key("type")
            json.string(try row.decode(2))
        }
    }

    private func message(_ row: PostgresRow) throws -> [UInt8] {
        try line("message") { json in
            json.key("position")
            json.integer(try row.decode(0))
            json.key("reason")
            if let reason = try row.decode(8, as: String?.self) { json.string(reason) } else { json.null() }
            json.key("received_from")
            json.string(try row.decode(9))
            json.key("recorded_at")
            json.integer(try row.decode(2, as: Instant.self).microseconds)
            try Self.redaction(row, digest: 13, at: 14, &json, salt: 11)
            json.key("sender")
            json.string(try row.decode(3))
            json.key("trigger")
            json.string(try row.decode(5))
        } before: { json in
            json.key("answer")
            json.string(try row.decode(7))
            json.key("bytes")
            json.string(Base64.encode(try row.decode(12, as: [UInt8].self)))
            json.key("control_id")
            json.string(try row.decode(4))
            json.key("digest")
            json.string(Base64.encode(try row.decode(10, as: [UInt8].self)))
            json.key("disposition")
            json.string(try row.decode(6))
            json.key("event_count")
            json.integer(try row.decode(1))
        }
    }

    /// Salt, and what a redaction kept in its place.
    private static func redaction(
        _ row: PostgresRow, digest: Int, at: Int, _ json: inout JSONWriter, salt: Int = 7
    ) throws {
        if let told = try row.decode(at, as: Int64?.self) {
            json.key("redacted_at")
            json.integer(told)
        }
        json.key("salt")
        json.string(Base64.encode(try row.decode(salt, as: [UInt8].self)))
        if let kept = try row.decode(digest, as: [UInt8]?.self) {
            json.key("salted_digest")
            json.string(Base64.encode(kept))
        }
    }
}
