/// The right-hand edge of a Merkle tree: all that is needed to append a leaf or tell the root.
///
/// A tree of `size` leaves is the row of its greatest perfect subtrees, from the left, one for each bit set in `size`
/// (RFC 6962 section 2.1; "compact range" in the words of Trillian and C2SP). `hashes` are their roots, greatest first:
///
/// ```
/// size 7 = 4 + 2 + 1          [ n(n(a,b),n(c,d)) , n(e,f) , g ]
/// ```
///
/// Appending costs one leaf and, on the average, one node; telling the root at most 63 nodes. The stored form is
/// `hashes` one after the other, 32 bytes each, beside `size`.
package struct CompactRange: Equatable, Sendable {
    /// The number of leaves, which is the position of the newest event.
    package private(set) var size: Int64

    /// The roots of the perfect subtrees, greatest first; as many as `size` has bits set.
    package private(set) var hashes: [Digest]

    /// The range of the tree without leaves.
    package init() {
        size = 0
        hashes = []
    }

    /// Takes a stored range; `nil` when `size` is negative or the bytes are not one digest for each bit set in it.
    package init?(size: Int64, concatenated bytes: [UInt8]) {
        guard size >= 0, bytes.count == size.nonzeroBitCount * Digest.byteCount else { return nil }
        self.size = size
        hashes = stride(from: 0, to: bytes.count, by: Digest.byteCount).compactMap {
            Digest(bytes: bytes[$0..<$0 + Digest.byteCount])
        }
    }

    /// Appends a leaf by its hash (`MerkleHash.leaf`).
    package mutating func append(_ leafHash: Digest) {
        var hash = leafHash
        var carry = size
        while carry & 1 == 1, let left = hashes.popLast() {
            hash = MerkleHash.node(left, hash)
            carry >>= 1
        }
        hashes.append(hash)
        size += 1
    }

    /// The root of the perfect subtree of 2^`level` leaves that ends with this leaf, if it is appended; `nil` if none
    /// does.
    package func subtree(ofLevel level: Int, endingWith leafHash: Digest) -> Digest? {
        guard (size + 1) & ((1 << Int64(level)) - 1) == 0 else { return nil }
        var hash = leafHash
        for left in hashes.suffix(level).reversed() { hash = MerkleHash.node(left, hash) }
        return hash
    }

    /// The root of the tree (RFC 6962 section 2.1, MTH).
    package func root() -> Digest {
        guard var root = hashes.last else { return MerkleHash.emptyRoot }
        for left in hashes.dropLast().reversed() { root = MerkleHash.node(left, root) }
        return root
    }

    /// The stored form: the hashes one after the other.
    package var concatenated: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(hashes.count * Digest.byteCount)
        for hash in hashes { hash.append(to: &bytes) }
        return bytes
    }
}
