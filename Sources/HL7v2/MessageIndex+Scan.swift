extension MessageIndex {
    private static let blockBytes = 64
    /// Segments of a usual message.
    private static let segmentsUsual = 16
    /// How many bytes a separator comes with in a usual message, or fewer.
    private static let bytesPerSeparatorUsual = 4

    /// Finds the header and indexes the message in one pass, sixty-four bytes at a time.
    ///
    /// A segment ends at a CR always. It ends at a bare LF only if what follows, after blanks and further line breaks,
    /// looks like a segment (`[A-Z][A-Z0-9]{2}` and the field separator) or is the end: text typed into a field has line feeds
    /// of its own. Lower-case names count there only in a message whose own header is in lower case. Empty lines,
    /// blanks, NULs and framing bytes before a segment, a byte order mark before the first and whatever is blank after the
    /// last are skipped (domain.md 2.10).
    init(_ bytes: RawSpan) throws(HL7ParseError) {
        (start, end) = Self.extent(of: bytes)
        guard start < end else { throw .empty }
        guard end - start >= 3 else { throw .headerMissing(offset: start) }
        switch SegmentName.packed(bytes, from: start) {
        case SegmentName.msh: break
        case SegmentName.fhs, SegmentName.bhs: throw .batchHeader(offset: start)
        default: throw .headerMissing(offset: start)
        }
        let separatorOffset = start + 3
        guard separatorOffset < end else { throw .headerTooShort(offset: separatorOffset) }
        guard HL7Delimiters.isUsable(bytes[at: separatorOffset]) else {
            throw .separatorUnusable(offset: separatorOffset)
        }
        delimiters = Self.delimiters(bytes, separatorOffset: separatorOffset, end: end)
        scan(bytes)
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

    private mutating func scan(_ bytes: RawSpan) {
        segments.reserveCapacity(Self.segmentsUsual)
        separators.reserveCapacity((end - start) / Self.bytesPerSeparatorUsual + Self.blockBytes)
        var union: UInt64 = 0
        var base = start
        // Before this offset every line break has been judged.
        var judged = start
        // A segment that begins in a block still to come.
        var pending: Int? = start
        while base < end {
            let block = scanBlock(bytes, from: base)
            union |= block.union
            if let first = pending, first < base + Self.blockBytes {
                begin(at: first, bytes, rank: separators.count + block.separators(before: first - base))
                pending = nil
            }
            var controls = block.controls
            while controls != 0 {
                let offset = base + controls.trailingZeroBitCount
                controls &= controls &- 1
                guard offset >= judged, let next = segmentStart(afterBreakAt: offset, bytes, &judged) else { continue }
                if next < base + Self.blockBytes {
                    begin(at: next, bytes, rank: separators.count + block.separators(before: next - base))
                } else {
                    pending = next
                }
            }
            note(block.separators, from: base)
            base += Self.blockBytes
        }
        if let last = segments.indices.last { finish(last, at: end, rank: separators.count) }
        isASCII = union & WordScan.tops == 0
    }

    /// Notes the separators of a block.
    @inline(__always)
    private mutating func note(_ marks: UInt64, from base: Int) {
        var marks = marks
        separators.append(addingCapacity: Self.blockBytes) { places in
            while marks != 0 {
                places.append(UInt32(truncatingIfNeeded: base + marks.trailingZeroBitCount))
                marks &= marks &- 1
            }
        }
    }

    /// Notes a segment, and where the one before it ends.
    private mutating func begin(at offset: Int, _ bytes: RawSpan, rank: Int) {
        if let last = segments.indices.last {
            var segmentEnd = offset
            var place = offset
            // Blanks before the line break belong to the last field.
            while place > Int(segments[last].start), bytes[at: place - 1] <= 0x20 {
                place -= 1
                if bytes[at: place] == 0x0D || bytes[at: place] == 0x0A { segmentEnd = place }
            }
            finish(last, at: segmentEnd, rank: rank)
        }
        segments.append(SegmentPlace(name: name(at: offset, bytes), start: offset, firstRank: rank))
    }

    private mutating func finish(_ segment: Int, at offset: Int, rank: Int) {
        segments[segment].end = UInt32(truncatingIfNeeded: offset)
        segments[segment].separatorCount = UInt32(truncatingIfNeeded: rank) - segments[segment].firstRank
    }

    /// The name of the segment at `offset`: three characters, and a separator or a line break behind; 0 for any other.
    @inline(__always)
    private func name(at offset: Int, _ bytes: RawSpan) -> UInt32 {
        guard offset + 3 <= end else { return 0 }
        let name = SegmentName.packed(bytes, from: offset)
        guard offset + 3 < end else { return name }
        let next = bytes[at: offset + 3]
        return next == delimiters.field || next == 0x0D || next == 0x0A ? name : 0
    }

    @inline(__always)
    private func scanBlock(_ bytes: RawSpan, from base: Int) -> WordScan.Block {
        if base + Self.blockBytes <= end {
            return WordScan.block(bytes, at: base, separator: delimiters.field)
        }
        // The last block is short: read the last 64 bytes of the message and drop what was seen before.
        let from = max(end - Self.blockBytes, 0)
        let block =
            end >= Self.blockBytes
            ? WordScan.block(bytes, at: from, separator: delimiters.field)
            : WordScan.shortBlock(bytes, to: end, separator: delimiters.field)
        let dropped = UInt64(base - from)
        return WordScan.Block(
            separators: block.separators >> dropped, controls: block.controls >> dropped, union: block.union)
    }

    /// The first byte of the segment after the control character at `offset`; nil if none begins there.
    @inline(__always)
    private func segmentStart(afterBreakAt offset: Int, _ bytes: RawSpan, _ judged: inout Int) -> Int? {
        // Nearly always a CR with a segment right behind it.
        if bytes[at: offset] == 0x0D, offset + 1 < end, bytes[at: offset + 1] > 0x20 { return offset + 1 }
        return segmentStart(judging: offset, bytes, &judged)
    }

    private func segmentStart(judging offset: Int, _ bytes: RawSpan, _ judged: inout Int) -> Int? {
        var isBreak = bytes[at: offset] == 0x0D
        guard isBreak || bytes[at: offset] == 0x0A else { return nil }
        var next = offset + 1
        while next < end, bytes[at: next] <= 0x20 {
            isBreak = isBreak || bytes[at: next] == 0x0D
            next += 1
        }
        judged = next
        guard next < end, isBreak || segmentBegins(bytes, at: next) else { return nil }
        return next
    }

    /// Whether a segment seems to begin at `offset`: a name and the separator.
    private func segmentBegins(_ bytes: RawSpan, at offset: Int) -> Bool {
        guard offset + 3 < end, bytes[at: offset + 3] == delimiters.field else { return false }
        let isLowerCase = bytes[at: start] >= UInt8(ascii: "a")
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
