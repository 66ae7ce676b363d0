package import Admissions
import EventLog
package import EventSourcing
package import Postgres

/// Reads a practice's lists as they stood at a moment of the past, by folding what the logs had told by then with the
/// fold that the projector uses, and the rules that lists are made by.
///
/// Of the log only those are read whom the list may have shown: whom it would show by the rows of today if it were that
/// moment, and all whose rows changed since. A look is recorded like any other, in the transaction that looks; nothing is
/// returned before it has been committed. What is withheld today was never shown, and where somebody was who is
/// restricted today, whosever patient, is not said (product.md 4.9); whose past may be shown is the scope's to say.
/// Rhythms of feeds are those of today: a state of a feed is by them, unless the log said itself that it had fallen
/// silent.
///
/// `desk` logs in as `primary_conect_service`, `archive` as `primary_conect_auditor`.
package struct AsAtReader: Sendable {
    let desk: PostgresPool
    let archive: PostgresPool
    let rule: FreshnessRule
    let rules: HuddleRules
    private let identities = IdentityMemory()

    package init(
        desk: PostgresPool, archive: PostgresPool, rule: FreshnessRule = FreshnessRule(),
        settings: HuddleSettings = HuddleSettings()
    ) {
        self.desk = desk
        self.archive = archive
        self.rule = rule
        rules = HuddleRules(settings)
    }

    /// One page of a list as it stood; of the huddle, nothing.
    ///
    /// Throws `ProjectionError.cursorInvalid`, `.limitOutOfRange`, `.momentUnknown`, or `PostgresError`.
    package func page(
        _ question: ListQuestion, at moment: AsAtMoment, knowing knowledge: AsAtKnowledge = .then, scope: AsAtScope,
        access: AccessRequest
    ) async throws -> ListPage {
        let start = try question.start()
        return try await desk.transaction { desk in
            let ground = try await ground(question, at: moment, knowing: knowledge, scope, access, desk)
            return try await look(question, on: ground, knowing: knowledge)
                .page(of: question, from: start, by: rules, desk)
        }
    }

    /// The huddle as it stood.
    package func huddle(
        window: ListQuestion.Window, filter: ListFilter = ListFilter(), at moment: AsAtMoment,
        knowing knowledge: AsAtKnowledge = .then, scope: AsAtScope, access: AccessRequest
    ) async throws -> HuddlePage {
        let question = ListQuestion(.huddle, window: window, filter: filter)
        return try await desk.transaction { desk in
            let ground = try await ground(question, at: moment, knowing: knowledge, scope, access, desk)
            return try await look(question, on: ground, knowing: knowledge)
                .huddle(filter, by: rules, desk)
        }
    }

    /// A list, or all people of the huddle, as shown at a moment, beside what is known now of that moment: whole, and
    /// recorded as one look.
    ///
    /// Throws as `page` does.
    package func comparison(
        _ question: ListQuestion, at moment: AsAtMoment, access: AccessRequest
    ) async throws -> AsAtComparison {
        try await desk.transaction { desk in
            let ground = try await ground(question, at: moment, knowing: .now, .then, access, desk)
            func side(_ knowledge: AsAtKnowledge) async throws -> AsAtComparison.Side {
                let look = try await look(question, on: ground, knowing: knowledge)
                return AsAtComparison.Side(
                    since: look.since, items: try await look.items(look.lines(of: question, by: rules), desk))
            }
            return AsAtComparison(
                list: question.list, practice: access.practice, cut: ground.cut, feeds: ground.head.feeds,
                then: try await side(.then), now: try await side(.now), accessID: ground.head.accessID)
        }
    }

    /// When a moment was; reads no patient data.
    ///
    /// Throws `ProjectionError.momentUnknown` for a position that the log has not reached, or `PostgresError`.
    package func time(of moment: AsAtMoment) async throws -> Instant {
        switch moment {
        case .time(let time): return time
        case .position(let log, let position):
            let told = try await archive.query(
                "select recorded_at from event_log.event where log = \(log) and position = \(position)")
            guard let row = told.first else { throw ProjectionError.momentUnknown }
            return try row.decode(0)
        }
    }

    /// A list as it stood, within a look that is recorded already; shows nobody yet.
    func look(
        _ question: ListQuestion, at cut: AsAtCut, of practice: String, under accessID: String,
        _ desk: PostgresTransaction
    ) async throws -> AsAtLook {
        let ground = try await AsAtGround(
            question, at: cut, knowing: .then, .then, of: practice, under: accessID, ends: try await ends(), by: self,
            desk)
        return try await look(question, on: ground, knowing: .then)
    }

    // MARK: Looking

    private func ground(
        _ question: ListQuestion, at asked: AsAtMoment, knowing knowledge: AsAtKnowledge, _ scope: AsAtScope,
        _ access: AccessRequest, _ desk: PostgresTransaction
    ) async throws -> AsAtGround {
        let accessID = try OpenedAccess(try await desk.query(AccessStatements.open(access))).id
        let ends = try await ends()
        return try await AsAtGround(
            question, at: try await cut(at: asked, ends), knowing: knowledge, scope, of: access.practice,
            under: accessID, ends: ends, by: self, desk)
    }

    private func look(
        _ question: ListQuestion, on ground: AsAtGround, knowing knowledge: AsAtKnowledge
    ) async throws -> AsAtLook {
        let channel = StatementChannel.pool(archive)
        let practice = ground.head.practice
        var rows: [EncounterTable.RowKey: EncounterRow] = [:]
        var cases: Set<OnboardingCaseRow> = []
        for (hospital, found) in try await hospitals(ground, knowing: knowledge, channel) {
            for row in found.rows where row.practice == practice {
                guard let row = ground.people.shown(row, of: hospital, in: ground.scope) else { continue }
                rows[EncounterTable.RowKey(row, of: hospital)] = row
            }
            cases.formUnion(found.cases.filter { $0.practice == practice })
        }
        return try await AsAtLook(
            ground.head, of: question.list, rows: rows, cases: Array(cases), acts: ground.acts, settings: rules.settings
        ) { try await ground.own.registrations(of: $0, channel: channel) }
    }

    /// All people that are sought, by hospital; folded at once. Who was ever tied to some of two parts is in both.
    private func hospitals(
        _ ground: AsAtGround, knowing knowledge: AsAtKnowledge, _ channel: StatementChannel
    ) async throws -> [(LogName, AsAtHospital)] {
        try await withThrowingTaskGroup(of: (LogName, AsAtHospital).self) { group in
            for (hospital, parts) in ground.people.sought {
                for sought in parts where !sought.isEmpty {
                    group.addTask {
                        let found = try await AsAtHospital(
                            sought, of: hospital, at: ground.cut, knowing: knowledge, basis: ground.basis,
                            identities: ground.identities[hospital] ?? LogFold(), channel: channel)
                        return (hospital, found)
                    }
                }
            }
            var found: [(LogName, AsAtHospital)] = []
            for try await one in group { found.append(one) }
            return found
        }
    }

    /// Who is whom at a hospital, as known today.
    func identities(of hospital: LogName, through ends: [LogName: Position]) async throws -> LogFold {
        try await identities.identities(of: hospital, through: ends[hospital] ?? .origin, channel: .pool(archive))
    }

    // MARK: The moment

    /// Where each log ends today.
    func ends() async throws -> [LogName: Position] {
        try CheckpointTable.decodePositions(try await archive.query("select log, position from event_log.head"))
    }

    /// Throws `ProjectionError.momentUnknown` for a position that the log has not reached, or `PostgresError`.
    func cut(at asked: AsAtMoment, _ ends: [LogName: Position]) async throws -> AsAtCut {
        let moment = try await time(of: asked)
        let logs = ends.keys.sorted()
        let result = try await archive.query(
            "select l.log, event_log.position_at(l.log, \(moment)) from unnest(\(logs)) as l (log)")
        var positions = try CheckpointTable.decodePositions(result)
        if case .position(let log, let position) = asked { positions[log] = position }
        return AsAtCut(moment: moment, positions: positions)
    }
}
