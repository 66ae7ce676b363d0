import EventSourcing

/// The roots of a log's perfect subtrees of 1,024 leaves, kept so that a proof need not read every leaf.
enum Subtrees {
    /// Their level in the tree: that of the leaves is 0.
    static let level = 10
    /// Leaves in each.
    static let leafCount: Int64 = 1 << Int64(level)

    /// How many of them a tree has.
    static func count(in size: Int64) -> Int64 { size / leafCount }

    /// The positions under one of them; the nearest that can be for a number that cannot.
    static func positions(under number: Int64) -> ClosedRange<Int64> {
        let first = min(max(number, 0), Int64.max / leafCount - 1) * leafCount
        return (first + 1)...(first + leafCount)
    }

    /// Reads digests that stand one after the other; `nil` unless there are as many.
    static func digests(_ bytes: [UInt8], count: Int64) -> [Digest]? {
        guard Int64(bytes.count) == count * Int64(Digest.byteCount) else { return nil }
        return stride(from: 0, to: bytes.count, by: Digest.byteCount).compactMap {
            Digest(bytes: bytes[$0..<$0 + Digest.byteCount])
        }
    }

    /// The root of a perfect subtree.
    static func root(_ hashes: some Collection<Digest>) -> Digest {
        var range = CompactRange()
        for hash in hashes { range.append(hash) }
        return range.root()
    }
}
