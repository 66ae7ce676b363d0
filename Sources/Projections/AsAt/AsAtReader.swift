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
    private let archive: PostgresPool
    private let rule: FreshnessRule
    private let rules: HuddleRules
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
        guard (1...ListReader.limitMax).contains(question.limit) else { throw ProjectionError.limitOutOfRange }
        let cursor = try question.cursor.map { text throws(ProjectionError) in
            try ListCursor(text, of: question.list, sort: question.sort)
        }
        return try await desk.transaction { desk in
            let opened = try OpenedAccess(try await desk.query(AccessStatements.open(access)))
            let look = try await look(question, at: moment, knowing: knowledge, scope, access, desk)
            let lines = ListLines(rules: rules, since: look.since, now: look.cut.moment).lines(of: question, look.people)
            let rest = cursor.map { cursor in Array(lines.drop { $0.key <= cursor.key }) } ?? lines
            let shown = Array(rest.prefix(question.limit))
            let items = try await look.items(shown, desk)
            let next = rest.count > shown.count ? shown.last?.key : nil
            return ListPage(
                list: question.list, practice: access.practice, items: items, total: lines.count,
                nextCursor: next.map { ListCursor(list: question.list, sort: question.sort, key: $0).text },
                since: look.since, feeds: look.feeds, madeAt: look.cut.moment, accessID: opened.id, cut: look.cut)
        }
    }

    /// The huddle as it stood.
    package func huddle(
        window: ListQuestion.Window, filter: ListFilter = ListFilter(), at moment: AsAtMoment,
        knowing knowledge: AsAtKnowledge = .then, scope: AsAtScope, access: AccessRequest
    ) async throws -> HuddlePage {
        let question = ListQuestion(.huddle, window: window, filter: filter)
        return try await desk.transaction { desk in
            let opened = try OpenedAccess(try await desk.query(AccessStatements.open(access)))
            let look = try await look(question, at: moment, knowing: knowledge, scope, access, desk)
            let lines = ListLines(rules: rules, since: look.since, now: look.cut.moment).sections(look.people, filter)
            let shown = HuddleSection.allCases.flatMap { lines[$0] ?? [] }
            var items = try await look.items(shown, desk)[...]
            let inBand = shown.count { rules.isInSymphonyBand($0.person.patient) }
            let sections = HuddleSection.allCases.map { section in
                let count = lines[section]?.count ?? 0
                defer { items = items.dropFirst(count) }
                return HuddlePage.Section(
                    section: section, items: Array(items.prefix(count)),
                    othersUnchanged: section == .symphony ? look.bandCount - inBand : 0)
            }
            return HuddlePage(
                practice: access.practice, sections: sections, since: look.since ?? Instant(microseconds: 0),
                feeds: look.feeds, madeAt: look.cut.moment, accessID: opened.id, cut: look.cut)
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
            let opened = try OpenedAccess(try await desk.query(AccessStatements.open(access)))
            var sides: [AsAtComparison.Side] = []
            var cut: AsAtCut?
            var feeds: [FeedFreshness] = []
            for knowledge in [AsAtKnowledge.then, .now] {
                let look = try await look(question, at: moment, knowing: knowledge, .then, access, desk)
                let lines = ListLines(rules: rules, since: look.since, now: look.cut.moment)
                let shown: [ListLines.Line]
                if question.list == .huddle {
                    let sections = lines.sections(look.people, question.filter)
                    shown = HuddleSection.allCases.flatMap { sections[$0] ?? [] }
                } else {
                    shown = lines.lines(of: question, look.people)
                }
                sides.append(AsAtComparison.Side(since: look.since, items: try await look.items(shown, desk)))
                cut = look.cut
                if knowledge == .then { feeds = look.feeds }
            }
            guard let cut else { throw ProjectionError.momentUnknown }
            return AsAtComparison(
                list: question.list, practice: access.practice, cut: cut, feeds: feeds, then: sides[0], now: sides[1],
                accessID: opened.id)
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

    /// What a look finds before the rules decide.
    private struct Look: Sendable {
        let cut: AsAtCut
        let since: Instant?
        let feeds: [FeedFreshness]
        let people: CandidatePeople
        let bandCount: Int
        let rows: [EncounterTable.RowKey: EncounterRow]
        let practice: String

        /// The lines in full, recorded as shown.
        func items(_ lines: [ListLines.Line], _ desk: PostgresTransaction) async throws -> [ListItem] {
            let items: [ListItem] = lines.compactMap { line in
                guard let candidate = line.person.candidates[line.encounter.ref],
                    let row = rows[
                        EncounterTable.RowKey(
                            practice: practice, hospital: candidate.hospital, encounterRef: candidate.encounter.ref)]
                else { return nil }
                return ListItem(
                    row: row.withholdingLocation(), standing: EncounterStanding.of(row, now: cut.moment),
                    flags: line.flags, concerns: line.person.patient.concerns, systemConcerns: line.systemConcerns,
                    discussed: line.person.discussed, isNew: line.isNew)
            }
            _ = try await desk.query(DetailStatements.recordShown(items.map(\.row.patient.ref)))
            return items
        }
    }

    private func look(
        _ question: ListQuestion, at asked: AsAtMoment, knowing knowledge: AsAtKnowledge, _ scope: AsAtScope,
        _ access: AccessRequest, _ desk: PostgresTransaction
    ) async throws -> Look {
        let channel = StatementChannel.pool(archive)
        let ends = try await ends(channel)
        let cut = try await cut(asked, ends, channel)
        let basis = try await ViewBasis.load(from: channel)
        let own = try await AsAtPractice(access.practice, at: cut, key: basis.key, channel: channel)
        let acts = own.acts.rows
        let since = question.list.hasWindow
            ? own.windowStart(question.window, at: cut.moment, rows: acts) : nil
        let query = CandidateQuery(
            list: question.list, practice: access.practice,
            since: question.list.hasWindow ? since.map { "\($0)" } : nil, now: "\(cut.moment)",
            day: LondonDay(of: cut.moment).text, settings: rules.settings)

        let changed = question.list == .fopas || question.list == .huddle
            ? try await own.changedSince(channel: channel) : []
        let keys = try Keys(
            try await desk.query(query.keysAsAt(adding: changed.map(\.digits).sorted())),
            adding: own.acts.subjectsOfOpenConcerns)
        var rows: [EncounterTable.RowKey: EncounterRow] = [:]
        var cases: [OnboardingCaseRow] = []
        for (hospital, sought) in keys.sought.sorted(by: { $0.key < $1.key }) {
            let facts = try await identities.facts(
                of: hospital, through: ends[hospital] ?? .origin, channel: channel)
            let found = try await AsAtHospital(
                sought, of: hospital, at: cut, knowing: knowledge, basis: basis, identities: facts, channel: channel)
            for row in found.rows where row.practice == access.practice {
                guard let row = keys.shown(row, of: hospital, in: scope) else { continue }
                rows[EncounterTable.RowKey(row, of: hospital)] = row
            }
            cases += found.cases.filter { $0.practice == access.practice && $0.joinedTo == nil }
        }
        let membership = ListMembership(list: question.list, since: since, now: cut.moment, settings: rules.settings)
        let weighed = rows.filter { membership.isWeighed($0.value) }
        let numbers = Set(weighed.values.compactMap { $0.patient.nhsNumber.flatMap { NHSNumber($0) } })
        let listed = try await own.registrations(of: numbers.sorted(), channel: channel)
        let candidates = weighed.sorted { $0.key < $1.key }.map { key, row in
            Candidate(
                row, hospital: key.hospital, listed: Self.listed(row, in: listed), isListed: membership.holds(row),
                now: cut.moment)
        }
        let present = PresentRefs(rows.values)
        let marks = CandidateMarks(acts: acts, cases: cases, day: query.day, present: present)
        let concerns = acts.concerns.filter { $0.state == Concern.State.open.rawValue }
            .sorted { ($0.raisedAt, $0.id) < ($1.raisedAt, $1.id) }.map { concern in
                CandidateConcern(
                    patient: CandidatePatient(hospital: concern.hospital, ref: present.of(concern.patientRef)),
                    concern: HuddlePatient.OpenConcern(
                        id: concern.id, kind: concern.kind, raisedAt: concern.raisedAt))
            }
        return Look(
            cut: cut, since: since, feeds: try await feeds(at: cut, channel),
            people: CandidatePeople(candidates, concerns: concerns, marks: marks),
            bandCount: question.list == .huddle
                ? try await bandCount(own, acts.scores, changed, query, desk, channel) : 0,
            rows: rows, practice: access.practice)
    }

    private static func listed(_ row: EncounterRow, in listed: [String: RegistrationRow]) -> RegistrationRow? {
        guard let number = row.patient.nhsNumber, let person = listed[number], person.isListed else { return nil }
        guard let born = row.patient.born else { return person }
        return born.prefix(10) == person.born.prefix(born.count) ? person : nil
    }

    // MARK: The moment

    private func ends(_ channel: StatementChannel) async throws -> [LogName: Position] {
        try CheckpointTable.decodePositions(try await channel.query("select log, position from event_log.head"))
    }

    private func cut(
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

    /// How fresh each feed was.
    private func feeds(at cut: AsAtCut, _ channel: StatementChannel) async throws -> [FeedFreshness] {
        let logs = cut.positions.filter { $0.key.practice == nil && $0.value > .origin }.sorted { $0.key < $1.key }
        let result = try await channel.query(
            """
            select l.log, m.position, m.recorded_at, s.recorded_at, r.usual
            from unnest(\(logs.map(\.key)), \(logs.map(\.value))) as l (log, position)
            cross join lateral (select e.position, e.recorded_at from event_log.event e
                where e.log = l.log and e.position <= l.position and e.message_position = e.position
                order by e.position desc limit 1) m
            left join lateral (select e.recorded_at from event_log.event e
                where e.log = l.log and e.stream = \(FeedEvent.stream(of: FeedTable.feed)) and e.position <= l.position
                  and e.position > m.position and e.type = \(FeedEvent.Kind.fellSilent.rawValue)
                order by e.position desc limit 1) s on true
            left join practice.feed_rhythm r on r.hospital = l.log and r.feed = \(FeedTable.feed)
                and r.hour_of_week = \(Int32(LondonHour(of: cut.moment).ofWeek))
            order by l.log
            """)
        return try result.compactMap { row in
            let (hospital, position, heard, silence, usual) = try row.decode(
                LogName.self, Position.self, Instant.self, Instant?.self, Int32?.self)
            guard !rule.unwatched.contains(hospital) else { return nil }
            let gap = usual.map { Duration.seconds(Int64($0)) }
            return FeedFreshness(
                hospital: hospital, feed: FeedTable.feed, lastHeard: heard, position: position, messages: 0,
                state: rule.state(
                    of: hospital, lastHeard: heard, now: cut.moment, usual: gap, isToldSilent: silence != nil),
                usual: gap, silenceToldAt: silence)
        }
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

/// Whom a look at the past is to fold, and who of them is the practice's today.
private struct Keys {
    private(set) var sought: [LogName: AsAtHospital.Keys] = [:]
    private var today: [LogName: AsAtHospital.Keys] = [:]
    private var restrictedToday: [LogName: AsAtHospital.Keys] = [:]
    /// Encounters that the practice had and has no more, whosever they are.
    private var gone: [LogName: Set<String>] = [:]

    init(_ result: PostgresResult, adding subjects: Set<PatientSubject>) throws {
        for row in result {
            let (hospital, encounter, patient, isLive, isRestricted) = try row.decode(
                LogName.self, String.self, String.self, Bool.self, Bool.self)
            sought[hospital, default: .init()].take(encounter, patient)
            if isLive {
                today[hospital, default: .init()].take(encounter, patient)
            } else {
                gone[hospital, default: []].insert(encounter)
            }
            if isRestricted { restrictedToday[hospital, default: .init()].take(encounter, patient) }
        }
        for subject in subjects {
            sought[subject.hospital, default: .init()].patients.insert(StateKey(subject.patient).rawValue)
        }
    }

    /// The row as it may be shown; `nil` for not at all.
    func shown(_ row: EncounterRow, of hospital: LogName, in scope: AsAtScope) -> EncounterRow? {
        if scope == .thenAndToday {
            guard gone[hospital]?.contains(row.encounterKey) != true, today[hospital]?.holds(row) ?? false else {
                return nil
            }
        }
        var row = row
        if restrictedToday[hospital]?.holds(row) ?? false { row.patient.isRestricted = true }
        return row
    }
}

extension AsAtHospital.Keys {
    fileprivate mutating func take(_ encounter: String, _ patient: String) {
        encounters.insert(encounter)
        if !patient.isEmpty { patients.insert(patient) }
    }

    fileprivate func holds(_ row: EncounterRow) -> Bool {
        encounters.contains(row.encounterKey) || patients.contains(row.patientKey)
    }
}

/// By which ref the practice knew the patients of acts at the moment.
private struct PresentRefs {
    private var refs: [String: String] = [:]

    init(_ rows: some Sequence<EncounterRow>) {
        var latest: [String: Instant] = [:]
        for row in rows where !row.isWithdrawn {
            for former in row.patient.formerRefs where latest[former].map({ $0 < row.lastToldAt }) ?? true {
                latest[former] = row.lastToldAt
                refs[former] = row.patient.ref
            }
        }
    }

    func of(_ ref: String) -> String { refs[ref] ?? ref }
}

extension CandidateMarks {
    /// What staff had said by then.
    fileprivate init(acts: ActRows, cases: [OnboardingCaseRow], day: String, present: PresentRefs) {
        var scores: [String: (score: HuddlePatient.Score, on: String, at: Instant)] = [:]
        for row in acts.scores {
            let ref = present.of(row.patientRef)
            if let known = scores[ref], (known.on, known.at) >= (row.scoredOn, row.scoredAt) { continue }
            scores[ref] = (
                HuddlePatient.Score(Int(row.score), on: LondonDay(row.scoredOn)), row.scoredOn, row.scoredAt
            )
        }
        var discussions: [String: ListItem.Discussion] = [:]
        for huddle in acts.huddles where huddle.day == day {
            // The oldest mark of a patient stands.
            for mark in huddle.discussions.sorted(by: { $0.discussedAt > $1.discussedAt }) {
                discussions[present.of(mark.patientRef)] = ListItem.Discussion(at: mark.discussedAt, by: mark.discussedBy)
            }
        }
        var onboarding: [String: HuddlePatient.Onboarding] = [:]
        // The case that counts comes last: an open one, else the latest.
        let ordered = cases.sorted {
            ($0.nextStep != nil ? 1 : 0, $0.openedAt, $1.caseID) < ($1.nextStep != nil ? 1 : 0, $1.openedAt, $0.caseID)
        }
        for row in ordered {
            onboarding[row.patientRef] = HuddlePatient.Onboarding(state: row.state, encounterRef: row.encounterRef)
        }
        self.init(scores: scores.mapValues(\.score), discussions: discussions, cases: onboarding)
    }
}
