/// Sixteen random bytes that blind a digest.
///
/// A short payload could be guessed from its plain digest; from a salted one it cannot once the salt is erased with it.
package struct Salt: Hashable, Sendable {
    /// The sixteen bytes.
    package let bytes: [UInt8]

    /// Draws a salt.
    package init(using generator: inout some RandomNumberGenerator) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.byteCount)
        for _ in 0..<2 {
            // The unsafe view is of a local integer and does not outlive the call.
            withUnsafeBytes(of: generator.next() as UInt64) { bytes.append(contentsOf: $0) }
        }
        self.bytes = bytes
    }

    /// Takes a stored salt; `nil` unless it has sixteen bytes.
    package init?(bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = bytes
    }

    /// The length of every salt in bytes.
    package static let byteCount = 16

    /// SHA-256(salt || content).
    package func digest(of content: [UInt8]) -> Digest {
        Digest(hashing: bytes, content)
    }
}
