import EventLog
package import EventSourcing
package import Postgres

/// How a log stands to its newest signed checkpoint: whether it is what was signed of it, and what is not signed for.
///
/// Made from the rows behind the checkpoint alone, so it costs little and may be asked for every few seconds; that what
/// lies before the checkpoint is what it was when it was signed, `LogVerification` says. Needs the role of the monitor.
package struct CheckpointStanding: Sendable, Equatable {
    package enum State: String, Sendable {
        /// Nothing was signed of it.
        case unsigned
        /// It goes on from what was signed of it.
        case sound
        /// It does not begin with what was signed of it, or ends before it.
        case forked
        /// The newest checkpoint in the database is not what this key signed.
        case forged
        /// More than `leavesMax` events came since: it was not looked at.
        case uncompared
    }

    package let log: LogName
    package let state: State
    /// The newest event.
    package let position: Int64
    /// The number of events signed for.
    package let size: Int64
    /// When that was.
    package let signedAt: Instant?
    /// When we were told the first event that is not signed for; `nil` if all are.
    package let unsignedSince: Instant?

    /// Events not signed for.
    package var unsigned: Int64 { max(0, position - size) }

    /// Whether something is wrong, whatever the time.
    package var isBroken: Bool { state == .forked || state == .forged }

    /// Whether events have waited longer than this for a signature: since they were told, and since the last one.
    package func isStale(now: Instant, after wait: Duration) -> Bool {
        guard let unsignedSince else { return false }
        return now - max(unsignedSince, signedAt ?? unsignedSince) > wait
    }

    /// Leaves between checkpoint and head that are looked at: twice what usually lies between two checkpoints.
    package static let leavesMax = 20_000

    /// How each log stands, in the order of their names.
    ///
    /// - Parameters:
    ///   - origin: the key that signs here; without it signatures are not looked at.
    ///   - kept: the newest checkpoints that are kept outside the database.
    package static func read(
        _ pool: PostgresPool, origin: LogOrigin? = nil, kept: [LogName: Checkpoint] = [:]
    ) async throws -> [CheckpointStanding] {
        let result = try await pool.query(
            """
            select log, position, range, size, signed_range, note, signed_at, unsigned_since, leaves
            from event_log.checkpoint_standing(\(Int32(leavesMax)))
            """)
        return try result.map { row in
            let (log, position, size): (LogName, Int64, Int64) =
                (try row.decode(0), try row.decode(1), try row.decode(3))
            let leaves: [UInt8]? = try row.decode(8)
            let state = try Self.state(
                log, head: (position, row.decode(2)), signed: (size, row.decode(4), row.decode(5)), leaves: leaves,
                origin: origin, kept: kept[log])
            return CheckpointStanding(
                log: log, state: state, position: position, size: size, signedAt: try row.decode(6),
                unsignedSince: try row.decode(7))
        }
    }

    private static func state(
        _ log: LogName, head: (position: Int64, range: [UInt8]), signed: (size: Int64, range: [UInt8], note: String?),
        leaves: [UInt8]?, origin: LogOrigin?, kept: Checkpoint?
    ) -> State {
        guard head.position >= max(signed.size, kept?.size ?? 0) else { return .forked }
        guard let note = signed.note else { return .unsigned }
        guard var range = CompactRange(size: signed.size, concatenated: signed.range),
            isSigned(range, note, by: origin, log)
        else { return .forged }
        guard let leaves else { return .uncompared }
        guard let between = Subtrees.digests(leaves, count: head.position - signed.size) else { return .forked }
        if let kept, kept.size == range.size, kept.root != range.root() { return .forked }
        for leaf in between {
            range.append(leaf)
            if let kept, kept.size == range.size, kept.root != range.root() { return .forked }
        }
        return range.concatenated == head.range ? .sound : .forked
    }

    /// Whether the note says what the range comes to, and is signed, as far as that can be told.
    private static func isSigned(_ range: CompactRange, _ note: String, by origin: LogOrigin?, _ log: LogName) -> Bool {
        guard let note = SignedNote(note) else { return false }
        var checkpoint = Checkpoint(text: note.text)
        // What another key signed, before or elsewhere, is taken as it stands.
        if let origin, note.text.hasPrefix(origin.line(log) + "\n"), let key = origin.key(log) {
            checkpoint = note.checkpoint(signedBy: key)
        }
        return checkpoint?.size == range.size && checkpoint?.root == range.root()
    }
}
