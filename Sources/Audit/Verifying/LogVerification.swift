import EventLog
package import EventSourcing
package import Postgres

/// Recomputes a log's tree from its rows and says where they are not what was written.
///
/// Everything is computed from payloads, message bytes and salts (`LeafEncoding`), nothing is taken from the database
/// but the rows. Reads as the auditor up to where the log ends now, in chunks of `LogChunk.eventsMax`, a few at once,
/// in constant memory; the feed goes on meanwhile. Leaves that rows do not hash to are findings at their positions; the
/// tree is made of the stored leaves, and held against the head row and against all signed checkpoints: those that the
/// database keeps, and those that were kept elsewhere, which alone can show that rows, leaves and head were all written
/// anew. Inner nodes that are kept to make proofs of (`KeptSubtrees`) are held against those of the tree; what was not
/// yet kept when a verification ended is held when it is resumed.
///
/// ```
/// rows ──hash──▶ leaf = stored leaf ──▶ tree ──▶ = head row
///                                        ├─size─▶ = checkpoint signed at that size
///                                        └─1024─▶ = inner node kept for proofs
/// ```
package struct LogVerification: Sendable {
    private let pool: PostgresPool
    private let log: LogName
    private let key: NoteKey?
    private let against: [Checkpoint]

    /// Chunks that are read and hashed at once, each by a connection: on two cores a fourth takes more than it gives.
    package static let chunksAtOnce = 3
    /// Chunks between two calls of `save`.
    private static let chunksSaved = 4

    /// Prepares to verify one log.
    ///
    /// - Parameters:
    ///   - pool: of the auditor's role, with at least `chunksAtOnce` connections.
    ///   - key: what stored checkpoints are held against; without it their signatures are not checked.
    ///   - against: checkpoints of this log from outside the database, their signatures checked.
    package init(pool: PostgresPool, log: LogName, key: NoteKey?, against: [Checkpoint]) {
        self.pool = pool
        self.log = log
        self.key = key
        self.against = against
    }

    /// Verifies from where a state stands to where the log ends now.
    ///
    /// - Parameters:
    ///   - progress: events looked at, and where the log ends; called often.
    ///   - save: called now and then, and at the end, with where to go on.
    /// - Returns: the state at the end: no finding, nothing wrong.
    /// - Throws: `AuditError.logUnknown`, or `PostgresError`.
    package func run(
        from begin: VerificationState? = nil, progress: (Int64, Int64) -> Void = { _, _ in },
        save: (VerificationState) throws -> Void = { _ in }
    ) async throws -> VerificationState {
        var state = begin ?? VerificationState(log: log, key: key?.description)
        let (head, stored) = try await standing(&state)
        var known = stored.filter { $0.size > state.position.rawValue }
        for checkpoint in known where checkpoint.size > head.position {
            state.note(Finding(.tailMissing, at: head.position + 1, through: checkpoint.size))
            break
        }
        known.removeAll { $0.size > head.position }
        try await holdSubtrees(due: head.subtrees, &state)
        var place = state.position.rawValue
        if place > head.position { state.note(Finding(.tailMissing, at: head.position + 1, through: place)) }
        var chunks = 0
        try await withThrowingTaskGroup(of: LogChunk.self) { group in
            var asked = place
            var early: [Int64: LogChunk] = [:]
            func ask() {
                guard asked < head.position else { return }
                let range = (asked + 1)...min(asked + LogChunk.eventsMax, head.position)
                asked = range.upperBound
                group.addTask { [pool, log] in try await LogChunk(range, of: log, from: pool) }
            }
            for _ in 0..<Self.chunksAtOnce { ask() }
            while place < head.position {
                try Task.checkCancellation()
                // As many are under way as are asked for, so the one that is wanted is among the next few.
                while early[place + 1] == nil, let chunk = try await group.next() { early[chunk.range.lowerBound] = chunk }
                guard let chunk = early.removeValue(forKey: place + 1) else { break }
                take(chunk, &known, due: head.subtrees, &state)
                place = chunk.range.upperBound
                state.position = Position(place)
                ask()
                chunks += 1
                progress(place, head.position)
                if chunks % Self.chunksSaved == 0 { try save(state) }
            }
        }
        try await noteUntold(&state)
        finish(head, &state)
        state.findings.sort { ($0.position, $0.code.rawValue) < ($1.position, $1.code.rawValue) }
        try save(state)
        return state
    }

    // MARK: Taking chunks in order

    private func take(
        _ chunk: LogChunk, _ known: inout [KnownRoot], due: Int64, _ state: inout VerificationState
    ) {
        let first = chunk.range.lowerBound
        var findings = chunk.findings
        if let recorded = chunk.recorded {
            if let before = state.recordedAt, before > recorded.first, findings[first] == nil,
                !state.hasFinding(where: { $0 == first - 1 })
            {
                findings[first] = Finding(.timeChanged, at: first)
            }
            state.recordedAt = recorded.last
        }
        state.redacted += chunk.redacted
        state.redactions += chunk.redactions
        for position in findings.keys.sorted() {
            if let finding = findings[position] { state.note(finding) }
        }
        // Behind a leaf that is missing there is no tree.
        guard state.range.size == first - 1 else { return }
        for leaf in chunk.leaves {
            let subtree = state.range.subtree(ofLevel: Subtrees.level, endingWith: leaf)
            state.range.append(leaf)
            if let subtree { hold(subtree, at: state.range, against: chunk.subtrees, due: due, &state) }
            while let next = known.first, next.size == state.range.size {
                known.removeFirst()
                hold(next, against: state.range.root(), &state)
            }
        }
    }

    private func hold(_ known: KnownRoot, against root: Digest, _ state: inout VerificationState) {
        state.checkpoints += 1
        if known.root == root {
            state.checkpoint = known.size
        } else if !state.findings.contains(where: { $0.code == .logRewritten }) {
            state.note(Finding(.logRewritten, at: state.checkpoint + 1, through: known.size))
        }
    }

    /// Holds the root of the last subtree of a tree against the one that is kept, if one is due.
    private func hold(
        _ root: Digest, at tree: CompactRange, against kept: [Int64: Digest], due: Int64, _ state: inout VerificationState
    ) {
        let number = Subtrees.count(in: tree.size) - 1
        guard number < due else { return }
        state.held = tree
        if let known = kept[number] {
            if known != root { state.note(Finding(.subtreeChanged, atSubtree: number)) }
        } else {
            state.note(Finding(.subtreeMissing, atSubtree: number))
        }
    }

    /// Holds what an earlier verification went through before it was kept; those leaves must still come to its tree.
    private func holdSubtrees(due: Int64, _ state: inout VerificationState) async throws {
        guard Subtrees.count(in: state.held.size) < min(due, Subtrees.count(in: state.range.size)) else { return }
        let begin = state.held.size
        var tree = state.held
        while tree.size < state.range.size {
            let range = (tree.size + 1)...min(tree.size + LogChunk.eventsMax, state.range.size)
            let results = try await pool.transaction(.repeatableReadOnly) { transaction in
                try await transaction.pipeline([
                    """
                    select leaf_hash from event_log.event
                    where log = \(log) and position between \(range.lowerBound) and \(range.upperBound) order by position
                    """, KeptSubtrees.ending(in: range, of: log),
                ])
            }
            guard results[0].count == range.count else { break }
            let kept = try KeptSubtrees.read(results[1])
            for row in results[0] {
                let leaf: Digest = try row.decode(0)
                let subtree = tree.subtree(ofLevel: Subtrees.level, endingWith: leaf)
                tree.append(leaf)
                if let subtree { hold(subtree, at: tree, against: kept, due: due, &state) }
            }
        }
        if tree != state.range { state.note(Finding(.logRewritten, at: begin + 1, through: state.range.size)) }
    }

    private func finish(_ head: Head, _ state: inout VerificationState) {
        if let last = head.lastRow, last > head.position {
            state.note(Finding(.beyondHead, at: head.position + 1, through: last))
        }
        if head.position > 0, state.recordedAt != nil, state.recordedAt != head.recordedAt,
            !state.hasFinding(where: { $0 >= head.position })
        {
            state.note(Finding(.headChanged, at: head.position))
        }
        // Where a leaf is missing the tree cannot be known, and that is told.
        guard state.range.size == head.position else { return }
        if state.range.concatenated != head.range { state.note(Finding(.headChanged, at: head.position)) }
    }

    /// Each digest that was kept of something taken out needs an event that says so.
    private func noteUntold(_ state: inout VerificationState) async throws {
        let rows = try await pool.query(
            """
            select r.position from event_log.redaction r
            where r.log = \(log) and r.position <= \(state.position) and not exists (
                select from event_log.event e
                where e.log = r.log and e.position = r.told_at and e.type = \(Redaction.type) and e.salt <> ''
                  and e.payload::jsonb -> 'positions' @> to_jsonb(r.position))
            order by r.position limit \(Int64(VerificationState.findingsMax))
            """)
        for row in rows {
            let position: Int64 = try row.decode(0)
            if !state.hasFinding(where: { $0 == position }) { state.note(Finding(.redactionUntold, at: position)) }
        }
    }

    // MARK: Reading

    private struct Head {
        let position: Int64
        let recordedAt: Instant
        let range: [UInt8]
        /// The last event or message that stands, wherever the head says the log ends.
        let lastRow: Int64?
        /// Inner nodes that must be kept.
        let subtrees: Int64
    }

    /// Where the log ends, and all that was signed of it, ascending, as they stood at one moment; notes what is wrong with
    /// what the database keeps beside the rows.
    private func standing(_ state: inout VerificationState) async throws -> (Head, [KnownRoot]) {
        let results = try await pool.transaction(.repeatableReadOnly) { transaction in
            try await transaction.pipeline([
                headRow, "select size, root, note from event_log.checkpoint where log = \(log) order by size",
                KeptSubtrees.misplaced(in: log),
            ])
        }
        guard let row = results[0].first else { throw AuditError.logUnknown(log: log.rawValue) }
        let signed = try results[1].last.map { try $0.decode(0, as: Int64.self) } ?? 0
        let head = Head(
            position: try row.decode(0), recordedAt: try row.decode(1), range: try row.decode(2), lastRow: try row.decode(3),
            subtrees: Subtrees.count(in: signed))
        let known = try checkpoints(results[1], &state)
        for row in results[2] {
            let finding = Finding(.subtreeMisplaced, atSubtree: try row.decode(0))
            // Resumed, it may have been told before.
            if !state.findings.contains(finding) { state.note(finding) }
        }
        return (head, known)
    }

    private var headRow: SQL {
        """
        select h.position, h.recorded_at, h.range,
            greatest(
                (select e.position from event_log.event e where e.log = h.log order by e.position desc limit 1),
                (select m.position from event_log.message m where m.log = h.log order by m.position desc limit 1))
        from event_log.head h where h.log = \(log)
        """
    }

    /// A root that the tree must have at a size.
    private struct KnownRoot: Hashable {
        let size: Int64
        let root: Digest
    }

    /// All checkpoints of the log, ascending; notes what is wrong with those that the database keeps.
    private func checkpoints(_ stored: PostgresResult, _ state: inout VerificationState) throws -> [KnownRoot] {
        var known = Set(against.map { KnownRoot(size: $0.size, root: $0.root) })
        for row in stored {
            let size: Int64 = try row.decode(0)
            let root: Digest = try row.decode(1)
            if let key {
                let checkpoint = SignedNote(try row.decode(2, as: String.self))?.checkpoint(signedBy: key)
                guard checkpoint?.size == size, checkpoint?.root == root else {
                    if size > state.position.rawValue { state.note(Finding(.checkpointUnsigned, at: size)) }
                    continue
                }
            }
            known.insert(KnownRoot(size: size, root: root))
        }
        return known.sorted { $0.size < $1.size }
    }
}
