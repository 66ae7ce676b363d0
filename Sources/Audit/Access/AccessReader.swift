import Admissions
import EventSourcing
package import Postgres

/// One page of an access report.
package struct AccessPage: Sendable {
    package var lines: [AccessLine]
    /// Behind which the next page begins; `nil` after the last.
    package var next: AccessPlace?
}

/// Reads who looked at what, and writes that this was read.
///
/// Lines come in the order of time, practice and record. A look under way may be told a moment late, never twice; the
/// record of the reading itself is not among the lines of its own answer. The pool logs in as `primary_conect_auditor`.
package struct AccessReader: Sendable {
    /// The most lines of a page, and of a batch.
    package static let linesMax = 500

    private let pool: PostgresPool

    package init(pool: PostgresPool) {
        self.pool = pool
    }

    /// At most `limit` lines behind a place; the whole page stands in the reader's own access record.
    package func page(
        _ question: AccessQuestion, after place: AccessPlace? = nil, limit: Int = AccessReader.linesMax,
        look: AuditLook
    ) async throws -> AccessPage {
        try await pool.transaction { transaction in
            let opened = try await look.open(in: transaction)
            let page = try await Self.page(question, after: place, limit: limit, own: opened.id, in: transaction)
            try await AuditLook.record(shown: Self.shown(page.lines), in: transaction)
            return page
        }
    }

    /// A page within a transaction that has its access record, and records whom it shows.
    static func page(
        _ question: AccessQuestion, after place: AccessPlace?, limit: Int, own: String,
        in transaction: PostgresTransaction
    ) async throws -> AccessPage {
        let limit = min(max(1, limit), linesMax)
        let refs = try await refs(question, transaction)
        let select = select(question, refs: refs, after: place, own: own, limit: "limit \(limit + 1)")
        var lines = try lines(try await transaction.query(select))
        let hasMore = lines.count > limit
        if hasMore { lines.removeLast() }
        return AccessPage(lines: lines, next: hasMore ? lines.last?.place : nil)
    }

    /// All lines in batches, in one transaction and so as of one moment; memory does not grow with their number.
    ///
    /// The record of whom they show is committed once all is read: what `body` throws takes the answer and the record.
    package func each(
        _ question: AccessQuestion, look: AuditLook, _ body: ([AccessLine]) async throws -> Void
    ) async throws {
        try await pool.transaction(.repeatableRead) { transaction in
            let opened = try await look.open(in: transaction)
            let refs = try await Self.refs(question, transaction)
            let select = Self.select(question, refs: refs, after: nil, own: opened.id, limit: "")
            try await transaction.query("declare report no scroll cursor for \(select)")
            while true {
                let lines = try Self.lines(try await transaction.query("fetch 500 from report"))
                guard !lines.isEmpty else { return }
                try await AuditLook.record(shown: Self.shown(lines), in: transaction)
                try await body(lines)
            }
        }
    }

    private static func shown(_ lines: [AccessLine]) -> [String] {
        Array(Set(lines.flatMap(\.refs)))
    }

    private static func refs(
        _ question: AccessQuestion, _ transaction: PostgresTransaction
    ) async throws -> [String]? {
        guard let person = question.person else { return nil }
        return try await PersonRefs.find(person, in: transaction).refs
    }

    // MARK: The statement

    /// Which lines they are is found before whom they show, so that a page reads no more than its own of the latter.
    private static func select(
        _ question: AccessQuestion, refs: [String]?, after place: AccessPlace?, own: String, limit: SQL
    ) -> SQL {
        let narrowed: SQL = if let refs { "filter (where r.ref = any (\(refs)))" } else { "" }
        let ofPerson: SQL =
            if let refs {
                "and (a.practice, a.id) in (select s.practice, s.access from audit.shown s where s.refs && \(refs))"
            } else {
                ""
            }
        let looks: SQL = """
            select case when a.outcome = 'denied' then 'denial' when a.break_glass is not null then 'break-glass'
                        when a.purpose like 'reveal: %' then 'reveal' else 'look' end as kind,
                   a.practice, a.id, a.at, a.subject, a.role, a.client, a.organisation, a.route,
                   case when a.purpose like 'reveal: %' then 'reveal' when a.purpose like 'audit: %' then 'audit'
                        else a.purpose end as purpose,
                   case when a.break_glass is not null then g.reason
                        when a.purpose like 'reveal: %' then substr(a.purpose, 9)
                        when a.purpose like 'audit: %' then substr(a.purpose, 8) end as reason,
                   a.request_id, a.denial, 1::bigint as count,
                   case when a.break_glass is not null then w.break_glass is not null end as is_reviewed
            from audit.access a
            left join audit.break_glass g on g.practice = a.practice and g.id = a.break_glass
            left join audit.break_glass_review w on w.practice = a.practice and w.break_glass = a.break_glass
            where a.id <> \(own)::uuid \(ofPerson)
            """
        let others: SQL =
            refs != nil
            ? ""
            : """
            union all
            select 'poll', p.practice, p.id, p.last_at, p.subject, p.role, p.client, null, p.route, 'direct-care',
                   null, '', null, p.polls, null
            from audit.poll p
            union all
            select 'grant', g.practice, g.id, g.at, g.subject, g.role, g.client, g.organisation, 'break-glass',
                   'break-glass', g.reason, g.request_id, null, 1, w.break_glass is not null
            from audit.break_glass g
            left join audit.break_glass_review w on w.practice = g.practice and w.break_glass = g.id
            """
        return """
            select l.kind, l.practice, l.id::text, l.at, l.subject, l.role, l.client, l.organisation, l.route,
                   l.purpose, l.reason, l.request_id, l.denial, s.patients, s.refs, l.count, l.is_reviewed
            from (select * from (\(looks) \(others)) as l
                  where \(narrowing(question, after: place))
                  order by l.at, l.practice, l.id \(limit)) as l
            cross join lateral (
                select count(distinct r.ref)::int4 as patients,
                       coalesce(array_agg(distinct r.ref) \(narrowed), '{}') as refs
                from audit.shown s cross join unnest(s.refs) as r (ref)
                where s.practice = l.practice and s.access = l.id) s
            order by l.at, l.practice, l.id
            """
    }

    private static func narrowing(_ question: AccessQuestion, after place: AccessPlace?) -> SQL {
        var sql: SQL = "true"
        if let practice = question.practice { sql = "\(sql) and l.practice = \(practice)" }
        if let user = question.user { sql = "\(sql) and l.subject = \(user)" }
        if let client = question.client { sql = "\(sql) and l.client = \(client)" }
        if let agent = question.agent { sql = "\(sql) and (l.subject = \(agent) or l.client = \(agent))" }
        if let since = question.since { sql = "\(sql) and l.at >= \(since)" }
        if let until = question.until { sql = "\(sql) and l.at < \(until)" }
        if !question.kinds.isEmpty {
            sql = "\(sql) and l.kind = any (\(question.kinds.map(\.rawValue).sorted()))"
        }
        if let record = question.record { sql = "\(sql) and l.id = \(record)::uuid" }
        if let isRead = question.isRead {
            sql = "\(sql) and (l.route = any (\(AccessLine.readRoutes.sorted()))) = \(isRead)"
        }
        guard let place else { return sql }
        return """
            \(sql) and l.at >= \(place.at)
            and (l.at, l.practice, l.id) > (\(place.at), \(place.practice) collate "C", \(place.id)::uuid)
            """
    }

    private static func lines(_ result: PostgresResult) throws -> [AccessLine] {
        var lines: [AccessLine] = []
        lines.reserveCapacity(result.count)
        for row in result {
            guard let kind = AccessLine.Kind(rawValue: try row.decode(0)) else {
                throw PostgresError(.decoding, message: "audit.access: unknown kind")
            }
            let refs: [String] = try row.decode(14)
            lines.append(
                AccessLine(
                    kind: kind, practice: try row.decode(1), id: try row.decode(2), at: try row.decode(3),
                    subject: try row.decode(4), role: try row.decode(5), client: try row.decode(6),
                    organisation: try row.decode(7), route: try row.decode(8), purpose: try row.decode(9),
                    reason: try row.decode(10), requestID: try row.decode(11), denial: try row.decode(12),
                    patients: Int(try row.decode(13, as: Int32.self)), refs: refs.sorted(),
                    count: Int(try row.decode(15, as: Int64.self)), isReviewed: try row.decode(16)))
        }
        return lines
    }
}
