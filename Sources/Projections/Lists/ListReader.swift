import EventLog
package import EventSourcing
package import Postgres

/// Reads a practice's lists within one scope, and records each look in the transaction that looks.
///
/// One round trip: the access record, the feeds and the page are pipelined as one transaction, and nothing is returned
/// before it has been committed. A read whose record cannot be written fails. The pool logs in as
/// `primary_conect_service`, which sees no row without the record.
package struct ListReader: Sendable {
    /// The lines of a page if not said otherwise.
    package static let limitDefault = 50
    /// The most lines of a page.
    package static let limitMax = 200

    private let pool: PostgresPool
    private let rule: FreshnessRule
    private let now: (@Sendable () -> Instant)?

    /// Reads through a pool; `now` decides freshness and standing, by default the database's clock.
    package init(pool: PostgresPool, rule: FreshnessRule = FreshnessRule(), now: (@Sendable () -> Instant)? = nil) {
        self.pool = pool
        self.rule = rule
        self.now = now
    }

    /// One page of a list of the practice that `access` names.
    ///
    /// `since` leaves out what was told at or before it (not used by `inHospital`). `limit` is 1...200. A cursor comes
    /// from the page before, asked with the same `since`. Feeds are read before rows, so the page may show a little
    /// more than `toldThrough` says, never less. Throws `ProjectionError.cursorInvalid`, `.limitOutOfRange`, or
    /// `PostgresError`.
    package func rows(
        of list: PracticeList, access: AccessRequest, since: Instant? = nil, limit: Int = limitDefault,
        cursor: String? = nil
    ) async throws -> ListPage {
        guard (1...Self.limitMax).contains(limit) else { throw ProjectionError.limitOutOfRange }
        let query = ListQuery(
            list: list, practice: access.practice, since: since, limit: limit,
            cursor: try cursor.map { text throws(ProjectionError) in try ListCursor(text, of: list) })
        let results = try await pool.pipeline([AccessStatements.open(access), feedSelect, query.statement])
        let opened = try OpenedAccess(results[0])
        let madeAt = now?() ?? opened.at
        let feeds = try FeedTable.decode(results[1], rule: rule, now: madeAt)
        let lines = try Lines(results[2], now: madeAt)
        let shown = Array(lines.items.prefix(limit))
        return ListPage(
            list: list, practice: access.practice, items: shown.map(\.item), total: lines.total,
            nextCursor: lines.items.count > limit ? shown.last.map { Self.cursor(after: $0.row, of: list).text } : nil,
            feeds: feeds, madeAt: madeAt, accessID: opened.id)
    }

    /// How fresh each feed is; a look like any other, recorded with no patient shown.
    package func feeds(access: AccessRequest) async throws -> [FeedFreshness] {
        let results = try await pool.pipeline([AccessStatements.open(access), feedSelect])
        let opened = try OpenedAccess(results[0])
        return try FeedTable.decode(results[1], rule: rule, now: now?() ?? opened.at)
    }

    /// How fresh each feed is and how far the views are; a look like any other, recorded with no patient shown.
    package func standing(access: AccessRequest) async throws -> ServiceStanding {
        let results = try await pool.pipeline([AccessStatements.open(access), feedSelect, ServiceStanding.select])
        let opened = try OpenedAccess(results[0])
        return try ServiceStanding(
            feeds: FeedTable.decode(results[1], rule: rule, now: now?() ?? opened.at),
            logs: ServiceStanding.decodeLogs(results[2]))
    }

    /// Which hour's rhythm is read is settled before the database is asked; seconds beside its clock do no harm.
    private var feedSelect: SQL { FeedTable.select(at: now?() ?? WallClock.now()) }

    /// Records a look that was refused; opens nothing.
    package func recordDenial(_ access: AccessRequest, reason: DenialReason) async throws {
        _ = try await pool.query(AccessStatements.deny(access, reason: reason))
    }

    private static func cursor(after row: EncounterRow, of list: PracticeList) -> ListCursor {
        let sortedBy =
            switch list {
            case .discharges: row.endedAt ?? row.lastToldAt
            case .corrected: row.correctedAt
            case .admissions, .inHospital, .attendances: row.startedAt
            }
        return ListCursor(list: list, sortedBy: sortedBy, encounterRef: row.encounterRef)
    }
}

/// The lines that `ListQuery` gives, and how many there are in all.
private struct Lines {
    struct Line {
        let row: EncounterRow
        let item: ListItem
    }

    let items: [Line]
    let total: Int

    init(_ result: PostgresResult, now: Instant) throws {
        var after = ColumnReader(result[0], first: EncounterTable.columnCount)
        total = Int(try after.next() as Int64)
        var items: [Line] = []
        for index in 0..<result.count {
            // Of an empty list there is one row, with the total and no line.
            let key: String? = try result[index].decode(0, as: String?.self)
            guard key != nil else { continue }
            let row = try EncounterTable.decode(result[index])
            let item = ListItem(row: row.withholdingLocation(), standing: EncounterStanding.of(row, now: now))
            items.append(Line(row: row, item: item))
        }
        self.items = items
    }
}
