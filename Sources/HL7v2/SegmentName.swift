/// A segment name as a number, so that looking for a segment compares numbers and makes no String.
///
/// Three bytes, the first lowest, each without its 0x20 bit: letters of either case come out alike, and digits come out
/// as nothing a name may hold, so that no two names share a number. 0 is the name of what has none.
enum SegmentName {
    // Literals, for a computed constant is looked up behind a lock; a test holds them against `packed`.
    static let msh: UInt32 = 0x48534D
    static let fhs: UInt32 = 0x534846
    static let bhs: UInt32 = 0x534842
    static let bts: UInt32 = 0x535442
    static let fts: UInt32 = 0x535446
    static let evn: UInt32 = 0x4E5645

    private static let caseMask: UInt32 = 0xDFDFDF

    /// The name of the three bytes from `offset` on, which there are.
    @inline(__always)
    static func packed(_ bytes: RawSpan, from offset: Int) -> UInt32 {
        let first = UInt32(bytes[at: offset])
        let second = UInt32(bytes[at: offset + 1])
        let third = UInt32(bytes[at: offset + 2])
        return (first | second << 8 | third << 16) & caseMask
    }

    /// The name a caller asks for; 0 if it has not three characters.
    @inline(__always)
    static func packed(_ name: StaticString) -> UInt32 {
        // The buffer is the literal's own bytes, valid for the life of the program.
        name.withUTF8Buffer { unsafe packed(text: $0) }
    }

    /// The name in a text; 0 if it has not three letters and digits.
    @inline(__always)
    static func packed(text: some Collection<UInt8>) -> UInt32 {
        guard text.count == 3 else { return 0 }
        var name: UInt32 = 0
        for byte in text.reversed() {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: name = name << 8 | UInt32(byte)
            default: return 0
            }
        }
        return name & caseMask
    }
}
