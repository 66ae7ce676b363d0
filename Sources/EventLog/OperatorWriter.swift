package import EventSourcing
package import Postgres

/// Appends operator's acts to a log, a few at a time and now and then.
///
/// One transaction holds the head of the log, computes the leaves behind it and writes: there is no race to lose with
/// the hospital's messages, which wait those few milliseconds. What became of a message is said once: whoever comes
/// second appends nothing for it. Needs the role of the operator.
///
/// ```
/// begin ─▶ hold the head ─▶ lay leaves ─▶ append ─▶ appended ─▶ commit
///                               ▲            │
///                               └── settled: without those
/// ```
package struct OperatorWriter: Sendable {
    /// What one call did.
    package struct Outcome: Sendable, Equatable {
        /// Events written.
        package let eventCount: Int
        /// Where the log ended afterwards; `nil` if nothing was written.
        package let last: Position?
        /// Messages of which something had become before; nothing was written for them.
        package let settledBefore: Set<Position>
    }

    /// The most acts in one call: the hospital's messages wait meanwhile.
    package static let actsMax = 200

    private let configuration: PostgresConfiguration
    private let now: @Sendable () -> Instant
    private let salt: @Sendable () -> Salt

    /// Makes a writer: see `GroupCommit` about the clock and the salts.
    package init(
        configuration: PostgresConfiguration, now: @escaping @Sendable () -> Instant = WallClock.now,
        salt: @escaping @Sendable () -> Salt = GroupCommit.secureSalt
    ) {
        self.configuration = configuration
        self.now = now
        self.salt = salt
    }

    /// Appends acts in order, over a connection of its own, as one.
    ///
    /// If the connection is lost the outcome is unknown, and doing the same again is safe for all that settles a
    /// message. Throws `PostgresError`; a log that does not exist is the server's P0002.
    package func append(_ acts: [OperatorAct], to log: LogName) async throws -> Outcome {
        guard acts.count <= Self.actsMax else {
            throw PostgresError(.encoding, message: "more than \(Self.actsMax) acts at once")
        }
        let (configuration, now, salt) = (configuration, now, salt)
        return try await OwnThread.run(named: "operator") {
            let session = try PostgresSession(configuration)
            defer { session.close() }
            // As for a receipt: flushed here, and on the synchronous standbys if there are any.
            try session.execute(
                """
                select set_config('synchronous_commit', 'on', false)
                where current_setting('synchronous_commit') <> 'remote_apply'
                """)
            let outcome = try session.transaction {
                try Self.append(acts, to: log, session, now: now(), salt: salt)
            }
            if session.warnings.contains(where: \.leavesCommitInDoubt) {
                throw PostgresError(.connectionLost, message: "a commit was left in doubt")
            }
            return outcome
        }
    }

    private static func append(
        _ acts: [OperatorAct], to log: LogName, _ session: PostgresSession, now: Instant, salt: () -> Salt
    ) throws -> Outcome {
        guard case .moved(let head) = try ActAnswer(session.execute(ActAppend.hold(log))) else { throw movedAgain }
        var rest = acts
        var settledBefore: Set<Position> = []
        while !rest.isEmpty {
            let append = ActAppend(log: log, acts: rest, after: head, now: now, salt: salt)
            switch try ActAnswer(session.execute(append.statement)) {
            case .appended:
                return Outcome(
                    eventCount: Int(append.head.position.rawValue - head.position.rawValue),
                    last: append.head.position, settledBefore: settledBefore)
            case .settled(let positions):
                let known = rest.count
                rest.removeAll { act in act.settles.map(positions.contains) ?? false }
                guard rest.count < known else { throw unasked }
                settledBefore.formUnion(positions)
            case .moved:
                throw movedAgain
            }
        }
        return Outcome(eventCount: 0, last: nil, settledBefore: settledBefore)
    }

    /// The server broke its word: it names messages that no act settles.
    private static let unasked = PostgresError(.decoding, message: "event_log.append_events: not asked about these")
    /// The server broke its word: the head is held.
    private static let movedAgain = PostgresError(.decoding, message: "event_log.append_events: the head was not held")
}
