/// Leaves standing together under one node of a Merkle tree: those at `first..<end`, counted from 0.
///
/// `first` is a multiple of the smallest power of two that is not below the count, as it is for each node of the trees
/// of RFC 6962, whose hash is MTH(D[first:end]).
package struct MerkleSpan: Hashable, Sendable {
    package let first: Int64
    package let end: Int64

    package init(first: Int64, end: Int64) {
        self.first = first
        self.end = end
    }

    /// The number of leaves.
    package var count: Int64 { end - first }

    /// The greatest perfect subtrees that make it up, from the left: one for each bit set in `count`.
    package var perfect: [MerkleSpan] {
        var spans: [MerkleSpan] = []
        var from = first
        while from < end {
            let size = Self.largestPower(notAbove: end - from)
            spans.append(MerkleSpan(first: from, end: from + size))
            from += size
        }
        return spans
    }

    /// The hash of a span whose perfect subtrees have these; `nil` for none.
    package static func hash(perfect hashes: [Digest]) -> Digest? {
        guard var hash = hashes.last else { return nil }
        for left in hashes.dropLast().reversed() { hash = MerkleHash.node(left, hash) }
        return hash
    }

    /// The nodes whose hashes prove that leaf `index` is in the tree of `size` leaves, from the leaf's sibling up
    /// (RFC 6962 section 2.1.1); `nil` unless `0 <= index < size`.
    package static func inclusion(of index: Int64, in size: Int64) -> [MerkleSpan]? {
        guard index >= 0, index < size else { return nil }
        var path: [MerkleSpan] = []
        var (first, end) = (Int64(0), size)
        while end - first > 1 {
            let middle = first + split(end - first)
            if index < middle {
                path.append(MerkleSpan(first: middle, end: end))
                end = middle
            } else {
                path.append(MerkleSpan(first: first, end: middle))
                first = middle
            }
        }
        return path.reversed()
    }

    /// The nodes whose hashes prove that the tree of `size` leaves begins with the one of `old` (RFC 6962 section
    /// 2.1.2); empty for equal sizes and for `old` 0; `nil` unless `0 <= old <= size`.
    package static func consistency(from old: Int64, to size: Int64) -> [MerkleSpan]? {
        guard old >= 0, old <= size else { return nil }
        guard old > 0, old < size else { return [] }
        var path: [MerkleSpan] = []
        var (first, end) = (Int64(0), size)
        while end != old {
            let middle = first + split(end - first)
            if old <= middle {
                path.append(MerkleSpan(first: middle, end: end))
                end = middle
            } else {
                path.append(MerkleSpan(first: first, end: middle))
                first = middle
            }
        }
        // The old tree is a node of the new one: its root is known and not repeated.
        if first > 0 { path.append(MerkleSpan(first: first, end: end)) }
        return path.reversed()
    }

    /// The largest power of two that is smaller than a count above 1.
    private static func split(_ count: Int64) -> Int64 { largestPower(notAbove: count - 1) }

    private static func largestPower(notAbove count: Int64) -> Int64 {
        1 << Int64(63 - max(count, 1).leadingZeroBitCount)
    }
}
