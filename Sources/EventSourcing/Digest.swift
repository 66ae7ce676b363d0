internal import Crypto

/// A SHA-256 digest (FIPS 180-4): 32 bytes held without an allocation.
package struct Digest: Hashable, Sendable {
    private let words: (UInt64, UInt64, UInt64, UInt64)

    /// The digest of these bytes.
    package init(of bytes: [UInt8]) {
        self.init(hashing: bytes, [])
    }

    /// The digest of two byte strings, one after the other.
    package init(hashing first: [UInt8], _ second: [UInt8]) {
        var hash = SHA256()
        // The unsafe views are read and do not outlive the calls.
        first.withUnsafeBytes { hash.update(bufferPointer: $0) }
        second.withUnsafeBytes { hash.update(bufferPointer: $0) }
        self.init(hash.finalize())
    }

    /// The digest of bytes that lie elsewhere, without a copy.
    package init(of bytes: RawSpan) {
        var hash = SHA256()
        // The unsafe view is read and does not outlive the call.
        bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
        self.init(hash.finalize())
    }

    /// The digest of two byte strings that lie elsewhere, one after the other, without a copy.
    package init(of first: RawSpan, _ second: RawSpan) {
        var hash = SHA256()
        // As above.
        first.withUnsafeBytes { hash.update(bufferPointer: $0) }
        second.withUnsafeBytes { hash.update(bufferPointer: $0) }
        self.init(hash.finalize())
    }

    /// The digest of a byte and two digests behind it.
    init(of first: UInt8, _ left: Digest, _ right: Digest) {
        var hash = SHA256()
        // One update costs less than three. The room is written from end to end, and no view of it outlives the call.
        withUnsafeTemporaryAllocation(byteCount: 1 + 2 * Self.byteCount, alignment: 1) { room in
            room[0] = first
            left.withBytes { UnsafeMutableRawBufferPointer(rebasing: room[1...]).copyMemory(from: $0) }
            right.withBytes { UnsafeMutableRawBufferPointer(rebasing: room[(1 + Self.byteCount)...]).copyMemory(from: $0) }
            hash.update(bufferPointer: UnsafeRawBufferPointer(room))
        }
        self.init(hash.finalize())
    }

    /// Takes 32 bytes as a digest; `nil` for any other count.
    package init?(bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        for (index, byte) in bytes.enumerated() {
            switch index / 8 {
            case 0: words.0 = words.0 << 8 | UInt64(byte)
            case 1: words.1 = words.1 << 8 | UInt64(byte)
            case 2: words.2 = words.2 << 8 | UInt64(byte)
            default: words.3 = words.3 << 8 | UInt64(byte)
            }
        }
        self.words = words
    }

    /// Takes 32 bytes that lie elsewhere as a digest; `nil` for any other count.
    package init?(copying bytes: RawSpan) {
        guard bytes.byteCount == Self.byteCount else { return nil }
        // The count was checked, and any bytes are a UInt64.
        words = (
            UInt64(bigEndian: bytes.unsafeLoadUnaligned(fromByteOffset: 0, as: UInt64.self)),
            UInt64(bigEndian: bytes.unsafeLoadUnaligned(fromByteOffset: 8, as: UInt64.self)),
            UInt64(bigEndian: bytes.unsafeLoadUnaligned(fromByteOffset: 16, as: UInt64.self)),
            UInt64(bigEndian: bytes.unsafeLoadUnaligned(fromByteOffset: 24, as: UInt64.self))
        )
    }

    /// Reads what `hexadecimal` gives; `nil` for anything but 64 lower-case digits.
    package init?(hexadecimal text: String) {
        var bytes: [UInt8] = []
        for (index, digit) in text.utf8.enumerated() {
            let value: UInt8
            switch digit {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = digit - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): value = digit - UInt8(ascii: "a") + 10
            default: return nil
            }
            guard index < Self.byteCount * 2 else { return nil }
            if index % 2 == 0 { bytes.append(value << 4) } else { bytes[index / 2] |= value }
        }
        guard text.utf8.count == Self.byteCount * 2 else { return nil }
        self.init(bytes: bytes)
    }

    private init(_ digest: SHA256.Digest) {
        // A digest of SHA-256 has 32 bytes (FIPS 180-4), the loads check their bounds, and any bytes are a UInt64.
        words = digest.withUnsafeBytes { bytes in
            (
                UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
                UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)),
                UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 16, as: UInt64.self)),
                UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 24, as: UInt64.self))
            )
        }
    }

    /// The length of every digest in bytes.
    package static let byteCount = 32

    /// The 32 bytes.
    package var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.byteCount)
        append(to: &bytes)
        return bytes
    }

    /// Appends the 32 bytes.
    package func append(to bytes: inout [UInt8]) {
        withBytes { bytes.append(contentsOf: $0) }
    }

    /// Lends the 32 bytes.
    func withBytes(_ body: (UnsafeRawBufferPointer) -> Void) {
        // The unsafe view is of local integers and does not outlive the call.
        withUnsafeBytes(of: inOrder) { body($0) }
    }

    /// The words so that their bytes lie in memory in the order of the digest.
    private var inOrder: (UInt64, UInt64, UInt64, UInt64) {
        (words.0.bigEndian, words.1.bigEndian, words.2.bigEndian, words.3.bigEndian)
    }

    /// The digest as 64 lower-case hexadecimal digits.
    package var hexadecimal: String {
        let digits: StaticString = "0123456789abcdef"
        var text: [UInt8] = []
        text.reserveCapacity(2 * Self.byteCount)
        for byte in bytes {
            text.append(digits.utf8Start[Int(byte >> 4)])
            text.append(digits.utf8Start[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    package static func == (lhs: Digest, rhs: Digest) -> Bool {
        lhs.words == rhs.words
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(words.0)
        hasher.combine(words.1)
    }
}
