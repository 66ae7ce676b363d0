/// A 64-bit digest of what an event says, to tell two tellings apart.
///
/// Not cryptographic: it only parts events of one subject that the hospital recorded in the same microsecond. Stable
/// over versions and machines, for it is kept in stored states.
struct ContentDigest {
    private static let wordBytes = 8
    private static let multiplier: UInt64 = 0x9E37_79B9_7F4A_7C15

    static func of(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        let span = bytes.span.bytes
        var hash = UInt64(bytes.count) &* multiplier
        var offset = 0
        while offset + wordBytes <= span.byteCount {
            // `unsafe` only by name: the load checks its bounds, and any bytes are a valid UInt64.
            let word = UInt64(littleEndian: unsafe span.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
            hash = mixed(hash, word)
            offset += wordBytes
        }
        var tail: UInt64 = 0
        while offset < span.byteCount {
            // `unsafe` only by name, as above.
            tail = tail << 8 | UInt64(unsafe span.unsafeLoad(fromByteOffset: offset, as: UInt8.self))
            offset += 1
        }
        hash = mixed(hash, tail)
        return mixed(hash, 0)
    }

    /// One digest of three.
    static func combine(_ first: UInt64, _ second: UInt64, _ third: UInt64) -> UInt64 {
        mixed(mixed(mixed(multiplier, first), second), third)
    }

    private static func mixed(_ hash: UInt64, _ word: UInt64) -> UInt64 {
        let (high, low) = (hash ^ word).multipliedFullWidth(by: multiplier)
        return high ^ low ^ (hash << 23 | hash >> 41)
    }
}
