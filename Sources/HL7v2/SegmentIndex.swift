/// Where the segments of a message begin and end: all that is worked out before somebody asks.
///
/// A segment ends at a CR always. It ends at a bare LF only if what follows, after blanks and further line breaks, looks
/// like a segment (`[A-Z][A-Z0-9]{2}` and the field separator) or is the end: text typed into a field has line feeds of
/// its own. Lower-case names count there only in a message whose own header is in lower case. Empty lines, blanks,
/// NULs and framing bytes before a segment, a byte order mark before the first and whatever is blank after the last are
/// skipped. One pass, eight bytes at a time.
struct SegmentIndex: Sendable {
    struct Entry: Sendable {
        /// First byte of the name.
        let start: UInt32
        /// After the last byte of the segment, line break excluded.
        let end: UInt32
        /// The name, upper-cased and packed, see `SegmentName`.
        let name: UInt32
    }

    private(set) var entries: [Entry] = []
    private(set) var delimiters = HL7Delimiters.standard
    /// No byte above 0x7F.
    private(set) var isASCII = true
    /// How many segments are named MSH.
    private(set) var headerCount = 0

    init(_ bytes: RawSpan) throws(HL7ParseError) {
        let (start, end) = Self.extent(of: bytes)
        guard start < end else { throw .empty }
        let separatorOffset = start + 3
        let firstName = SegmentName.packed(bytes, from: start, to: min(separatorOffset, end))
        guard firstName == SegmentName.msh else {
            if firstName == SegmentName.fhs || firstName == SegmentName.bhs { throw .batchHeader(offset: start) }
            throw .headerMissing(offset: start)
        }
        guard separatorOffset < end else { throw .headerTooShort(offset: separatorOffset) }
        let separator = bytes[at: separatorOffset]
        guard HL7Delimiters.isUsable(separator) else { throw .separatorUnusable(offset: separatorOffset) }
        delimiters = Self.delimiters(bytes, separatorOffset: separatorOffset, end: end)
        // Most messages have fewer segments, so the index is one allocation.
        entries.reserveCapacity(16)
        scan(bytes, from: start, to: end, separator: separator, lowerCase: bytes[at: start] >= 0x60)
    }

    /// The range without byte order mark and without blanks, line breaks and framing bytes at both ends.
    static func extent(of bytes: RawSpan) -> (start: Int, end: Int) {
        var start = 0
        var end = bytes.byteCount
        while start < end, bytes[at: start] <= 0x20 { start += 1 }
        if start + 3 <= end, bytes[at: start] == 0xEF, bytes[at: start + 1] == 0xBB, bytes[at: start + 2] == 0xBF {
            start += 3
            while start < end, bytes[at: start] <= 0x20 { start += 1 }
        }
        while end > start, bytes[at: end - 1] <= 0x20 { end -= 1 }
        return (start, end)
    }

    private static func delimiters(_ bytes: RawSpan, separatorOffset: Int, end: Int) -> HL7Delimiters {
        let separator = bytes[at: separatorOffset]
        let first = separatorOffset + 1
        // The usual header, told by five bytes, so that no array is made for it.
        if separator == UInt8(ascii: "|"), first + 4 < end,
            bytes[at: first] == UInt8(ascii: "^"), bytes[at: first + 1] == UInt8(ascii: "~"),
            bytes[at: first + 2] == UInt8(ascii: "\\"), bytes[at: first + 3] == UInt8(ascii: "&"),
            bytes[at: first + 4] == separator
        {
            return HL7Delimiters(usualWith: separator)
        }
        var encodingCharacters: [UInt8] = []
        var offset = first
        // Six are enough to see a doubled escape before the truncation character.
        while offset < end, encodingCharacters.count < 6 {
            let byte = bytes[at: offset]
            if byte == separator || byte <= 0x20 { break }
            encodingCharacters.append(byte)
            offset += 1
        }
        return HL7Delimiters(separator: separator, encodingCharacters: encodingCharacters)
    }

    private mutating func scan(_ bytes: RawSpan, from start: Int, to end: Int, separator: UInt8, lowerCase: Bool) {
        var segmentStart = start
        var seen: UInt64 = 0
        // Before this offset every line break has been judged.
        var judged = start
        var base = start
        while base < end {
            var hits: UInt64
            if base + WordScan.wordBytes <= end {
                let word = WordScan.word(bytes, at: base)
                seen |= word
                hits = WordScan.marksUpToCarriageReturn(in: word)
            } else {
                hits = 0
                for offset in base..<end {
                    let byte = bytes[at: offset]
                    seen |= UInt64(byte)
                    if byte <= 0x0D { hits |= 0x80 << UInt64((offset - base) * 8) }
                }
            }
            while hits != 0 {
                let offset = base + hits.trailingZeroBitCount >> 3
                hits &= hits &- 1
                guard offset >= judged else { continue }
                let byte = bytes[at: offset]
                guard byte == 0x0D || byte == 0x0A else { continue }
                var next = offset + 1
                var ends = byte == 0x0D
                while next < end, bytes[at: next] <= 0x20 {
                    ends = ends || bytes[at: next] == 0x0D
                    next += 1
                }
                judged = next
                let isEnd =
                    ends || next == end
                    || SegmentName.begins(bytes, at: next, end: end, separator: separator, lowerCase: lowerCase)
                if isEnd {
                    close(bytes, from: segmentStart, to: offset)
                    segmentStart = next
                }
            }
            base += WordScan.wordBytes
        }
        if segmentStart < end { close(bytes, from: segmentStart, to: end) }
        isASCII = seen & WordScan.tops == 0
    }

    private mutating func close(_ bytes: RawSpan, from start: Int, to end: Int) {
        let name = SegmentName.packed(bytes, from: start, to: end, separator: delimiters.field)
        if name == SegmentName.msh { headerCount += 1 }
        entries.append(Entry(start: UInt32(start), end: UInt32(end), name: name))
    }
}
