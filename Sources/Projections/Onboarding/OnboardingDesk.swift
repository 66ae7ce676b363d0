package import Admissions
package import EventLog
package import EventSourcing
package import Postgres

/// Appends what becomes of hot onboarding cases: what staff decide, and what follows by itself.
///
/// Cases stand in the log of their hospital, one stream a case. Whoever writes opens an access record of the hospital
/// first, whomever they act for; who may write what is the decider's to say (`HotOnboardingIntent.Kind.roles`). The
/// pool logs in as `primary_conect_service`.
package struct OnboardingDesk: Sendable {
    /// What a command came to.
    package enum Outcome: Sendable {
        /// It stands in the log up to this position.
        case done(HotOnboardingRecord, through: Position)
        /// It was carried out before: the case as it stood right after, and where the log stood then.
        case known(HotOnboardingRecord, through: Position)
        /// The case is at another version than the caller saw; nothing was written.
        case stale
    }

    /// While a case is held, messages of the hospital wait: a writer that has gone away lets go after so long.
    private static let holdMax: Duration = .seconds(2)

    let pool: PostgresPool
    private let log: StaffLog
    package let settings: HotOnboardingSettings

    package init(pool: PostgresPool, log: StaffLog, settings: HotOnboardingSettings = HotOnboardingSettings()) {
        self.pool = pool
        self.log = log
        self.settings = settings
    }

    /// Carries out a person's command.
    ///
    /// - Parameters:
    ///   - intent: what is wanted of the case as it stands.
    ///   - access: who acts; its practice is the hospital.
    ///   - version: the version that the caller saw; `nil` where any will do.
    /// - Throws: `ActRejection` with nothing written; `PostgresError`.
    package func carryOut(
        _ intent: @Sendable (HotOnboardingCase) throws(ActRejection) -> HotOnboardingIntent, by act: StaffAct,
        on stream: StreamName, of hospital: LogName, access: AccessRequest, version: Int64?
    ) async throws -> Outcome {
        let command = act.command.map { StaffLog.Command(id: $0.id, digest: $0.digest) }
        return try await pool.transaction { transaction in
            try await open(access, transaction)
            let held = try await log.load(stream, of: hospital, for: command, in: transaction)
            if let known = held.known {
                guard known.digest == command?.digest else { throw ActRejection(.commandIDReused) }
                let events = held.events.filter { $0.position <= known.position }
                return .known(try record(events), through: known.position)
            }
            let record = try record(held.events)
            if let version, version != record.version { return .stale }
            let events = try record.state.decide(StaffCommand(intent(record.state), by: act))
            let written = try await log.append(
                events.map { $0.newEvent(in: stream) }, to: held, in: transaction)
            return .done(try self.record(written.events), through: written.last)
        }
    }

    /// Appends what follows by itself for the cases of one patient, all or nothing.
    ///
    /// - Returns: `false`, with nothing written, if one of the cases is at another version by now.
    func append(
        _ moves: [StreamName: OnboardingMoves], of hospital: LogName, access: AccessRequest
    ) async throws -> Bool {
        do {
            try await pool.transaction { transaction in
                try await open(access, transaction)
                for (stream, move) in moves.sorted(by: { $0.key < $1.key }) where !move.events.isEmpty {
                    let held = try await log.load(stream, of: hospital, for: nil, in: transaction)
                    guard held.version == move.seen else { throw Overtaken() }
                    _ = try await log.append(
                        move.events.map { $0.newEvent(in: stream) }, to: held, in: transaction)
                }
            }
            return true
        } catch is Overtaken {
            return false
        }
    }

    private func open(_ access: AccessRequest, _ transaction: PostgresTransaction) async throws(PostgresError) {
        let milliseconds = Int64(Self.holdMax / .milliseconds(1))
        _ = try await transaction.pipeline([
            "select set_config('idle_in_transaction_session_timeout', \(String(milliseconds)), true)",
            AccessStatements.open(access),
        ])
    }

    private func record(_ events: [RecordedEvent]) throws(JSONError) -> HotOnboardingRecord {
        var record = HotOnboardingRecord(settings: settings)
        for event in events { try record.take(event) }
        return record
    }

    private struct Overtaken: Error {}
}

/// What follows by itself for one case: the events, and the version of the case over which they were worked out.
struct OnboardingMoves: Sendable, Equatable {
    var seen: Int64
    var events: [StaffEvent<HotOnboardingFact>] = []
}
