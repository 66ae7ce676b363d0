import Admissions
import EventLog
package import EventSourcing
package import Postgres

/// Reads the history of a patient or an encounter, for a practice about its own and for the auditor about anybody.
///
/// One transaction: the access record, the events, and that the patient was shown. To a practice it tells what was told
/// of the rows it has, and of those whose patients moved on until they did, and nobody's looks. To a record of the role
/// auditor it tells also what was joined once, who looked and what webhooks were told. Where the patient is restricted,
/// or a stay was sensitive, no place is told, and nothing that was withheld, but where identifiers are shown for a
/// reason. Throws `PostgresError` and `ProjectionError`.
///
/// A history of a moment of the past tells what had been told by then, of a practice's rows as they stood then, and of
/// what it would be told today the part that is older: neither what was not its to see then nor what is not today, and
/// what is sensitive today was sensitive then. Who is whom is as known today.
package struct HistoryReader: Sendable {
    /// The most events of one hospital, and of the practice; a longer history says that it is cut.
    package static let eventsMax = 5_000
    /// The most looks and deliveries told.
    package static let looksMax = 2_000

    /// How the pool logs in.
    package enum Login: Sendable {
        /// `primary_conect_service`
        case service
        /// `primary_conect_auditor`: its record has the role auditor, whatever the request says.
        case auditor
    }

    private let pool: PostgresPool
    private let login: Login
    private let rule: FreshnessRule
    private let now: (@Sendable () -> Instant)?
    private let past: AsAtReader?

    /// Reads through a pool.
    ///
    /// - Parameters:
    ///   - now: decides freshness; by default the database's clock.
    ///   - past: finds moments of the past and folds what stood then; without it there are none. While it does so the
    ///     pool's connection is held: its archive is another pool, or one of two connections and more.
    package init(
        pool: PostgresPool, login: Login = .service, rule: FreshnessRule = FreshnessRule(),
        now: (@Sendable () -> Instant)? = nil, past: AsAtReader? = nil
    ) {
        self.pool = pool
        self.login = login
        self.rule = rule
        self.now = now
        self.past = past
    }

    /// Whether moments of the past can be asked for.
    package var knowsPast: Bool { past != nil }

    /// When a moment was; reads no patient data.
    ///
    /// - Throws: `ProjectionError.momentUnknown` for a position that the log has not reached; `PostgresError`.
    package func time(of moment: AsAtMoment) async throws -> Instant {
        guard let past else { throw ProjectionError.momentUnknown }
        return try await past.time(of: moment)
    }

    /// The history, `nil` where the practice has nothing of this ref, or the hospital no such stream; empty where
    /// nothing of it had been told.
    ///
    /// - Parameters:
    ///   - access: who looks; role `auditor` sees all.
    ///   - moment: up to what was told by then; `nil` for all.
    ///   - showsIdentifiers: names, numbers and dates of birth in full; `access.purpose` says why.
    /// - Throws: `ProjectionError.momentUnknown` for a position that the log has not reached.
    package func history(
        of subject: HistorySubject, access: AccessRequest, at moment: AsAtMoment? = nil, showsIdentifiers: Bool = false
    ) async throws -> Looked<History?> {
        let isAuditor = login == .auditor || access.role == Self.auditorRole
        return try await pool.transaction { transaction in
            var opening = [open(access), HistoryStatements.events(subject, most: Self.eventsMax + 1)]
            if login == .service, moment == nil { opening.append(FeedTable.select(at: now?() ?? WallClock.now())) }
            let opened = try await transaction.pipeline(opening)
            let look = try OpenedAccess(opened[0])
            let madeAt = now?() ?? look.at
            var past: HistoryPast?
            if let moment {
                guard let reader = self.past else { throw ProjectionError.momentUnknown }
                past = try await HistoryPast(moment, reader: reader)
            }
            var feeds: [FeedFreshness] = []
            if login == .service {
                feeds = try await past?.feeds() ?? FeedTable.decode(opened[2], rule: rule, now: madeAt)
            }
            let teller = Teller(
                subject: subject, practice: access.practice, isAuditor: isAuditor, past: past,
                showsIdentifiers: showsIdentifiers)
            let history = try await teller.history(opened[1], in: transaction)
            return Looked(
                found: history, practice: access.practice, feeds: feeds, madeAt: madeAt, accessID: look.id,
                cut: past?.cut)
        }
    }

    /// Messages as they came, by log and the positions of their first events; what was erased is left out. The look is
    /// recorded anew, with the purpose that opens them.
    package func messages(
        _ wanted: [LogName: [Position]], access: AccessRequest
    ) async throws -> [LogName: [Position: [UInt8]]] {
        try await pool.transaction { transaction in
            _ = try await transaction.query(open(access))
            var found: [LogName: [Position: [UInt8]]] = [:]
            for (log, positions) in wanted.sorted(by: { $0.key < $1.key }) {
                for row in try await transaction.query(HistoryStatements.messages(in: log, at: positions)) {
                    found[log, default: [:]][try row.decode(0, as: Position.self)] = try row.decode(1, as: [UInt8].self)
                }
            }
            return found
        }
    }

    /// The practice at which a ref stands; `nil` if none has it. For the auditor's login: no patient is shown.
    package func practice(of ref: String) async throws -> String? {
        try await pool.query(
            """
            select e.practice from practice.encounter e where \(ref) in (e.encounter_ref, e.patient_ref)
            order by e.status = 'withdrawn' limit 1
            """
        ).first?.decode(0)
    }

    private static let auditorRole = "auditor"

    private func open(_ access: AccessRequest) -> SQL {
        login == .auditor ? HistoryStatements.openAsAuditor(access) : AccessStatements.open(access)
    }
}

