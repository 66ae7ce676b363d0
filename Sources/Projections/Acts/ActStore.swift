package import Admissions
import EventLog
package import EventSourcing
package import Postgres

/// Carries out what staff of a practice want done, and reads what they did.
///
/// Everything in one transaction with its access record and with the refs of the patients it shows, through a pool that
/// logs in as `primary_conect_service`. What is refused over what stands is recorded as a look all the same. An order is
/// answered when the views show it, or after `projectionWaitMax`.
package struct ActStore: Sendable {
    /// How long an answer waits for the projector, so that whoever writes reads it.
    package static let projectionWaitMax: Duration = .seconds(1)
    /// The most rows of one answer.
    package static let rowsMax = 1_000

    private let pool: PostgresPool
    private let log: StaffLog
    private let projectionWaitMax: Duration

    /// - Parameter now: the clock by which acts are recorded.
    package init(
        pool: PostgresPool, now: @escaping @Sendable () -> Instant = WallClock.now,
        projectionWaitMax: Duration = projectionWaitMax
    ) {
        self.pool = pool
        log = StaffLog(now: now)
        self.projectionWaitMax = projectionWaitMax
    }

    // MARK: Writing

    /// Carries out an order, once for each command.
    ///
    /// Throws `ActRefusal`, or `PostgresError`: then the outcome may be unknown, and the same command again is safe.
    package func carryOut<Subject>(_ order: ActOrder<Subject>) async throws -> ActOutcome<Subject> {
        guard let practice = LogName(order.access.practice) else { throw ActRefusal.notFound }
        let (result, reached) = try await pool.transaction { transaction in
            do {
                let (outcome, reached) = try await carryOut(order, of: practice, in: transaction)
                return (Result<ActOutcome<Subject>, ActRefusal>.success(outcome), reached)
            } catch let refusal as ActRefusal where !refusal.showsNothing {
                return (Result<ActOutcome<Subject>, ActRefusal>.failure(refusal), Position?.none)
            }
        }
        if let reached { await waitForProjection(of: practice, to: reached) }
        return try result.get()
    }

    private func carryOut<Subject>(
        _ order: ActOrder<Subject>, of practice: LogName, in transaction: PostgresTransaction
    ) async throws -> (ActOutcome<Subject>, Position?) {
        try await transaction.query(AccessStatements.open(order.access))
        let named = try await patient(order.patientRef, of: practice, in: transaction)
        let stream = try await log.load(
            order.stream(named), of: practice, for: .init(id: order.command.id, digest: order.command.digest),
            in: transaction)
        var events = try Self.read(stream.events, as: Subject.Fact.self)
        var last: Position?
        if let known = stream.known {
            guard known.digest == order.command.digest else { throw ActRefusal.keyReused }
            // As it stood then: the answer of the first time.
            events = Array(events.prefix { $0.position <= known.position })
        }
        var state = Subject(folding: events.lazy.map(\.event))
        if stream.known == nil {
            let intent = try order.intent(state, named)
            let decided: [StaffEvent<Subject.Fact>]
            do throws(ActRejection) {
                decided = try state.decide(StaffCommand(intent, by: order.act))
            } catch {
                throw ActRefusal.rejected(error)
            }
            let written = try await log.append(
                decided.map { $0.newEvent(in: stream.name) }, to: stream, in: transaction)
            for event in decided { state.evolve(event) }
            if !decided.isEmpty { last = written.last }
        }
        let patient = named ?? order.subject(state)
        var ref = order.patientRef
        if let patient, ref == nil {
            ref = try await self.ref(of: patient, in: practice, stream.name, transaction)
        }
        try await transaction.query("select audit.record_shown(\([ref].compactMap(\.self)))")
        return (
            ActOutcome(state: state, patientRef: ref, patient: patient, isReplay: stream.known != nil), last
        )
    }

    /// Who is meant by a ref: a patient under this practice now.
    private func patient(
        _ ref: String?, of practice: LogName, in transaction: PostgresTransaction
    ) async throws -> PatientSubject? {
        guard let ref else { return nil }
        // No text of PostgreSQL holds a zero byte, and so no ref of ours.
        guard !ref.utf8.contains(0) else { throw ActRefusal.patientUnknown }
        let result = try await transaction.query(
            """
            select hospital, patient_key from practice.encounter
            where practice = \(practice) and patient_ref = \(ref) and status <> 'withdrawn' and patient_key <> ''
            limit 1
            """)
        guard let row = result.first else {
            let replaced = try await transaction.query(PresentRef.select(ref, of: practice.rawValue))
            throw try replaced.first.map { .merged(into: try $0.decode(0)) } ?? ActRefusal.patientUnknown
        }
        let (hospital, key) = try row.decode(LogName.self, String.self)
        return PatientSubject(hospital: hospital, patient: PatientKey(key))
    }

    /// By which ref this practice knows a patient now; `nil` of somebody who is no patient of it now.
    ///
    /// No row bears the key of a record that was joined to another: the act's own row has its ref, and leads on.
    private func ref(
        of patient: PatientSubject, in practice: LogName, _ stream: StreamName, _ transaction: PostgresTransaction
    ) async throws -> String? {
        let id = String(stream.rawValue.split(separator: ":").last ?? "")
        let results = try await transaction.pipeline([
            """
            select patient_ref from practice.encounter
            where practice = \(practice) and hospital = \(patient.hospital) and patient_key = \(patient.patient.rawValue)
                and status <> 'withdrawn'
            limit 1
            """,
            """
            select n.ref from (\(PresentRef.replaced(of: practice.rawValue))) n
            where n.former in (
                select c.patient_ref from practice.concern c where c.practice = \(practice) and c.concern_id = \(id)
                union all
                select a.patient_ref from practice.action a where a.practice = \(practice) and a.action_id = \(id))
            """,
        ])
        return try (results[0].first ?? results[1].first)?.decode(0)
    }

    private static func read<Fact: StaffFact>(
        _ events: [RecordedEvent], as: Fact.Type
    ) throws -> [(position: Position, event: StaffEvent<Fact>)] {
        do throws(JSONError) {
            var read: [(position: Position, event: StaffEvent<Fact>)] = []
            for event in events { read.append((event.position, try StaffEvent(event))) }
            return read
        } catch {
            throw ActRefusal.streamUnreadable
        }
    }

    /// Looks whether the views have reached a position, ever more rarely.
    private func waitForProjection(of practice: LogName, to position: Position) async {
        let deadline = ContinuousClock.now + projectionWaitMax
        var pause = Duration.milliseconds(4)
        while ContinuousClock.now < deadline {
            let result = try? await pool.query("select practice.reached(\(practice))")
            let reached = try? result?.first?.decode(0, as: Position?.self)
            if let reached, reached >= position { return }
            guard (try? await Task.sleep(for: pause)) != nil else { return }
            pause = min(pause * 2, .milliseconds(100))
        }
    }

    // MARK: Reading

    /// The concerns of a practice, the newest first; of one state, or all.
    package func concerns(_ access: AccessRequest, state: String?) async throws -> [ConcernRow] {
        try await rows(
            access,
            """
            select \(ConcernRow.columns) from practice.concern
            where practice = \(access.practice) and (\(state as String?) is null or state = \(state as String?))
            order by raised_at desc, concern_id limit \(Self.rowsMax)
            """, order: "raised_at desc, concern_id", ref: \.patientRef
        ) { try ConcernRow($0) }
    }

    /// The actions of a practice, by the day they are due; of one state, or all.
    package func actions(_ access: AccessRequest, state: String?) async throws -> [ActionRow] {
        try await rows(
            access,
            """
            select \(ActionRow.columns) from practice.action
            where practice = \(access.practice) and (\(state as String?) is null or state = \(state as String?))
            order by due, added_at, action_id limit \(Self.rowsMax)
            """, order: "due, added_at, action_id", ref: \.patientRef
        ) { try ActionRow($0) }
    }

    /// A day's huddle; one without any event if nothing was done that day.
    package func huddle(on day: LondonDay, _ access: AccessRequest) async throws -> HuddleRow {
        let results = try await pool.pipeline([
            AccessStatements.open(access),
            """
            with replaced as materialized (\(PresentRef.replaced(of: access.practice))), d as materialized (
                select \(HuddleRow.discussionColumns) from practice.discussion
                where practice = \(access.practice) and huddle_day = \(day.text)
            )
            select d.* from d
            cross join (select audit.record_shown(array(select \(PresentRef.of("d.patient_ref")) from d))) noted
            """,
            """
            select \(HuddleRow.columns) from practice.huddle
            where practice = \(access.practice) and day = \(day.text)
            """,
            PresentRef.replaced(of: access.practice),
        ])
        guard let row = results[2].first else {
            return HuddleRow(
                practice: access.practice, day: day.text, closedAt: nil, closedBy: nil, notDiscussed: nil,
                attendees: [], version: 0, discussions: [])
        }
        var huddle = try HuddleRow(row, discussions: try HuddleRow.discussions(results[1]))
        let present = try PresentRef.decode(results[3])
        for index in huddle.discussions.indices {
            let ref = huddle.discussions[index].patientRef
            huddle.discussions[index].patientRef = present[ref] ?? ref
        }
        return huddle
    }

    /// Rows with a column `patient_ref`, by the refs of now, and the record of whom they show.
    private func rows<Row>(
        _ access: AccessRequest, _ select: SQL, order: SQL, ref: WritableKeyPath<Row, String>,
        _ decode: (PostgresRow) throws -> Row
    ) async throws -> [Row] {
        let results = try await pool.pipeline([
            AccessStatements.open(access),
            """
            with replaced as materialized (\(PresentRef.replaced(of: access.practice))), page as materialized (\(select))
            select page.* from page
            cross join (select audit.record_shown(array(select \(PresentRef.of("page.patient_ref")) from page))) noted
            order by \(order)
            """,
            PresentRef.replaced(of: access.practice),
        ])
        let present = try PresentRef.decode(results[2])
        return try results[1].map { stored in
            var row = try decode(stored)
            row[keyPath: ref] = present[row[keyPath: ref]] ?? row[keyPath: ref]
            return row
        }
    }
}

extension ActRefusal {
    /// Whether it is as if there were nothing: whoever asked records a denial instead of a look.
    fileprivate var showsNothing: Bool { self == .patientUnknown || self == .notFound }
}
