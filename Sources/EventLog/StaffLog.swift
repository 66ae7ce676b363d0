package import EventSourcing
package import Postgres

/// Appends what staff do: loads a small stream, and writes what a command comes to behind it.
///
/// Both within one transaction that has opened an access record of that very log (`audit.open_access`): of a practice
/// for its concerns, actions, huddles and scores, of a hospital for its onboarding cases (`event_log.append_acts` has
/// the list). Loading holds the head of the log to the end of the transaction, so what is decided in between is decided
/// over what stands: nobody loses a race, and who comes second sees what the first has done. Decide without waiting for
/// anything: a hospital's messages wait meanwhile.
///
/// ```
/// begin ─▶ access record ─▶ load: hold the head, read the stream ─▶ decide ─▶ append ─▶ commit
///                                       │ known: the answer of the first time
/// ```
///
/// If the connection is lost the outcome is unknown; the same command again is safe.
package struct StaffLog: Sendable {
    /// Which command it is: its identifier is remembered by the log for good, with the digest of what it asked for.
    package struct Command: Sendable, Equatable {
        /// A UUID, lower case.
        package let id: String
        package let digest: Digest

        package init(id: String, digest: Digest) {
            self.id = id
            self.digest = digest
        }
    }

    private let now: @Sendable () -> Instant
    private let salt: @Sendable () -> Salt

    /// See `GroupCommit` about the clock and the salts.
    package init(
        now: @escaping @Sendable () -> Instant = WallClock.now, salt: @escaping @Sendable () -> Salt = GroupCommit.secureSalt
    ) {
        self.now = now
        self.salt = salt
    }

    /// Holds the log and reads one stream of it.
    ///
    /// `command` is `nil` for acts of the service itself, which works them out anew. Throws `PostgresError`: 42501
    /// without an access record of this log, P0002 for a hospital that has told nothing yet.
    package func load(
        _ stream: StreamName, of log: LogName, for command: Command?, in transaction: PostgresTransaction
    ) async throws(PostgresError) -> StaffStream {
        let results = try await transaction.pipeline([
            // As for a receipt: flushed here, and on the synchronous standbys if there are any.
            """
            select set_config('synchronous_commit', 'on', true)
            where current_setting('synchronous_commit') <> 'remote_apply'
            """,
            StaffAppend.hold(log, stream, command), StaffAppend.events(log, stream),
        ])
        let events = try EventReader.events(in: log, results[2])
        switch try StaffAppend.Answer(results[1]) {
        case .known(let known):
            return StaffStream(log: log, name: stream, events: events, known: known, command: command, head: nil)
        case .headMoved(let head):
            return StaffStream(log: log, name: stream, events: events, known: nil, command: command, head: head)
        case .appended, .moved: throw Self.notHeld
        }
    }

    /// Appends the events behind the stream, all of them or none, and remembers the command, also if it came to
    /// nothing.
    ///
    /// Gives the whole stream as it stands then. All events must be of this stream. Once for each `load`.
    package func append(
        _ events: [NewEvent], to stream: StaffStream, in transaction: PostgresTransaction
    ) async throws(PostgresError) -> StaffStream {
        guard let head = stream.head, events.allSatisfy({ $0.stream == stream.name }) else { throw Self.notLoaded }
        let append = StaffAppend(events, to: stream, after: head, now: now(), salt: salt)
        guard case .appended = try StaffAppend.Answer(try await transaction.query(append.statement)) else {
            throw Self.notHeld
        }
        let written = events.enumerated().map { index, event in
            RecordedEvent(
                log: stream.log, position: Position(head.position.rawValue + Int64(index) + 1), stream: event.stream,
                type: event.type, payload: event.payload, occurredAt: event.occurredAt,
                recordedAt: append.head.recordedAt, message: nil)
        }
        return StaffStream(
            log: stream.log, name: stream.name, events: stream.events + written, known: nil, command: stream.command,
            head: append.head)
    }

    /// The server broke its word.
    private static let notHeld = PostgresError(.decoding, message: "event_log.append_acts: the head was not held")
    /// The caller gave another stream's events, or those of a command that is known.
    private static let notLoaded = PostgresError(.encoding, message: "event_log.append_acts: not what was loaded")
}
