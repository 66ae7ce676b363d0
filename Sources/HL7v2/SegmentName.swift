/// A segment name as a number, so that looking for a segment compares numbers and makes no String.
///
/// Three bytes, first highest, upper-cased. 0 is the name of what has no three-character name.
enum SegmentName {
    static let msh: UInt32 = 0x4D5348
    static let fhs: UInt32 = 0x464853
    static let bhs: UInt32 = 0x424853
    static let bts: UInt32 = 0x425453
    static let fts: UInt32 = 0x465453
    static let evn: UInt32 = 0x45564E

    /// The name in `start..<end` if that is three characters long.
    static func packed(_ bytes: RawSpan, from start: Int, to end: Int) -> UInt32 {
        guard end - start == 3 else { return 0 }
        var name: UInt32 = 0
        for offset in start..<end {
            guard let byte = upperCased(bytes[at: offset]) else { return 0 }
            name = name << 8 | UInt32(byte)
        }
        return name
    }

    /// The name of the segment in `start..<end`: what stands before its first separator.
    @inline(__always)
    static func packed(_ bytes: RawSpan, from start: Int, to end: Int, separator: UInt8) -> UInt32 {
        if end - start > 3, bytes[at: start + 3] != separator, bytes[at: start + 3] > 0x20 { return 0 }
        return packed(bytes, from: start, to: min(start + 3, end))
    }

    /// The name a caller asks for.
    @inline(__always)
    static func packed(_ name: StaticString) -> UInt32 {
        // The buffer is the literal's own bytes, valid for the life of the program.
        name.withUTF8Buffer { unsafe packed(text: $0) }
    }

    /// The name in a text, for paths and tools.
    static func packed(text: some Collection<UInt8>) -> UInt32 {
        guard text.count == 3 else { return 0 }
        var name: UInt32 = 0
        for byte in text {
            guard let upper = upperCased(byte) else { return 0 }
            name = name << 8 | UInt32(upper)
        }
        return name
    }

    /// Whether a segment seems to begin at `offset`: a name and the separator.
    static func begins(_ bytes: RawSpan, at offset: Int, end: Int, separator: UInt8, lowerCase: Bool) -> Bool {
        guard offset + 3 < end, bytes[at: offset + 3] == separator else { return false }
        for place in offset..<offset + 3 {
            let byte = bytes[at: place]
            guard let upper = upperCased(byte), lowerCase || upper == byte else { return false }
            if place == offset, upper < 0x41 { return false }
        }
        return true
    }

    /// A letter or digit, letters in upper case; nil for everything else.
    @inline(__always)
    private static func upperCased(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39, 0x41...0x5A: byte
        case 0x61...0x7A: byte & 0xDF
        default: nil
        }
    }
}
