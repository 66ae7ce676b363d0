package import EventSourcing
package import Postgres

/// Tells a hospital's log what became of its feed: one event, now and then, by `event_log.append_feed_event`.
///
/// One transaction holds the head of the log, computes the leaf behind it and writes. What is told was seen at one end
/// of the log: if the log has gone on since, nothing is written. Of two that tell the same, one does. Needs the role of
/// the projector.
package struct FeedEventLog: Sendable {
    /// What one call did.
    package enum Outcome: Sendable, Equatable {
        /// It is written, at this position.
        case appended(Position)
        /// The log has gone on since it was looked at; nothing is written.
        case overtaken
        /// Somebody has told it before; nothing is written.
        case settled
    }

    private let pool: PostgresPool
    private let now: @Sendable () -> Instant
    private let salt: @Sendable () -> Salt

    /// See `GroupCommit` about the clock and the salts.
    package init(
        pool: PostgresPool, now: @escaping @Sendable () -> Instant = WallClock.now,
        salt: @escaping @Sendable () -> Salt = GroupCommit.secureSalt
    ) {
        self.pool = pool
        self.now = now
        self.salt = salt
    }

    /// Appends an event to a log that ends where it was looked at.
    ///
    /// If the connection is lost the outcome is unknown, and doing the same again is safe. Throws `PostgresError`; a
    /// log that does not exist is the server's P0002.
    package func append(_ event: NewEvent, to log: LogName, seen: Position) async throws -> Outcome {
        try await pool.transaction { transaction in
            guard case .moved(let head) = try ActAnswer(try await transaction.query(Self.hold(log))) else {
                throw Self.notHeld
            }
            guard head.position == seen else { return .overtaken }
            let salt = salt()
            var laid = LaidEvents(log: log, after: head, now: now())
            let leaf = laid.append(event, salt: salt)
            let answer = try await transaction.query(
                """
                select outcome, position, recorded_at, range from event_log.append_feed_event(\(log), \(head.position),
                    \(laid.head.recordedAt), \(laid.head.range.concatenated), \(event.occurredAt as Instant?),
                    \(event.stream), \(event.type), \(leaf), \(salt), \(TextBytes(bytes: event.payload)))
                """)
            switch try ActAnswer(answer) {
            case .appended: return .appended(laid.head.position)
            case .settled: return .settled
            case .moved: throw Self.notHeld
            }
        }
    }

    /// Asks where the log ends, and holds it there to the end of the transaction: no log ends before its beginning.
    private static func hold(_ log: LogName) -> SQL {
        """
        select outcome, position, recorded_at, range from event_log.append_feed_event(\(log), \(Position(-1)),
            \(Instant(microseconds: 0)), \([UInt8]()), \(nil as Instant?), '', '', \([UInt8]()), \([UInt8]()), '')
        """
    }

    /// The server broke its word.
    private static let notHeld = PostgresError(
        .decoding, message: "event_log.append_feed_event: the head was not held")
}