/// Tells one history within one transaction.
private struct Teller {
    let subject: HistorySubject
    let practice: String
    let isAuditor: Bool
    let past: HistoryPast?
    let showsIdentifiers: Bool

    /// Events, what they mean together, and the rows in which their encounters stand.
    private struct Ground {
        var told: [HistoryFold.Told]
        var meaning: HistoryFold
        var rows: [LogName: [HistoryStatements.FoundRow]] = [:]

        var found: [HistoryStatements.FoundRow] { rows.sorted { $0.key < $1.key }.flatMap(\.value) }
    }

    func history(_ events: PostgresResult, in transaction: PostgresTransaction) async throws -> History? {
        var reach = HistoryReach(practice: isAuditor ? nil : practice, showsIdentifiers: showsIdentifiers)
        var told = Self.inOrder(try events.map { try HistoryStatements.told($0, reach: reach) })
        guard !told.isEmpty else { return nil }
        let logs = Set(told.map(\.event.log)).sorted()
        var isCut = false
        for log in logs {
            let own = told.filter { $0.event.log == log }
            guard own.count > HistoryReader.eventsMax, let last = own.last else { continue }
            isCut = true
            told.removeAll { $0.event.log == log && $0.event.position == last.event.position }
        }
        var today = Ground(told: told, meaning: HistoryFold(told, reach: reach))
        for log in logs {
            let keys = today.meaning.whole[log]?.encounters.keys.sorted() ?? []
            today.rows[log] = try await transaction.query(HistoryStatements.rows(of: log, keys)).map {
                try HistoryStatements.FoundRow($0)
            }
        }
        let policy = try await transaction.query(HistoryStatements.policy).first?.decode(0, as: String.self) ?? ""
        let sensitive = today.meaning.sensitive(by: SensitivityPolicy(stored: policy))
        // The past is asked for by who is whom today, and hidden by what is sensitive today.
        var ground = today
        if let past { ground = try await self.ground(at: past, of: today, reach) }
        if !showsIdentifiers {
            // Where it was sensitive once its places stay withheld; what was told while it was withheld is not told.
            reach.hidesPlace = (today.found + ground.found).contains(where: \.isRestricted) || !sensitive.isEmpty
            ground.told.removeAll { sensitive[$0.event.log]?[$0.event.position] == .withheld }
        }
        var names: [LogName: [EncounterKey: String]] = [:]
        var subjects: [LogName: Set<PatientKey>] = [:]
        for log in logs {
            names[log] = Self.names(
                of: ground.meaning.encounters(of: log), ground.rows[log] ?? [], at: practice, from: names.count)
            subjects[log] = people(log, ground.meaning, today)
        }
        let acts = try await acts(ground, today, subjects, in: transaction)
        isCut = isCut || acts.count > HistoryReader.eventsMax
        if reach.hidesPlace { ground.told = ground.told.map(\.withoutSender) }
        let fold = HistoryFold(ground.told + acts.prefix(HistoryReader.eventsMax), reach: reach)
        var history = fold.history(subjects: subjects, names: names, isOfEncounter: subject.isEncounter)
        history.isCut = isCut
        history.rows = ground.found.map(\.row)
        try await tellWhoWasTold(&history, today.found, in: transaction)
        return history
    }

