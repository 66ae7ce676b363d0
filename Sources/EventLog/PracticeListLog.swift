package import EventSourcing
package import Postgres

/// Reads what a practice told of its list, and appends what a new list changes.
///
/// Both within an access record of that practice, each in one transaction. What is appended was compared with the list
/// as it was read: if somebody told the list anew in between, nothing is written (`Outcome.overtaken`), and whoever
/// wrote reads and compares again. Other acts of the practice in between do no harm. Needs the role of the
/// operator, or of the service.
///
/// ```
/// begin ─▶ access record ─▶ hold the head ─▶ lay leaves ─▶ append ─▶ commit
///                                              ▲    next   │
///                                              └── events ─┘
/// ```
package struct PracticeListLog: Sendable {
    /// What an append did.
    package enum Outcome: Sendable, Equatable {
        /// All is written; the log ends here now.
        case appended(last: Position)
        /// The list was told anew since it was read; nothing is written.
        case overtaken
    }

    /// Events read or written by one statement.
    private static let pageEventsMax = 5_000

    private let configuration: PostgresConfiguration
    private let now: @Sendable () -> Instant
    private let salt: @Sendable () -> Salt

    /// See `GroupCommit` about the clock and the salts.
    package init(
        configuration: PostgresConfiguration, now: @escaping @Sendable () -> Instant = WallClock.now,
        salt: @escaping @Sendable () -> Salt = GroupCommit.secureSalt
    ) {
        self.configuration = configuration
        self.now = now
        self.salt = salt
    }

    /// All that the practice ever told of its list, in order; nothing for a practice that told none.
    package func events(_ access: ListAccess) async throws -> [ListEvent] {
        let configuration = configuration
        return try await OwnThread.run(named: "list") {
            let session = try PostgresSession(configuration)
            defer { session.close() }
            return try session.transaction {
                try session.execute(access.statement)
                var events: [ListEvent] = []
                var count = 0
                repeat {
                    let after = events.last?.position ?? .origin
                    let limit = Int32(Self.pageEventsMax)
                    let page = try session.execute(
                        """
                        select position, type, payload
                        from event_log.registrations(\(access.practice), \(after), \(limit))
                        """)
                    count = page.count
                    for row in page {
                        events.append(
                            ListEvent(
                                position: try row.decode(0), type: try row.decode(1),
                                payload: try row.decode(2, as: TextBytes.self).bytes))
                    }
                } while count == Self.pageEventsMax
                return events
            }
        }
    }

    /// Appends events to the log of the practice, all of them or none, and begins the log if there is none.
    ///
    /// - Parameter seen: the position of the last event that `events(_:)` gave; the origin if it gave none.
    ///
    /// If the connection is lost the outcome is unknown; doing all again, with reading, is safe. Throws
    /// `PostgresError`.
    package func append(_ events: [NewEvent], seen: Position, _ access: ListAccess) async throws -> Outcome {
        let (configuration, now, salt) = (configuration, now, salt)
        return try await OwnThread.run(named: "list") {
            let session = try PostgresSession(configuration)
            defer { session.close() }
            // As for a receipt: flushed here, and on the synchronous standbys if there are any.
            try session.execute(
                """
                select set_config('synchronous_commit', 'on', false)
                where current_setting('synchronous_commit') <> 'remote_apply'
                """)
            let outcome = try session.transaction {
                try session.execute(access.statement)
                return try Self.append(events, to: access.practice, seen: seen, session, now: now(), salt: salt)
            }
            if session.warnings.contains(where: \.leavesCommitInDoubt) {
                throw PostgresError(.connectionLost, message: "a commit was left in doubt")
            }
            return outcome
        }
    }

    private static func append(
        _ events: [NewEvent], to log: LogName, seen: Position, _ session: PostgresSession, now: Instant,
        salt: () -> Salt
    ) throws -> Outcome {
        guard case .moved(var head) = try ListAppend.Answer(session.execute(ListAppend.hold(log))) else {
            throw notHeld
        }
        var seen = seen
        var rest = events[...]
        while !rest.isEmpty {
            let append = ListAppend(
                log: log, events: rest.prefix(pageEventsMax), after: head, seen: seen, now: now, salt: salt)
            switch try ListAppend.Answer(session.execute(append.statement)) {
            case .appended: break
            case .overtaken: return .overtaken
            case .moved: throw notHeld
            }
            // What stands before the new head is what was read, and our own.
            head = append.head
            seen = head.position
            rest = rest.dropFirst(pageEventsMax)
        }
        return .appended(last: head.position)
    }

    /// The server broke its word.
    private static let notHeld = PostgresError(
        .decoding, message: "event_log.append_registrations: the head was not held")
}
