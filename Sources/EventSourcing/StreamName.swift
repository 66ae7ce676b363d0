/// The name of one subject's events within a log: `encounter:RH5|SP1`, `patient:RH5|123`, `message`.
///
/// At most 255 bytes of UTF-8 without NUL: a longer name keeps its beginning and ends in `~` and 32 hexadecimal digits
/// of the SHA-256 of the whole, so that long names stay distinct. Compared byte by byte, as the database does, not by
/// Unicode's canonical equivalence.
package struct StreamName: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The name as stored.
    package let rawValue: String

    /// Takes a name, clipped to 255 bytes.
    package init(_ rawValue: String) {
        self.rawValue = StorableText.clip(rawValue, bytesMax: Self.bytesMax)
    }

    /// The longest name in bytes of UTF-8.
    package static let bytesMax = 255

    package var description: String { rawValue }

    package static func == (lhs: StreamName, rhs: StreamName) -> Bool {
        ByteText.areEqual(lhs.rawValue, rhs.rawValue)
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(rawValue)
    }

    package static func < (lhs: StreamName, rhs: StreamName) -> Bool {
        ByteText.precedes(lhs.rawValue, rhs.rawValue)
    }
}
