/// Searches bytes eight at a time.
///
/// A word of eight bytes is tested with plain integer arithmetic (SWAR); each test gives a mask in which the top bit of
/// a byte is set exactly when that byte matches, lowest address in the lowest byte. The masks are exact: no carry runs
/// from one byte into the next.
///
/// Public, for the compiler inlines nothing that is `package` into another module (Swift 6.3), and these are a few
/// instructions each.
public enum WordScan {
    @inlinable public static var wordBytes: Int { 8 }
    @inlinable public static var ones: UInt64 { 0x0101_0101_0101_0101 }
    @inlinable public static var sevens: UInt64 { 0x7F7F_7F7F_7F7F_7F7F }
    @inlinable public static var tops: UInt64 { 0x8080_8080_8080_8080 }

    /// The eight bytes from `offset` on, first byte lowest.
    @inlinable @inline(__always)
    public static func word(_ bytes: RawSpan, at offset: Int) -> UInt64 {
        // `unsafe` only by name: the load checks its bounds, and any eight bytes are a valid UInt64.
        UInt64(littleEndian: unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    /// One byte in all eight places.
    @inlinable @inline(__always)
    public static func broadcast(_ byte: UInt8) -> UInt64 {
        UInt64(byte) &* ones
    }

    /// Marks the bytes of `word` that equal the byte broadcast in `pattern`.
    @inlinable @inline(__always)
    public static func marks(of pattern: UInt64, in word: UInt64) -> UInt64 {
        let difference = word ^ pattern
        return ~(((difference & sevens) &+ sevens) | difference | sevens)
    }

    /// One bit for each marked byte, the first byte lowest.
    @inline(__always)
    static func bits(_ marks: UInt64) -> UInt64 {
        // Each top bit is moved to its place in the highest byte; no two land on the same.
        (marks &* 0x0002_0408_1020_4081) >> 56
    }

    /// Marks the bytes of `word` that are 0x00 to 0x0D, among them every CR and LF.
    @inline(__always)
    static func marksUpToCarriageReturn(in word: UInt64) -> UInt64 {
        ~((word | tops) &- 0x0E0E_0E0E_0E0E_0E0E) & ~word & tops
    }

    /// What is found in sixty-four bytes, one bit for each byte, the first lowest.
    struct Block {
        /// Where the field separator is.
        var separators: UInt64 = 0
        /// Where a control character up to CR is.
        var controls: UInt64 = 0
        /// Not by byte: all bits that any byte has.
        var union: UInt64 = 0

        /// How many separators stand before a place in the block.
        @inline(__always)
        func separators(before place: Int) -> Int {
            (separators & ((1 << UInt64(place)) - 1)).nonzeroBitCount
        }
    }

    /// Looks at the sixty-four bytes from `start` on.
    @inline(__always)
    static func block(_ bytes: RawSpan, at start: Int, separator: UInt8) -> Block {
        // Of known length, so that each load is known to lie within it.
        let bytes = bytes.extracting(start..<start + 64)
        var block = Block()
        for place in 0..<8 { block.union |= word(bytes, at: place * wordBytes) }
        let pattern = broadcast(separator)
        // In text without top bits a sum can carry into the top bit only, and two operations less do.
        if block.union & tops == 0 {
            var others: UInt64 = 0
            for place in 0..<8 {
                let word = word(bytes, at: place * wordBytes)
                others |= bits(((word ^ pattern) &+ sevens) & tops) << UInt64(place * 8)
                let high = (word &+ 0x7272_7272_7272_7272) & tops
                // Most words have no control character.
                if high != tops { block.controls |= bits(high ^ tops) << UInt64(place * 8) }
            }
            block.separators = ~others
        } else {
            for place in 0..<8 {
                let word = word(bytes, at: place * wordBytes)
                block.separators |= bits(marks(of: pattern, in: word)) << UInt64(place * 8)
                block.controls |= bits(marksUpToCarriageReturn(in: word)) << UInt64(place * 8)
            }
        }
        return block
    }

    /// Looks at the first `end` bytes of a span, which are fewer than sixty-four.
    static func shortBlock(_ bytes: RawSpan, to end: Int, separator: UInt8) -> Block {
        var block = Block()
        for offset in 0..<end {
            let byte = bytes[at: offset]
            block.union |= UInt64(byte)
            if byte == separator { block.separators |= 1 << UInt64(offset) }
            if byte <= 0x0D { block.controls |= 1 << UInt64(offset) }
        }
        return block
    }

    /// Marks the bytes that cannot stand in quoted ASCII text as they are: all but printable ASCII, the double quote,
    /// the backslash and the byte broadcast in `escape`.
    ///
    /// Exact up to and with the first byte that is marked.
    @inlinable @inline(__always)
    public static func marksOfUnplain(in word: UInt64, escape: UInt64) -> UInt64 {
        let low = word & sevens
        let printable = (low &+ 0x6060_6060_6060_6060) & ~(low &+ ones)
        let quotes = (word ^ 0x2222_2222_2222_2222) &+ sevens
        let backslashes = (word ^ 0x5C5C_5C5C_5C5C_5C5C) &+ sevens
        let escapes = (word ^ escape) &+ sevens
        return (~(printable & quotes & backslashes & escapes) | word) & tops
    }

    /// The first place from `start` and before `end` that holds `first` or `second`; `end` if there is none.
    ///
    /// Reads whole words past `end` where the span has them, and never past the span.
    @inlinable @inline(__always)
    public static func firstOffset(
        of first: UInt8, or second: UInt8, in bytes: RawSpan, from start: Int, to end: Int
    ) -> Int {
        var offset = start
        let firstPattern = broadcast(first)
        let secondPattern = broadcast(second)
        let lastWord = bytes.byteCount - wordBytes
        while offset < end {
            guard offset <= lastWord else {
                let byte = bytes[at: offset]
                if byte == first || byte == second { return offset }
                offset += 1
                continue
            }
            let eight = word(bytes, at: offset)
            let hits = marks(of: firstPattern, in: eight) | marks(of: secondPattern, in: eight)
            if hits != 0 {
                return min(offset + hits.trailingZeroBitCount >> 3, end)
            }
            offset += wordBytes
        }
        return end
    }
}

extension RawSpan {
    /// One byte; traps outside the span, as an array does.
    @inlinable @inline(__always)
    public subscript(at offset: Int) -> UInt8 {
        // `unsafe` only by name: the load checks its bounds, and any byte is a valid UInt8.
        unsafe unsafeLoad(fromByteOffset: offset, as: UInt8.self)
    }
}
