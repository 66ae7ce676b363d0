import Crypto

/// A place in a practice's journal, as clients hold it: `c1.` and base 32 of epoch, count and a signature.
///
/// Opaque outside. The signature is the first 16 bytes of HMAC-SHA256 (RFC 2104) under the installation's cursor key over the
/// practice and the place, so nobody makes one up, and one of another practice is none here. It carries no right.
package struct ChangeCursor: Sendable, Hashable {
    /// Of which telling of the journal (`practice.counter.epoch`).
    package var epoch: Int32
    /// Number of the last change that has been read; 0 before the first.
    package var count: Int64

    /// Makes a cursor behind a change.
    package init(epoch: Int32, count: Int64) {
        self.epoch = epoch
        self.count = count
    }
}

/// Signs cursors and takes back those it has signed.
package struct ChangeCursorKey: Sendable {
    private let key: SymmetricKey

    /// Takes the key of `practice.installation`.
    package init(_ bytes: [UInt8]) {
        key = SymmetricKey(data: bytes)
    }

    /// The cursor as letters, digits and a dot.
    package func text(_ cursor: ChangeCursor, of practice: String) -> String {
        let place = Self.bytes(cursor)
        return Self.prefix + Base32.encode(place + signature(place, practice))
    }

    /// Reads a cursor of this practice; `nil` if it is none of ours.
    package func cursor(_ text: String, of practice: String) -> ChangeCursor? {
        guard text.utf8.count <= Self.charactersMax, text.hasPrefix(Self.prefix),
            let bytes = Base32.decode(String(text.dropFirst(Self.prefix.count))),
            bytes.count == Self.placeBytes + Self.signatureBytes
        else { return nil }
        let place = Array(bytes.prefix(Self.placeBytes))
        // Compared as codes are: in a time that says nothing of where they differ.
        let differs = zip(bytes.dropFirst(Self.placeBytes), signature(place, practice)).reduce(0 as UInt8) {
            $0 | ($1.0 ^ $1.1)
        }
        guard differs == 0 else { return nil }
        let epoch = place.prefix(4).reduce(0 as UInt32) { $0 << 8 | UInt32($1) }
        let count = place.dropFirst(4).reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
        return ChangeCursor(epoch: Int32(bitPattern: epoch), count: Int64(bitPattern: count))
    }

    private static let prefix = "c1."
    private static let placeBytes = 12
    private static let signatureBytes = 16
    private static let charactersMax = 64

    private static func bytes(_ cursor: ChangeCursor) -> [UInt8] {
        let (epoch, count) = (UInt32(bitPattern: cursor.epoch), UInt64(bitPattern: cursor.count))
        return (0..<4).map { UInt8(truncatingIfNeeded: epoch >> (24 - 8 * UInt32($0))) }
            + (0..<8).map { UInt8(truncatingIfNeeded: count >> (56 - 8 * UInt64($0))) }
    }

    private func signature(_ place: [UInt8], _ practice: String) -> [UInt8] {
        // A code holds no NUL, so the parts cannot run into each other.
        let words = Array("changes\0\(practice)\0".utf8) + place
        return Array(HMAC<SHA256>.authenticationCode(for: words, using: key).prefix(Self.signatureBytes))
    }
}
