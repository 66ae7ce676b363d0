package import EventSourcing

/// Which command it is: the identifier its sender gave it, and the digest of what it asked for.
///
/// The same identifier again with the same digest is the same command, and gets the same answer; with another digest it
/// is refused (product.md 5.7). The service takes the digest of the request's content, without the time of day.
package struct CommandKey: Hashable, Sendable, CustomStringConvertible {
    /// A UUID (RFC 9562 section 4), lower case.
    package let id: String
    /// SHA-256 of what was asked for.
    package let digest: Digest

    /// Takes a UUID in either case; `nil` for anything else.
    package init?(id: String, digest: Digest) {
        var bytes: [UInt8] = []
        for (index, byte) in id.utf8.enumerated() {
            switch byte {
            case UInt8(ascii: "-") where Self.hyphens.contains(index): break
            case UInt8(ascii: "0")...UInt8(ascii: "9") where !Self.hyphens.contains(index): break
            case UInt8(ascii: "a")...UInt8(ascii: "f") where !Self.hyphens.contains(index): break
            case UInt8(ascii: "A")...UInt8(ascii: "F") where !Self.hyphens.contains(index):
                bytes.append(byte + 0x20)
                continue
            default: return nil
            }
            guard index < Self.length else { return nil }
            bytes.append(byte)
        }
        guard bytes.count == Self.length else { return nil }
        self.id = String(decoding: bytes, as: UTF8.self)
        self.digest = digest
    }

    package var description: String { id }

    private static let length = 36
    private static let hyphens: Set<Int> = [8, 13, 18, 23]
}
