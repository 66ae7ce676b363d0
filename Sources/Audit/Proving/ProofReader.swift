import EventLog
package import EventSourcing
package import Postgres

/// Gives checkpoints and proofs of logs, by functions that tell hashes and nothing else.
///
/// A proof in a tree of *n* leaves reads *n* / 1,024 stored subtree roots and at most 2,048 leaves, whatever *n*: of ten
/// million events some 310 kB and 65 kB. Needs the role of the service or of the auditor.
package struct ProofReader: Sendable {
    private let pool: PostgresPool

    package init(pool: PostgresPool) {
        self.pool = pool
    }

    /// The newest checkpoint of each log that has one, in the order of their names.
    package func checkpoints() async throws -> [SignedCheckpoint] {
        var checkpoints: [SignedCheckpoint] = []
        for row in try await pool.query("select log, size, root, note, signed_at from event_log.checkpoints()") {
            checkpoints.append(
                SignedCheckpoint(
                    log: try row.decode(0), size: try row.decode(1), root: try row.decode(2), note: try row.decode(3),
                    signedAt: try row.decode(4)))
        }
        return checkpoints
    }

    /// The leaf at a position, and the proof that it is in the tree of `size` leaves, or of the newest checkpoint.
    ///
    /// - Throws: `AuditError.checkpointUnknown` for a log without checkpoint, or a size beyond the newest;
    ///   `AuditError.positionBeyondLog`; `PostgresError`.
    package func inclusion(
        of position: Position, in log: LogName, size: Int64? = nil
    ) async throws -> (leaf: Digest, proof: InclusionProof, checkpoint: SignedCheckpoint) {
        let (size, checkpoint) = try await sizes(log, size)
        let index = position.rawValue - 1
        guard let spans = MerkleSpan.inclusion(of: index, in: size) else {
            throw AuditError.positionBeyondLog(log: log.rawValue, position: position.rawValue, size: size)
        }
        let leaf = MerkleSpan(first: index, end: index + 1)
        let hashes = try await hashes(of: [leaf] + spans, in: log, size: size)
        return (hashes[0], InclusionProof(index: index, size: size, hashes: Array(hashes.dropFirst())), checkpoint)
    }

    /// The proof that the tree of `size` leaves, or of the newest checkpoint, begins with the tree of `old`.
    ///
    /// - Throws: as `inclusion`.
    package func consistency(
        from old: Int64, to size: Int64? = nil, in log: LogName
    ) async throws -> (proof: ConsistencyProof, checkpoint: SignedCheckpoint) {
        let (size, checkpoint) = try await sizes(log, size)
        guard old > 0, let spans = MerkleSpan.consistency(from: old, to: size) else {
            throw AuditError.positionBeyondLog(log: log.rawValue, position: old, size: size)
        }
        return (
            ConsistencyProof(old: old, size: size, hashes: try await hashes(of: spans, in: log, size: size)), checkpoint
        )
    }

    private func sizes(_ log: LogName, _ size: Int64?) async throws -> (Int64, SignedCheckpoint) {
        guard let newest = try await checkpoints().first(where: { $0.log == log }) else {
            throw AuditError.checkpointUnknown(log: log.rawValue, size: size ?? 0)
        }
        let wanted = size ?? newest.size
        guard (1...newest.size).contains(wanted) else {
            throw AuditError.checkpointUnknown(log: log.rawValue, size: wanted)
        }
        return (wanted, newest)
    }

    /// The hashes of nodes of the tree of `size` leaves.
    private func hashes(of spans: [MerkleSpan], in log: LogName, size: Int64) async throws -> [Digest] {
        let parts = spans.flatMap(\.perfect)
        // Small nodes lie in the subtree of the leaf that is asked for, or in the unfinished one at the end.
        let tiles = Set(parts.filter { $0.count < Subtrees.leafCount }.map { $0.first / Subtrees.leafCount }).sorted()
        var leaves: [Int64: [Digest]] = [:]
        for tile in tiles {
            let first = tile * Subtrees.leafCount
            let end = min(first + Subtrees.leafCount, size)
            let bytes = try await pool.query("select event_log.leaf_hashes(\(log), \(first + 1), \(end))")
            leaves[tile] = try digests(bytes, count: end - first, log, position: first + 1)
        }
        var roots: [Digest] = []
        if parts.contains(where: { $0.count >= Subtrees.leafCount }) {
            let count = Subtrees.count(in: size)
            roots = try digests(
                try await pool.query("select event_log.subtree_hashes(\(log), \(count))"), count: count, log, position: 1)
        }
        return spans.map { span in
            let hashes = span.perfect.map { part -> Digest in
                if part.count >= Subtrees.leafCount {
                    let first = Int(part.first / Subtrees.leafCount)
                    return Subtrees.root(roots[first..<first + Int(part.count / Subtrees.leafCount)])
                }
                let tile = part.first / Subtrees.leafCount
                let first = Int(part.first - tile * Subtrees.leafCount)
                return Subtrees.root((leaves[tile] ?? [])[first..<first + Int(part.count)])
            }
            return MerkleSpan.hash(perfect: hashes) ?? MerkleHash.emptyRoot
        }
    }

    private func digests(
        _ result: PostgresResult, count: Int64, _ log: LogName, position: Int64
    ) throws -> [Digest] {
        let bytes: [UInt8] = try result.first?.decode(0) ?? []
        guard let digests = Subtrees.digests(bytes, count: count) else {
            throw AuditError.rowUnreadable(table: "event_log.subtree", log: log.rawValue, position: position)
        }
        return digests
    }
}
