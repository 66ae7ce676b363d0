/// The name of a log: the ODS code of the organisation that tells it.
///
/// One to twelve of `A`–`Z`, `0`–`9` and `-` (NHS Data Dictionary, Organisation Data Service codes), compared byte by
/// byte.
package struct LogName: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The code itself, `RH5` say.
    package let rawValue: String

    /// Takes a code, or refuses what is empty, longer than twelve bytes, or outside the alphabet.
    package init?(_ rawValue: String) {
        let bytes = rawValue.utf8
        guard (1...12).contains(bytes.count), bytes.allSatisfy(Self.isAllowed) else { return nil }
        self.rawValue = rawValue
    }

    package var description: String { rawValue }

    package static func < (lhs: LogName, rhs: LogName) -> Bool {
        lhs.rawValue < rhs.rawValue
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            || byte == UInt8(ascii: "-")
    }
}