    /// In the order of each log; what is told of two rows is told once.
    private static func inOrder(_ told: [HistoryFold.Told]) -> [HistoryFold.Told] {
        var ordered: [HistoryFold.Told] = []
        for one in told.sorted(by: { ($0.event.log, $0.event.position) < ($1.event.log, $1.event.position) })
        where ordered.last.map({ ($0.event.log, $0.event.position) != (one.event.log, one.event.position) }) ?? true {
            ordered.append(one)
        }
        return ordered
    }

    /// What had been told, and how the rows stood; of a practice's what was its own to see then.
    private func ground(at past: HistoryPast, of today: Ground, _ reach: HistoryReach) async throws -> Ground {
        var told = today.told.filter { past.holds($0.event) }
        var then = Ground(told: told, meaning: HistoryFold(told, reach: reach))
        for (log, rows) in today.rows {
            let whole = today.meaning.whole[log]
            let own = Set(rows.filter(\.isTold).map(\.encounterKey))
            // The numbers of today's encounters, and all that were theirs.
            let keys = (whole?.encounters.keys.sorted() ?? []).filter { key in
                isAuditor || own.contains(StateKey(whole?.root(of: key) ?? key).rawValue)
            }
            then.rows[log] = try await past.rows(of: keys, in: log).filter { isAuditor || $0.row.practice == practice }
        }
        guard !isAuditor else { return then }
        let rights = then.rows.mapValues { HistoryRight($0) }
        told.removeAll { one in
            !(rights[one.event.log]?.holds(one.event, in: then.meaning.whole[one.event.log]) ?? false)
        }
        return Ground(told: told, meaning: HistoryFold(told, reach: reach), rows: then.rows)
    }

    /// Whose history it is among the people of a log, as `meaning` knows them: by who is whom today.
    private func people(_ log: LogName, _ meaning: HistoryFold, _ today: Ground) -> Set<PatientKey> {
        switch subject {
        case .stream(_, let stream): return Set([meaning.person(of: stream, in: log)].compactMap(\.self))
        case .ref(let ref):
            // Withdrawn rows are of whom they showed then: the person is whom the rows show that stand, if any does.
            let own = (today.rows[log] ?? []).filter { $0.row.practice == practice }
            let meant = own.filter { subject.isEncounter ? $0.row.encounterRef == ref : $0.row.patientRef == ref }
            let standing = meant.filter { $0.row.withdrawnAt == nil }
            let keys = Set((standing.isEmpty ? own : standing).map(\.encounterKey))
            return Set(
                meaning.encounters(of: log)
                    .filter { keys.contains(StateKey(today.meaning.whole[log]?.root(of: $0) ?? $0).rawValue) }
                    .compactMap { meaning.person(of: StreamName("encounter:" + $0.rawValue), in: log) })
        }
    }

