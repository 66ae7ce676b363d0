/// Proof that a leaf is in a log's tree (RFC 6962 section 2.1.1; verified as RFC 9162 section 2.1.3.2 says).
package struct InclusionProof: Hashable, Sendable {
    /// The leaf, counted from 0: its position less one.
    package let index: Int64
    /// The number of leaves of the tree.
    package let size: Int64
    /// The hashes of `MerkleSpan.inclusion`.
    package let hashes: [Digest]

    package init(index: Int64, size: Int64, hashes: [Digest]) {
        self.index = index
        self.size = size
        self.hashes = hashes
    }

    /// Whether it proves that this leaf is in the tree with this root.
    package func proves(_ leaf: Digest, in root: Digest) -> Bool {
        guard index >= 0, index < size else { return false }
        var (place, last) = (index, size - 1)
        var hash = leaf
        for sibling in hashes {
            guard last > 0 else { return false }
            if place & 1 == 1 || place == last {
                hash = MerkleHash.node(sibling, hash)
                // At the right-hand edge, levels at which the node has no sibling are passed over.
                while place & 1 == 0 && place != 0 {
                    place >>= 1
                    last >>= 1
                }
            } else {
                hash = MerkleHash.node(hash, sibling)
            }
            place >>= 1
            last >>= 1
        }
        return last == 0 && hash == root
    }
}
