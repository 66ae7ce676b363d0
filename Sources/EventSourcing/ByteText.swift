/// Compares texts byte by byte, as the database does, not by Unicode's canonical equivalence.
///
/// Both must agree on what is one subject, and on what stands before what. The bytes are those of UTF-8.
package enum ByteText {
    /// Whether two texts have the same bytes.
    package static func areEqual(_ lhs: String, _ rhs: String) -> Bool {
        lhs.utf8.count == rhs.utf8.count && compare(lhs, rhs) { $0.elementsEqual($1) }
    }

    /// Whether the first text stands before the second.
    package static func precedes(_ lhs: String, _ rhs: String) -> Bool {
        compare(lhs, rhs) { $0.lexicographicallyPrecedes($1) }
    }

    @inline(__always)
    private static func compare(
        _ lhs: String, _ rhs: String, _ body: (UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt8>) -> Bool
    ) -> Bool {
        // A native string gives its bytes where they stand; the copies of others are made to be native.
        var (left, right) = (lhs, rhs)
        return left.withUTF8 { left in right.withUTF8 { right in body(left, right) } }
    }
}