    /// What a practice's staff did, and what its list says: in the order of its log.
    private func acts(
        _ ground: Ground, _ today: Ground, _ subjects: [LogName: Set<PatientKey>], in transaction: PostgresTransaction
    ) async throws -> [HistoryFold.Told] {
        guard let log = LogName(practice), let code = log.practice else { return [] }
        func refs(_ ground: Ground) -> Set<String> {
            let own = ground.found.filter { $0.row.practice == practice && $0.row.withdrawnAt == nil }
            return Set(own.map(\.row.patientRef) + own.flatMap(\.formerRefs))
        }
        let refs = refs(ground).intersection(refs(today)).sorted()
        guard !refs.isEmpty else { return [] }
        var streams = Set(
            try await transaction.query(HistoryStatements.actStreams(refs, of: practice)).map {
                try $0.decode(0, as: String.self)
            })
        var known: Set<PatientSubject> = []
        for (hospital, people) in subjects {
            guard let fold = ground.meaning.whole[hospital] else { continue }
            for person in people {
                for key in fold.identities(of: person) {
                    let patient = PatientSubject(hospital: hospital, patient: key)
                    known.insert(patient)
                    streams.insert(SymphonyScore.stream(of: patient).rawValue)
                }
                if let number = fold.patient(person).nhsNumber {
                    streams.insert(RegistrationEvent.stream(of: number, at: code).rawValue)
                }
            }
        }
        let result = try await transaction.query(
            HistoryStatements.acts(
                streams.sorted(), through: past?.cut.moment, most: HistoryReader.eventsMax + 1))
        return try EventReader.events(in: log, result).filter { event in
            guard past?.holds(event) ?? true else { return false }
            guard event.stream.rawValue.hasPrefix("huddle:") else { return true }
            return event.huddlePatient.map(known.contains) ?? false
        }.map { HistoryFold.Told(event: $0, source: nil, isErased: $0.isRedacted) }
    }

    /// Notes whom the look has shown, and tells the auditor who else was.
    private func tellWhoWasTold(
        _ history: inout History, _ found: [HistoryStatements.FoundRow], in transaction: PostgresTransaction
    ) async throws {
        let refs = Set(found.map(\.row.patientRef) + found.flatMap(\.formerRefs)).sorted()
        let shown = found.filter { !history.isEmpty && (isAuditor || $0.row.practice == practice) }
        let own = Set(shown.map(\.row.patientRef)).sorted()
        var statements = [DetailStatements.recordShown(own)]
        if isAuditor {
            let practices = Set(found.map(\.row.practice)).sorted()
            let both = refs + found.map(\.row.encounterRef)
            statements.append(HistoryStatements.looks(refs, at: practices, most: HistoryReader.looksMax))
            statements.append(HistoryStatements.deliveries(both, at: practices, most: HistoryReader.looksMax))
        }
        let results = try await transaction.pipeline(statements)
        guard isAuditor else { return }
        history.looks = try results[1].map { try HistoryStatements.look($0) }
        history.deliveries = try results[2].map { try HistoryStatements.delivery($0) }
        guard let moment = past?.cut.moment else { return }
        history.looks.removeAll { $0.at > moment }
        history.deliveries.removeAll { $0.toldAt > moment }
    }

    /// What each encounter is called: by its ref at the practice that asks, else by a number of its own.
    private static func names(
        of encounters: [EncounterKey], _ rows: [HistoryStatements.FoundRow], at practice: String, from first: Int
    ) -> [EncounterKey: String] {
        var names: [EncounterKey: String] = [:]
        for key in encounters {
            let own = rows.filter { $0.encounterKey == StateKey(key).rawValue }
            let row = own.first { $0.row.practice == practice && $0.row.withdrawnAt == nil } ?? own.first
            names[key] = row?.row.encounterRef ?? "visit-\(first + 1)-\(names.count + 1)"
        }
        return names
    }
}
