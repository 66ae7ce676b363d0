/// Compares texts byte by byte, as the database does, not by Unicode's canonical equivalence.
///
/// Both must agree on what is one subject, and on what stands before what. The bytes are those of UTF-8.
package enum ByteText {
    /// Whether two texts have the same bytes.
    package static func areEqual(_ lhs: String, _ rhs: String) -> Bool {
        guard lhs.utf8.count == rhs.utf8.count else { return false }
        return compare(lhs, rhs) { left, right in
            var index = 0
            while index + 8 <= left.count {
                // Unsafe only in what it may be read as, and any eight bytes are an integer; the place is checked.
                let (one, other) = (
                    left.bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self),
                    right.bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
                )
                guard one == other else { return false }
                index += 8
            }
            while index < left.count {
                guard left[index] == right[index] else { return false }
                index += 1
            }
            return true
        }
    }

    /// Whether the first text stands before the second.
    package static func precedes(_ lhs: String, _ rhs: String) -> Bool {
        compare(lhs, rhs) { left, right in
            let count = min(left.count, right.count)
            for index in 0..<count where left[index] != right[index] { return left[index] < right[index] }
            return left.count < right.count
        }
    }

    @inline(__always)
    private static func compare(_ lhs: String, _ rhs: String, _ body: (Span<UInt8>, Span<UInt8>) -> Bool) -> Bool {
        let answer = lhs.utf8.withContiguousStorageIfAvailable { left in
            rhs.utf8.withContiguousStorageIfAvailable { right in body(left.span, right.span) }
        }
        if let answer = answer ?? nil { return answer }
        let (left, right) = (Array(lhs.utf8), Array(rhs.utf8))
        return body(left.span, right.span)
    }
}
