package import EventSourcing
package import Postgres

/// What is exported.
package enum ExportSubject: Sendable, Hashable {
    /// Events of one log or of all, by when they were recorded.
    case events(log: String?, since: Instant?, until: Instant?)
    /// Messages likewise, with their bytes in base 64.
    case messages(log: String?, since: Instant?, until: Instant?)
    /// One view (`FieldRules.views`), of one practice or of all.
    case view(String, practice: String?)

    /// What is left of its fields where identifiers are taken out.
    package var rules: [String: FieldRule] {
        switch self {
        case .events: FieldRules.event
        case .messages: FieldRules.message
        case .view(let name, _): FieldRules.views[name] ?? [:]
        }
    }
}

/// Reads what is exported: a batch at a time, as of one moment, within an access record.
///
/// Memory does not grow with what is read. Patients whom a view shows stand in the access record by their refs; events
/// and messages have none, so their record says what was exported and why. Where identifiers are taken out nobody is
/// shown, and the record says no more than that. The pool logs in as `primary_conect_auditor`.
package struct ExportReader: Sendable {
    private let pool: PostgresPool

    package init(pool: PostgresPool) {
        self.pool = pool
    }

    /// Events of the logs now, for progress.
    package func eventCount(of log: String?) async throws -> Int {
        let scope: SQL = if let log { "where log = \(log)" } else { "" }
        let result = try await pool.query("select coalesce(sum(position), 0)::int8 from event_log.head \(scope)")
        return Int(try result[0].decode(0, as: Int64.self))
    }

    /// Gives all rows in batches; the record is committed once `body` has taken the last.
    package func each(
        _ subject: ExportSubject, without pseudonymiser: Pseudonymiser?, look: AuditLook,
        _ body: ([ExportRow]) async throws -> Void
    ) async throws {
        try await pool.transaction(.repeatableRead) { transaction in
            _ = try await look.open(in: transaction)
            try await Self.each(subject, without: pseudonymiser, in: transaction, body)
        }
    }

    /// The same within a transaction that has its access record; several in one, one after another.
    static func each(
        _ subject: ExportSubject, without pseudonymiser: Pseudonymiser?, in transaction: PostgresTransaction,
        _ body: ([ExportRow]) async throws -> Void
    ) async throws {
        guard let select = Self.select(subject, withIdentifiers: pseudonymiser == nil) else { return }
        let rules = subject.rules
        try await transaction.query("set local timezone to 'UTC'")
        try await transaction.query("declare export no scroll cursor for \(select)")
        while true {
            let result = try await transaction.query("fetch 500 from export")
            guard !result.isEmpty else { break }
            var rows: [ExportRow] = []
            rows.reserveCapacity(result.count)
            for line in result {
                let row = try ExportRow(json: Array(try line.decode(0, as: String.self).utf8))
                rows.append(pseudonymiser?.row(row, rules) ?? row)
            }
            if pseudonymiser == nil {
                try await AuditLook.record(
                    shown: Array(Set(rows.compactMap { $0.text("patient_ref") })), in: transaction)
            }
            try await body(rows)
        }
        try await transaction.query("close export")
    }

    /// One column: a row as JSON. Bytes of messages and salts are not even read where identifiers are taken out.
    private static func select(
        _ subject: ExportSubject, withIdentifiers: Bool
    ) -> SQL? {
        switch subject {
        case .events(let log, let since, let until):
            let proof: SQL =
                withIdentifiers ? ", 'salt', encode(salt, 'hex'), 'leaf_hash', encode(leaf_hash, 'hex')" : ""
            return """
                select json_build_object(
                    'log', log, 'position', position, 'stream', stream, 'type', type, 'recorded_at', recorded_at,
                    'occurred_at', occurred_at, 'message_position', message_position, 'payload', nullif(payload, '')::json \(proof)
                )::text
                from event_log.event where \(narrowing(log, since, until)) order by log, position
                """
        case .messages(let log, let since, let until):
            let bytes: SQL =
                withIdentifiers
                ? """
                , 'reason', reason, 'received_from', received_from, 'digest', encode(digest, 'hex'), 'salt', encode(salt, 'hex'),
                'bytes', replace(encode(bytes, 'base64'), chr(10), '')
                """ : ""
            return """
                select json_build_object(
                    'log', log, 'position', position, 'recorded_at', recorded_at, 'sender', sender,
                    'control_id', control_id, 'control_id_reused', control_id_reused, 'trigger', trigger,
                    'disposition', disposition, 'answer', answer, 'event_count', event_count,
                    'byte_count', octet_length(bytes) \(bytes))::text
                from event_log.message where \(narrowing(log, since, until)) order by log, position
                """
        case .view(let name, let practice):
            guard let rules = FieldRules.views[name] else { return nil }
            let scope: SQL = if let practice { "where v.practice = \(practice)" } else { "" }
            let hasPractice = rules["practice"] != nil
            if practice != nil, !hasPractice { return nil }
            return """
                select row_to_json(v)::text from practice.\(identifier: name) v \(scope) order by \(order(name))
                """
        }
    }

    private static func order(_ view: String) -> SQL {
        switch view {
        case "encounter": "v.practice, v.hospital, v.encounter_ref"
        case "registration": "v.practice, v.nhs_number"
        case "concern": "v.practice, v.concern_id"
        case "discussion": "v.practice, v.huddle_day, v.patient_ref"
        case "huddle": "v.practice, v.day"
        case "action": "v.practice, v.action_id"
        case "symphony": "v.practice, v.patient_ref"
        case "onboarding_case": "v.hospital, v.case_id"
        default: "v.hospital"
        }
    }

    private static func narrowing(_ log: String?, _ since: Instant?, _ until: Instant?) -> SQL {
        var sql: SQL = "true"
        if let log { sql = "\(sql) and log = \(log)" }
        if let since { sql = "\(sql) and recorded_at >= \(since)" }
        if let until { sql = "\(sql) and recorded_at < \(until)" }
        return sql
    }
}
