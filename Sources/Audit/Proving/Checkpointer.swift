import EventLog
package import EventSourcing
package import Postgres

/// Signs what each log's tree has come to, and never two pasts.
///
/// For each log it goes on from its own last checkpoint: reads the leaves behind it, computes the tree, and holds it
/// against the head row. A log that does not begin with what was signed of it, or that ends before it, gets no further
/// signature: `AuditError.logForked`, again and again until somebody has looked. Signed notes go first to `keep`, which
/// puts them outside the database, then to `event_log.checkpoint`. Costs one small hash an event. Used by one task at a
/// time; two processes with the same key do no harm. Needs the role of the projector.
///
/// ```
/// last checkpoint ─▶ leaves behind it ─▶ tree = head row? ─▶ sign ─▶ keep ─▶ store
/// ```
package struct Checkpointer: Sendable {
    /// What was signed last of a log.
    private struct Signed {
        var range: CompactRange
        /// The root that a tree of this size must have, and which is not passed yet.
        var ahead: (size: Int64, root: Digest)?
        /// Subtrees that the database has.
        var subtrees: Int64 = 0
    }

    private let pool: PostgresPool
    private let signer: NoteSigner
    private let origin: LogOrigin
    private let keep: @Sendable (SignedNote) async throws -> Void
    private let now: @Sendable () -> Instant
    private let kept: [LogName: Checkpoint]
    private var signed: [LogName: Signed] = [:]

    /// Leaves read at once.
    private static let leavesMax: Int64 = 20_000

    /// Makes a checkpointer.
    ///
    /// - Parameters:
    ///   - notes: what was kept outside the database before; only what this key signed counts, of each log the greatest.
    ///   - keep: puts a note outside the database; returns once it is on disk.
    package init(
        pool: PostgresPool, signer: NoteSigner, notes: [SignedNote], now: @escaping @Sendable () -> Instant,
        keep: @escaping @Sendable (SignedNote) async throws -> Void
    ) {
        self.pool = pool
        self.signer = signer
        self.keep = keep
        self.now = now
        origin = LogOrigin(publicKey: signer.publicKey)
        kept = CheckpointFile.newest(of: notes, signedBy: origin)
    }

    /// How far behind its log the last signature is, for each log with events that are not signed for.
    ///
    /// A log that ends before what was signed of it is among them, with a negative count.
    package mutating func unsigned() async throws -> [LogName: Int64] {
        var unsigned: [LogName: Int64] = [:]
        for row in try await pool.query("select log, position from event_log.head where position > 0") {
            let log: LogName = try row.decode(0)
            if signed[log] == nil { signed[log] = try await last(log) }
            let size = max(signed[log]?.range.size ?? 0, signed[log]?.ahead?.size ?? 0)
            let position: Int64 = try row.decode(1)
            if position != size { unsigned[log] = position - size }
        }
        return unsigned
    }

    /// Signs a log as it stands now; `nil` if that was done before.
    ///
    /// - Throws: `AuditError.logForked` and `.checkpointUnsigned`; `PostgresError`; whatever `keep` throws.
    @discardableResult
    package mutating func sign(_ log: LogName) async throws -> SignedNote? {
        var state: Signed
        if let known = signed[log] { state = known } else { state = try await last(log) }
        let result = try await pool.query("select position, range from event_log.head where log = \(log)")
        guard let row = result.first else { throw AuditError.logUnknown(log: log.rawValue) }
        let position: Int64 = try row.decode(0)
        let stored = state.range.size
        guard position >= max(stored, state.ahead?.size ?? 0) else {
            throw AuditError.logForked(log: log.rawValue, size: max(stored, state.ahead?.size ?? 0))
        }
        guard position > stored else { return nil }
        let subtrees = try await grow(&state, log, to: position)
        guard state.range.concatenated == (try row.decode(1, as: [UInt8].self)) else {
            throw AuditError.logForked(log: log.rawValue, size: position)
        }
        let at = now()
        let checkpoint = Checkpoint(
            origin: origin.line(log), size: position, root: state.range.root(), extensions: ["time \(at.iso8601)"])
        guard let note = signer.sign(checkpoint) else {
            throw AuditError.checkpointUnsigned(log: log.rawValue, size: position)
        }
        try await keep(note)
        try await pool.query(
            """
            select event_log.append_checkpoint(\(log), \(position), \(checkpoint.root), \(state.range.concatenated),
                \(note.description), \(at), \(state.subtrees), \(subtrees))
            """)
        state.subtrees = Subtrees.count(in: position)
        signed[log] = state
        return note
    }

    /// Forgets what it knows of a log but what is kept outside the database: after an error it begins anew.
    package mutating func forget(_ log: LogName) {
        signed[log] = nil
    }

    // MARK: Reading

    /// What was signed last, as the database keeps it, and what was kept elsewhere and must come.
    private func last(_ log: LogName) async throws -> Signed {
        let result = try await pool.query(
            "select size, root, range, note from event_log.checkpoint where log = \(log) order by size desc limit 1")
        var state = Signed(range: CompactRange(), ahead: nil)
        if let row = result.first {
            let size: Int64 = try row.decode(0)
            state.subtrees = Subtrees.count(in: size)
            let range = CompactRange(size: size, concatenated: try row.decode(2))
            let text: String = try row.decode(3)
            // What another key signed says nothing to this one, which begins with the first leaf.
            if text.hasPrefix(origin.line(log) + "\n") {
                guard let key = origin.key(log), let checkpoint = SignedNote(text)?.checkpoint(signedBy: key),
                    checkpoint.size == size, let range, range.root() == checkpoint.root
                else { throw AuditError.checkpointUnsigned(log: log.rawValue, size: size) }
                state.range = range
            }
        }
        if let kept = kept[log], kept.size >= state.range.size {
            state.ahead = (kept.size, kept.root)
            if kept.size == state.range.size { try pass(&state, log) }
        }
        return state
    }

    /// Holds the tree against what was kept elsewhere of this size.
    private func pass(_ state: inout Signed, _ log: LogName) throws {
        guard let ahead = state.ahead, ahead.size == state.range.size else { return }
        guard state.range.root() == ahead.root else { throw AuditError.logForked(log: log.rawValue, size: ahead.size) }
        state.ahead = nil
    }

    /// Takes the leaves up to a position; gives the subtrees that are full since.
    private func grow(_ state: inout Signed, _ log: LogName, to end: Int64) async throws -> [Digest] {
        let known = state.subtrees - Subtrees.count(in: state.range.size)
        var subtrees: [Digest] = []
        var open = CompactRange()
        var position = Subtrees.count(in: state.range.size) * Subtrees.leafCount
        while position < end {
            let last = min(position + Self.leavesMax, end)
            let result = try await pool.query(
                """
                select position, leaf_hash from event_log.event
                where log = \(log) and position > \(position) and position <= \(last) order by position
                """)
            for row in result {
                position += 1
                let leaf: Digest = try row.decode(1)
                guard try row.decode(0, as: Int64.self) == position else { break }
                open.append(leaf)
                if open.size == Subtrees.leafCount {
                    subtrees.append(open.root())
                    open = CompactRange()
                }
                guard position > state.range.size else { continue }
                state.range.append(leaf)
                try pass(&state, log)
            }
            guard position == last else { throw AuditError.logForked(log: log.rawValue, size: position) }
        }
        return Array(subtrees.dropFirst(Int(known)))
    }
}
