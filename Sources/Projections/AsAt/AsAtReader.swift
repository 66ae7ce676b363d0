package import Admissions
import EventLog
package import EventSourcing
package import Postgres

/// Reads a practice's lists as they stood at a moment of the past, by folding what the logs had told by then with the
/// fold that the projector uses, and the rules that lists are made by.
///
/// Of the log only those are read whom the list may have shown: whom it would show by the rows of today if it were that
/// moment, and all whose rows changed since. A look is recorded like any other, in the transaction that looks; nothing is
/// returned before it has been committed. What is withheld today was never shown, and where a patient was who is
/// restricted today is not said (product.md 4.9); whose past may be shown is the
/// scope's to say. Rhythms of feeds are those of today: a state of a feed is by them, unless the log said itself that it
/// had fallen silent.
///
/// `desk` logs in as `primary_conect_service`, `archive` as `primary_conect_auditor`.
package struct AsAtReader: Sendable {
    private let desk: PostgresPool
    let archive: PostgresPool
    let rule: FreshnessRule
    private let rules: HuddleRules
    let identities = IdentityMemory()

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
            let ground = try await Ground(question, at: moment, access, self, desk)
            return try await look(question, on: ground, knowing: knowledge, scope, desk)
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
            let ground = try await Ground(question, at: moment, access, self, desk)
            return try await look(question, on: ground, knowing: knowledge, scope, desk)
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
            let ground = try await Ground(question, at: moment, access, self, desk)
            func side(_ knowledge: AsAtKnowledge) async throws -> AsAtComparison.Side {
                let look = try await look(question, on: ground, knowing: knowledge, .then, desk)
                return AsAtComparison.Side(
                    since: look.since, items: try await look.items(look.lines(of: question, by: rules), desk))
            }
            return AsAtComparison(
                list: question.list, practice: access.practice, cut: ground.cut, feeds: ground.feeds,
                then: try await side(.then), now: try await side(.now), accessID: ground.accessID)
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

    // MARK: Looking

    /// What a look stands on, whatever it knows: the record of who looks, the moment, what staff had done by then, and whom
    /// to fold.
    private struct Ground: Sendable {
        let practice: String
        let accessID: String
        /// Where each log ends today.
        let ends: [LogName: Position]
        let cut: AsAtCut
        let basis: ViewBasis
        let own: AsAtPractice
        let acts: ActRows
        let since: Instant?
        let query: CandidateQuery
        /// Of whom the practice's list has said something else since; of lists that go by it.
        let changed: Set<NHSNumber>
        let people: AsAtPeople
        let feeds: [FeedFreshness]
        /// How many people had a Symphony score in the highest band; of huddles alone.
        let bandCount: Int

        init(
            _ question: ListQuestion, at asked: AsAtMoment, _ access: AccessRequest, _ reader: AsAtReader,
            _ desk: PostgresTransaction
        ) async throws {
            let channel = StatementChannel.pool(reader.archive)
            let settings = reader.rules.settings
            practice = access.practice
            accessID = try OpenedAccess(try await desk.query(AccessStatements.open(access))).id
            ends = try CheckpointTable.decodePositions(
                try await channel.query("select log, position from event_log.head"))
            cut = try await reader.cut(asked, ends, channel)
            basis = try await ViewBasis.load(from: channel)
            own = try await AsAtPractice(practice, at: cut, key: basis.key, channel: channel)
            acts = own.acts.rows
            since = question.list.hasWindow ? own.windowStart(question.window, at: cut.moment, rows: acts) : nil
            query = CandidateQuery(
                list: question.list, practice: practice, since: since.map { "\($0)" }, now: "\(cut.moment)",
                day: LondonDay(of: cut.moment).text, settings: settings)
            changed = question.list == .fopas || question.list == .huddle
                ? try await own.changedSince(channel: channel) : []
            people = try AsAtPeople(
                try await desk.query(query.keysAsAt(adding: changed.map(\.digits).sorted())),
                adding: own.acts.subjectsOfOpenConcerns)
            feeds = try await FeedTable.feeds(at: cut, by: reader.rule, channel: channel)
            bandCount = question.list == .huddle
                ? try await reader.bandCount(own, acts.scores, changed, query, desk, channel) : 0
        }
    }

    /// What the fold finds on a ground.
    private struct Look: ListLook {
        let ground: Ground
        let people: CandidatePeople
        let rows: [EncounterTable.RowKey: EncounterRow]

        var practice: String { ground.practice }
        var accessID: String { ground.accessID }
        var madeAt: Instant { ground.cut.moment }
        var since: Instant? { ground.since }
        var feeds: [FeedFreshness] { ground.feeds }
        var bandCount: Int { ground.bandCount }
        var cut: AsAtCut? { ground.cut }

        func items(_ lines: [ListLines.Line], _ desk: PostgresTransaction) async throws -> [ListItem] {
            let items: [ListItem] = lines.compactMap { line in
                guard let candidate = line.person.candidates[line.encounter.ref],
                    let row = rows[
                        EncounterTable.RowKey(
                            practice: practice, hospital: candidate.hospital, encounterRef: candidate.encounter.ref)]
                else { return nil }
                return ListItem(
                    row: row.withholdingLocation(), standing: EncounterStanding.of(row, now: madeAt),
                    flags: line.flags, concerns: line.person.patient.concerns, systemConcerns: line.systemConcerns,
                    discussed: line.person.discussed, isNew: line.isNew)
            }
            _ = try await desk.query(DetailStatements.recordShown(items.map(\.row.patient.ref)))
            return items
        }
    }

    private func look(
        _ question: ListQuestion, on ground: Ground, knowing knowledge: AsAtKnowledge, _ scope: AsAtScope,
        _ desk: PostgresTransaction
    ) async throws -> Look {
        let channel = StatementChannel.pool(archive)
        let cut = ground.cut
        var rows: [EncounterTable.RowKey: EncounterRow] = [:]
        var cases: [OnboardingCaseRow] = []
        for (hospital, sought) in ground.people.sought.sorted(by: { $0.key < $1.key }) {
            let facts = try await identities.facts(
                of: hospital, through: ground.ends[hospital] ?? .origin, channel: channel)
            let found = try await AsAtHospital(
                sought, of: hospital, at: cut, knowing: knowledge, basis: ground.basis, identities: facts,
                channel: channel)
            for row in found.rows where row.practice == ground.practice {
                guard let row = ground.people.shown(row, of: hospital, in: scope) else { continue }
                rows[EncounterTable.RowKey(row, of: hospital)] = row
            }
            cases += found.cases.filter { $0.practice == ground.practice && $0.joinedTo == nil }
        }
        let membership = ListMembership(
            list: question.list, since: ground.since, now: cut.moment, settings: rules.settings)
        let weighed = rows.filter { membership.isWeighed($0.value) }
        let numbers = Set(weighed.values.compactMap { $0.patient.nhsNumber.flatMap { NHSNumber($0) } })
        let listed = try await ground.own.registrations(of: numbers.sorted(), channel: channel)
        let candidates = weighed.sorted { $0.key < $1.key }.map { key, row in
            Candidate(
                row, hospital: key.hospital, listed: Self.listed(row, in: listed), isListed: membership.holds(row),
                now: cut.moment)
        }
        let present = AsAtRefs(rows.values)
        let marks = CandidateMarks(acts: ground.acts, cases: cases, day: ground.query.day, present: present)
        let concerns = ground.acts.concerns.filter { $0.state == Concern.State.open.rawValue }
            .sorted { ($0.raisedAt, $0.id) < ($1.raisedAt, $1.id) }.map { concern in
                CandidateConcern(
                    patient: CandidatePatient(hospital: concern.hospital, ref: present.of(concern.patientRef)),
                    concern: HuddlePatient.OpenConcern(
                        id: concern.id, kind: concern.kind, raisedAt: concern.raisedAt))
            }
        return Look(
            ground: ground, people: CandidatePeople(candidates, concerns: concerns, marks: marks), rows: rows)
    }

    private static func listed(_ row: EncounterRow, in listed: [String: RegistrationRow]) -> RegistrationRow? {
        guard let number = row.patient.nhsNumber, let person = listed[number], person.isListed else { return nil }
        return LondonDay(person.born).map { RegistrationBook.agree($0, row.patient.born) } ?? false ? person : nil
    }

    // MARK: The moment

    func cut(
        _ asked: AsAtMoment, _ ends: [LogName: Position], _ channel: StatementChannel
    ) async throws -> AsAtCut {
        let moment = try await time(of: asked)
        let logs = ends.keys.sorted()
        let result = try await channel.query(
            "select l.log, event_log.position_at(l.log, \(moment)) from unnest(\(logs)) as l (log)")
        var positions = try CheckpointTable.decodePositions(result)
        if case .position(let log, let position) = asked { positions[log] = position }
        return AsAtCut(moment: moment, positions: positions)
    }

    /// How many people had a Symphony score in the highest band, by whichever telling was the latest.
    private func bandCount(
        _ own: AsAtPractice, _ scores: [SymphonyRow], _ changed: Set<NHSNumber>, _ query: CandidateQuery,
        _ desk: PostgresTransaction, _ channel: StatementChannel
    ) async throws -> Int {
        var latest: [String: (score: Int64, day: String, byForm: Bool)] = [:]
        func take(_ person: String, _ score: Int64, _ day: String?, byForm: Bool) {
            let day = day ?? ""
            if let known = latest[person], (known.day, known.byForm ? 1 : 0) >= (day, byForm ? 1 : 0) { return }
            latest[person] = (score, day, byForm)
        }
        let unchanged = Set(changed.map(\.digits))
        for row in try await desk.query(query.listScores) {
            let (person, score, day) = try row.decode(String.self, Int64.self, String?.self)
            if !unchanged.contains(person) { take(person, score, day, byForm: false) }
        }
        for row in try await own.registrations(of: changed.sorted(), channel: channel).values where row.isListed {
            if let score = row.symphonyScore { take(row.nhsNumber, Int64(score), row.symphonyScoredOn, byForm: false) }
        }
        if !scores.isEmpty {
            var persons: [String: String] = [:]
            for row in try await desk.query(
                query.persons(ofRefs: scores.map(\.patientRef), hospitals: scores.map(\.hospital)))
            {
                let (ref, person) = try row.decode(String.self, String.self)
                persons[ref] = person
            }
            for score in scores {
                guard let person = persons[score.patientRef] else { continue }
                take(person, Int64(score.score), score.scoredOn, byForm: true)
            }
        }
        return latest.values.count { $0.score >= Int64(rules.settings.symphonyBandMin) }
    }
}
