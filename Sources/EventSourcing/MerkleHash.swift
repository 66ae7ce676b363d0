/// The two hashes of a Merkle tree (RFC 6962 section 2.1).
///
/// The prefix byte tells leaves from nodes, so that no node can be passed off as a leaf (second preimage).
package enum MerkleHash {
    /// The hash of a leaf: SHA-256(0x00 || data).
    package static func leaf(_ data: [UInt8]) -> Digest {
        Digest(hashing: [0x00], data)
    }

    /// The hash of a node: SHA-256(0x01 || left || right).
    package static func node(_ left: Digest, _ right: Digest) -> Digest {
        Digest(of: 0x01, left, right)
    }

    /// The root of the tree without leaves: SHA-256 of nothing.
    package static let emptyRoot = Digest(of: [])
}
