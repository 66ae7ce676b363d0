/// Where the segments and the field separators of a message are: all that is worked out before somebody asks.
///
/// A segment ends at a CR always. It ends at a bare LF only if what follows, after blanks and further line breaks, looks
/// like a segment (`[A-Z][A-Z0-9]{2}` and the field separator) or is the end: text typed into a field has line feeds of
/// its own. Lower-case names count there only in a message whose own header is in lower case. Empty lines, blanks,
/// NULs and framing bytes before a segment, a byte order mark before the first and whatever is blank after the last are
/// skipped. One pass, eight bytes at a time.
struct MessageIndex: Sendable {
    struct Segment: Sendable {
        /// First byte of the name.
        let start: UInt32
        /// After the last byte of the segment, line break excluded.
        let end: UInt32
        /// See `SegmentName`.
        let name: UInt32
    }

    private(set) var segments: [Segment] = []
    private(set) var fields: FieldIndex
    let delimiters: HL7Delimiters
    /// No byte above 0x7F.
    private(set) var isASCII = true
    /// The header is written in lower case, and so may other names be.
    private let isLowerCase: Bool
    /// How many segments are named MSH.
    private(set) var headerCount = 0

    init(_ bytes: RawSpan) throws(HL7ParseError) {
        let (start, end) = Self.extent(of: bytes)
        guard start < end else { throw .empty }
        let separatorOffset = start + 3
        guard separatorOffset <= end else { throw .headerMissing(offset: start) }
        switch SegmentName.packed(bytes, from: start) {
        case SegmentName.msh: break
        case SegmentName.fhs, SegmentName.bhs: throw .batchHeader(offset: start)
        default: throw .headerMissing(offset: start)
        }
        guard separatorOffset < end else { throw .headerTooShort(offset: separatorOffset) }
        guard HL7Delimiters.isUsable(bytes[at: separatorOffset]) else {
            throw .separatorUnusable(offset: separatorOffset)
        }
        delimiters = Self.delimiters(bytes, separatorOffset: separatorOffset, end: end)
        isLowerCase = bytes[at: start] >= UInt8(ascii: "a")
        fields = FieldIndex(base: start, count: end - start)
        // Most messages have fewer segments, so the index is one allocation.
        segments.reserveCapacity(16)
        scan(bytes, from: start, to: end)
    }

    /// The range without byte order mark and without blanks, line breaks and framing bytes at both ends.
    private static func extent(of bytes: RawSpan) -> (start: Int, end: Int) {
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

    private mutating func scan(_ bytes: RawSpan, from start: Int, to end: Int) {
        var lines = Lines(start: start, judged: start)
        let separator = WordScan.broadcast(delimiters.field)
        var seen: UInt64 = 0
        var base = start
        while base + FieldIndex.blockBytes <= end {
            let block = WordScan.block(bytes, at: base, separator: separator)
            seen |= block.union
            fields.append(block.separators)
            if block.controls != 0 { readBreaks(block.controls, at: base, bytes, to: end, &lines) }
            base += FieldIndex.blockBytes
        }
        if base < end {
            // The last block is short: read the last 64 bytes and drop what was seen before.
            let block =
                end >= FieldIndex.blockBytes
                ? WordScan.block(bytes, at: end - FieldIndex.blockBytes, separator: separator)
                : WordScan.shortBlock(bytes, to: end, separator: delimiters.field)
            let dropped = UInt64(base - max(end - FieldIndex.blockBytes, 0))
            seen |= block.union
            fields.append(block.separators >> dropped)
            readBreaks(block.controls >> dropped, at: base, bytes, to: end, &lines)
        }
        if lines.start < end { close(bytes, from: lines.start, to: end) }
        isASCII = seen & WordScan.tops == 0
    }

    /// How far the lines of a message have been read.
    private struct Lines {
        /// First byte of the segment being read.
        var start: Int
        /// Before this offset every line break has been judged.
        var judged: Int
    }

    /// Judges the line breaks among the control characters of a block.
    @inline(never)
    private mutating func readBreaks(
        _ controls: UInt64, at base: Int, _ bytes: RawSpan, to end: Int, _ lines: inout Lines
    ) {
        var controls = controls
        while controls != 0 {
            let offset = base + controls.trailingZeroBitCount
            controls &= controls &- 1
            guard offset >= lines.judged else { continue }
            let byte = bytes[at: offset]
            guard byte == 0x0D || byte == 0x0A else { continue }
            var next = offset + 1
            var isBreak = byte == 0x0D
            // Nearly always a CR with a segment right behind it; else skip what is blank.
            while next < end, bytes[at: next] <= 0x20 {
                isBreak = isBreak || bytes[at: next] == 0x0D
                next += 1
            }
            lines.judged = next
            guard isBreak || next == end || segmentBegins(bytes, at: next, end: end) else { continue }
            close(bytes, from: lines.start, to: offset)
            lines.start = next
        }
    }

    @inline(__always)
    private mutating func close(_ bytes: RawSpan, from start: Int, to end: Int) {
        var name: UInt32 = 0
        if end - start >= 3, end - start == 3 || bytes[at: start + 3] == delimiters.field {
            name = SegmentName.packed(bytes, from: start)
        }
        if name == SegmentName.msh { headerCount += 1 }
        segments.append(
            Segment(
                start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: end), name: name))
    }

    /// Whether a segment seems to begin at `offset`: a name and the separator.
    private func segmentBegins(_ bytes: RawSpan, at offset: Int, end: Int) -> Bool {
        guard offset + 3 < end, bytes[at: offset + 3] == delimiters.field else { return false }
        for place in 0..<3 {
            switch bytes[at: offset + place] {
            case 0x41...0x5A: continue
            case 0x61...0x7A where isLowerCase: continue
            case 0x30...0x39 where place > 0: continue
            default: return false
            }
        }
        return true
    }
}
