package import Admissions
import EventLog
package import EventSourcing
package import Postgres

/// Reads a practice's lists within one scope, and records each look in the transaction that looks.
///
/// One transaction of two round trips and a commit: the access record, the feeds and whom the list may show; then, once
/// the rules have decided, the lines themselves and the record of whom they show. Nothing is returned before it has
/// been committed. A read whose record cannot be written fails. The pool logs in as `primary_conect_service`, which
/// sees no row without the record.
package struct ListReader: Sendable {
    /// The lines of a page if not said otherwise.
    package static let limitDefault = 50
    /// The most lines of a page.
    package static let limitMax = 200

    private let pool: PostgresPool
    private let rule: FreshnessRule
    private let rules: HuddleRules
    private let now: (@Sendable () -> Instant)?

    /// Reads through a pool; `now` decides freshness, standing and days, by default the database's clock.
    package init(
        pool: PostgresPool, rule: FreshnessRule = FreshnessRule(), settings: HuddleSettings = HuddleSettings(),
        now: (@Sendable () -> Instant)? = nil
    ) {
        self.pool = pool
        self.rule = rule
        rules = HuddleRules(settings)
        self.now = now
    }

    /// One page of a list of the practice that `access` names.
    ///
    /// `since` leaves out what was told at or before it (not used by `inHospital`). `limit` is 1...200. A cursor comes
    /// from the page before, asked with the same `since`.
    package func rows(
        of list: PracticeList, access: AccessRequest, since: Instant? = nil, limit: Int = limitDefault,
        cursor: String? = nil
    ) async throws -> ListPage {
        try await page(
            ListQuestion(list, window: since.map { .after($0) } ?? .always, limit: limit, cursor: cursor),
            access: access)
    }

    /// One page of a list of the practice that `access` names; of the huddle, nothing.
    ///
    /// Feeds are read before rows, so the page may show a little more than `toldThrough` says, never less. Throws
    /// `ProjectionError.cursorInvalid`, `.limitOutOfRange`, `.windowTooWide`, or `PostgresError`.
    package func page(_ question: ListQuestion, access: AccessRequest) async throws -> ListPage {
        let start = try question.start()
        return try await pool.transaction { transaction in
            try await Look(question, access, self, transaction).page(of: question, from: start, by: rules, transaction)
        }
    }

    /// The huddle of the practice that `access` names: all sections at once.
    ///
    /// Without a window everything ever told is new. Throws as `page` does.
    package func huddle(
        window: ListQuestion.Window, filter: ListFilter = ListFilter(), access: AccessRequest
    ) async throws -> HuddlePage {
        let question = ListQuestion(.huddle, window: window, filter: filter)
        return try await pool.transaction { transaction in
            try await Look(question, access, self, transaction).huddle(filter, by: rules, transaction)
        }
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

    /// What a look at the rows finds.
    private struct Look: ListLook {
        let practice: String
        let accessID: String
        let madeAt: Instant
        let since: Instant?
        let feeds: [FeedFreshness]
        let people: CandidatePeople
        let bandCount: Int
        var cut: AsAtCut? { nil }

        init(
            _ question: ListQuestion, _ access: AccessRequest, _ reader: ListReader,
            _ transaction: PostgresTransaction
        ) async throws {
            let moment = reader.now?()
            let now: SQL = moment.map { "\($0)" } ?? "transaction_timestamp()"
            let candidates = CandidateQuery(
                list: question.list, practice: access.practice,
                since: question.list.hasWindow ? question.window.sql(practice: access.practice, now: now) : nil,
                now: now, day: LondonDay(of: moment ?? WallClock.now()).text, settings: reader.rules.settings)
            let results = try await transaction.pipeline([
                AccessStatements.open(access), reader.feedSelect, candidates.statement, candidates.concerns,
                "select \(question.window.sql(practice: access.practice, now: now) ?? "null::timestamptz") as since",
                question.list == .huddle ? candidates.bandCount : "select 0::int8",
            ] + CandidateMarks.statements(candidates))
            let opened = try OpenedAccess(results[0])
            practice = access.practice
            accessID = opened.id
            let madeAt = moment ?? opened.at
            self.madeAt = madeAt
            let start: Instant? = try results[4][0].decode(0, as: Instant?.self)
            since = question.list.hasWindow ? start : nil
            bandCount = Int(try results[5][0].decode(0, as: Int64.self))
            feeds = try FeedTable.decode(results[1], rule: reader.rule, now: madeAt)
            guard results[2].count <= CandidateQuery.rowsMax else { throw ProjectionError.windowTooWide }
            people = CandidatePeople(
                try results[2].map { try Candidate($0, now: madeAt) },
                concerns: try results[3].map { try CandidateConcern($0) },
                marks: try CandidateMarks(results[6...]))
        }

        func items(_ lines: [ListLines.Line], _ transaction: PostgresTransaction) async throws -> [ListItem] {
            let keys = lines.compactMap { line in
                line.person.candidates[line.encounter.ref].map { candidate in
                    EncounterTable.RowKey(
                        practice: practice, hospital: candidate.hospital, encounterRef: candidate.encounter.ref)
                }
            }
            let query = ListQuery(practice: practice, keys: keys)
            let rows = try query.decode(try await transaction.query(query.statement))
            return zip(lines, keys).compactMap { line, key in
                rows[key].map { row in
                    ListItem(
                        row: row.withholdingLocation(), standing: EncounterStanding.of(row, now: madeAt),
                        flags: line.flags, concerns: line.person.patient.concerns,
                        systemConcerns: line.systemConcerns, discussed: line.person.discussed, isNew: line.isNew)
                }
            }
        }
    }
}

extension ListQuestion.Window {
    /// The beginning of the window, an expression; `nil` is always.
    ///
    /// The last close counts as far back as `HuddleWindow` looks; one that lies ahead of the look does not, nor one of a
    /// huddle of another day: who tidies up Friday's on Monday has not spoken of the weekend.
    fileprivate func sql(practice: String, now: SQL) -> SQL? {
        switch self {
        case .always: nil
        case .after(let instant): "\(instant)"
        case .afterLastHuddle(let otherwise):
            """
            coalesce((select max(h.closed_at) from practice.huddle h where h.practice = \(practice) \
            and h.closed_at <= \(now) and (h.closed_at at time zone 'Europe/London')::date::text = h.day \
            and h.closed_at > \(now) - make_interval(days => \(Int32(HuddleWindow.reachDays)))), \(otherwise))
            """
        }
    }
}
