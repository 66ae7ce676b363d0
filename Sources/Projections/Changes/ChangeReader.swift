import EventLog
import EventSourcing
package import Postgres

/// Reads practices' journals within one scope, and records each look in the transaction that looks.
///
/// As `ListReader`: access record and page are one pipelined transaction; the patients named are recorded as shown. The pool
/// logs in as `primary_conect_service`.
package struct ChangeReader: Sendable {
    /// The most changes of a page.
    package static let limitMax = 500

    private let pool: PostgresPool

    /// Reads through a pool.
    package init(pool: PostgresPool) {
        self.pool = pool
    }

    /// The key by which this installation signs cursors.
    package func cursorKey() async throws -> ChangeCursorKey {
        guard let row = try await pool.query("select practice.cursor_key()").first else {
            throw ProjectionError.installationMissing
        }
        return ChangeCursorKey(try row.decode(0, as: [UInt8].self))
    }

    /// The next changes of the practice that `access` names; `limit` is 1...500.
    ///
    /// Throws `ProjectionError.cursorExpired` if what follows the cursor is no longer kept, `.limitOutOfRange`, or
    /// `PostgresError`.
    package func changes(access: AccessRequest, from start: ChangeStart, limit: Int) async throws -> ChangePage {
        guard (1...Self.limitMax).contains(limit) else { throw ProjectionError.limitOutOfRange }
        let results = try await pool.pipeline([
            AccessStatements.open(access), Self.select(access.practice, from: start, limit: limit),
        ])
        let result = results[1]
        var head = ColumnReader(result[0])
        let (epoch, count, keptFrom): (Int32, Int64, Int64) = (try head.next(), try head.next(), try head.next())
        if case .after(let cursor) = start {
            // One that is ahead was given out by a journal that has since been restored from a backup.
            guard cursor.epoch == epoch, cursor.count >= keptFrom - 1, cursor.count <= count else {
                throw ProjectionError.cursorExpired
            }
        }
        var changes: [JournalledChange] = []
        for row in result {
            if let change = try Self.decode(row, practice: access.practice) { changes.append(change) }
        }
        let asked: Int64 =
            switch start {
            case .now: count
            case .oldest: keptFrom - 1
            case .after(let cursor): cursor.count
            }
        let next = changes.last?.count ?? asked
        return ChangePage(
            changes: changes, next: ChangeCursor(epoch: epoch, count: next), isCaughtUp: next >= count)
    }

    /// Columns: head of the journal, how many patients were noted, then a change, or NULLs if there is none.
    private static func select(_ practice: String, from start: ChangeStart, limit: Int) -> SQL {
        let after: SQL =
            switch start {
            case .now: "h.count > head.count"
            case .oldest: "h.count >= head.kept_from"
            case .after(let cursor): "h.count > \(cursor.count) and h.count <= head.count and head.epoch = \(cursor.epoch)"
            }
        return """
            with head as materialized (
                select coalesce(max(p.epoch), 1) as epoch, coalesce(max(p.count), 0)::bigint as count,
                       coalesce(max(p.kept_from), 1)::bigint as kept_from
                from practice.pulse(array[\(practice)]) p
            ), page as materialized (
                select h.* from practice.change h, head
                where h.practice = \(practice) and \(after) order by h.count limit \(limit)
            )
            select head.epoch, head.count, head.kept_from, noted.shown, page.count, page.type, page.encounter_ref,
                   page.patient_ref, page.hospital, page.class, page.lists, page.happened_at, page.told_at
            from head
            cross join (select audit.record_shown(array(select page.patient_ref from page)) as shown) noted
            left join page on true
            order by page.count
            """
    }

    private static func decode(_ row: PostgresRow, practice: String) throws -> JournalledChange? {
        var columns = ColumnReader(row, first: 4)
        guard let count: Int64 = try columns.next() else { return nil }
        let type: String = try columns.next()
        return JournalledChange(
            count: count,
            change: PracticeChange(
                practice: practice, type: ChangeType(rawValue: type), encounterRef: try columns.next(),
                patientRef: try columns.next(), hospital: try columns.next(), encounterClass: try columns.next(),
                lists: try columns.next(), happenedAt: try columns.next(), toldAt: try columns.next()))
    }
}
