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

    /// Whether it is the name of a segment whose first field is the separator itself.
    static func isHeader(_ name: UInt32) -> Bool { name == msh || name == bhs || name == fhs }

    /// The name a caller asks for; 0 if it has not three letters and digits.
    @inline(__always)
    static func packed(_ name: StaticString) -> UInt32 {
        guard name.utf8CodeUnitCount == 3 else { return 0 }
        // The buffer is the literal's own bytes, valid for the life of the program.
        return name.withUTF8Buffer { unsafe packed($0[0], $0[1], $0[2]) }
    }

    /// The name in a text; 0 if it has not three letters and digits.
    static func packed(text: some Sequence<UInt8>) -> UInt32 {
        let bytes = Array(text.prefix(4))
        return bytes.count == 3 ? packed(bytes[0], bytes[1], bytes[2]) : 0
    }

    @inline(__always)
    private static func packed(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> UInt32 {
        guard isUsable(first), isUsable(second), isUsable(third) else { return 0 }
        return (UInt32(first) | UInt32(second) << 8 | UInt32(third) << 16) & caseMask
    }

    @inline(__always)
    private static func isUsable(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: false
        }
    }
}
