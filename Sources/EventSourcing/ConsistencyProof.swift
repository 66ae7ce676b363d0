/// Proof that a log's tree begins with an older one: nothing in it was changed, taken out or put in between
/// (RFC 6962 section 2.1.2; verified as RFC 9162 section 2.1.4.2 says).
package struct ConsistencyProof: Hashable, Sendable {
    /// The number of leaves of the older tree.
    package let old: Int64
    /// The number of leaves of the newer one.
    package let size: Int64
    /// The hashes of `MerkleSpan.consistency`.
    package let hashes: [Digest]

    package init(old: Int64, size: Int64, hashes: [Digest]) {
        self.old = old
        self.size = size
        self.hashes = hashes
    }

    /// Whether it proves that the tree with `newRoot` begins with the tree with `oldRoot`.
    package func proves(_ oldRoot: Digest, in newRoot: Digest) -> Bool {
        guard old >= 0, old <= size else { return false }
        if old == 0 { return hashes.isEmpty && oldRoot == MerkleHash.emptyRoot }
        if old == size { return hashes.isEmpty && oldRoot == newRoot }
        // A power of two: the old tree is a node of the new one, and its root was not repeated.
        var path = old.nonzeroBitCount == 1 ? [oldRoot] + hashes : hashes
        guard !path.isEmpty else { return false }
        var (place, last) = (old - 1, size - 1)
        while place & 1 == 1 {
            place >>= 1
            last >>= 1
        }
        let first = path.removeFirst()
        var (before, after) = (first, first)
        for sibling in path {
            guard last > 0 else { return false }
            if place & 1 == 1 || place == last {
                before = MerkleHash.node(sibling, before)
                after = MerkleHash.node(sibling, after)
                while place & 1 == 0 && place != 0 {
                    place >>= 1
                    last >>= 1
                }
            } else {
                after = MerkleHash.node(after, sibling)
            }
            place >>= 1
            last >>= 1
        }
        return last == 0 && before == oldRoot && after == newRoot
    }
}
