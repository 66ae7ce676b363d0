/// The three bytes of MLLP framing, and the search for them.
///
/// HL7 version 2.3.1 Implementation Guide, appendix C.3 (minimal lower layer protocol): a block is
/// `<SB> dddd <EB><CR>`, with SB = 0B, EB = 1C, CR = 0D; the data hold no byte below 20 but CR.
enum FrameMark {
    static let start: UInt8 = 0x0B
    static let end: UInt8 = 0x1C
    static let carriageReturn: UInt8 = 0x0D
    static let lineFeed: UInt8 = 0x0A

    /// The offset of the first start or end mark at or after `offset`, or the byte count where there is none.
    ///
    /// Looks at eight bytes at a time; a byte b is absent from a word w exactly if no byte of w ^ bbbbbbbb is zero.
    static func first(in bytes: RawSpan, from offset: Int) -> Int {
        let count = bytes.byteCount
        var index = offset
        while index &+ 8 <= count {
            // unsafe: any eight bytes are a UInt64, and the load is bounds-checked.
            let word = bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
            if hasZeroByte(word ^ 0x0B0B_0B0B_0B0B_0B0B) || hasZeroByte(word ^ 0x1C1C_1C1C_1C1C_1C1C) { break }
            index &+= 8
        }
        while index < count {
            // unsafe: any byte is a UInt8, and the load is bounds-checked.
            let byte = bytes.unsafeLoad(fromByteOffset: index, as: UInt8.self)
            if byte == start || byte == end { return index }
            index &+= 1
        }
        return count
    }

    @inline(__always)
    private static func hasZeroByte(_ word: UInt64) -> Bool {
        (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080 != 0
    }
}
