/// One pass over lines, a line ending at CR, LF, an end block, or a start block with a header behind it.
struct BatchSplitter {
    private enum Line {
        case messageHeader, fileHeader, batchHeader, fileTrailer, batchTrailer, other
    }

    private static let startBlock: UInt8 = 0x0B
    private static let endBlock: UInt8 = 0x1C

    private let bytes: [UInt8]
    private var pieces: [HL7Batch.Piece] = []
    private var fileID: String?
    private var batchID: String?
    /// The piece being gathered: its first byte, the end of its last line with content (break included), its kind.
    private var open: (start: Int, end: Int, kind: HL7Batch.Piece.Kind)?
    /// The separator of the header last seen, by which trailers are told from text.
    private var separator: UInt8?

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func split() -> [HL7Batch.Piece] {
        // A copy of the reference, so that the span does not borrow `self` while it changes.
        let bytes = bytes
        let span = bytes.span.bytes
        var start = 0
        while start < bytes.count {
            let end = lineEnd(span, from: start)
            let next = afterBreak(span, end)
            let isFrameEnd = end < bytes.count && span[at: end] == Self.endBlock
            readLine(span, from: start, to: end, next: isFrameEnd ? end : next)
            if isFrameEnd { close() }
            start = next
        }
        close()
        return pieces
    }

    private func lineEnd(_ span: RawSpan, from start: Int) -> Int {
        var offset = start
        while offset < span.byteCount {
            switch span[at: offset] {
            case 0x0D, 0x0A, Self.endBlock: return offset
            case Self.startBlock where offset > start && beginsHeader(span, at: offset + 1): return offset
            default: offset += 1
            }
        }
        return offset
    }

    /// After the break at `offset`: CR LF is one, and a start block belongs to the next line.
    private func afterBreak(_ span: RawSpan, _ offset: Int) -> Int {
        guard offset < span.byteCount, span[at: offset] != Self.startBlock else { return offset }
        let isPair = span[at: offset] == 0x0D && offset + 1 < span.byteCount && span[at: offset + 1] == 0x0A
        return offset + (isPair ? 2 : 1)
    }

    private mutating func readLine(_ span: RawSpan, from lineStart: Int, to end: Int, next: Int) {
        var start = lineStart
        while start < end, isSkipped(span, at: start) {
            if span[at: start] == Self.startBlock { close() }
            start += span[at: start] == 0xEF ? 3 : 1
        }
        guard start < end else { return }
        let line = kind(span, from: start, to: end)
        switch line {
        case .messageHeader:
            close()
            open = (start, next, .message)
        case .other:
            if open == nil { open = (start, next, .stray) }
            open?.end = next
        case .fileHeader:
            close()
            fileID = headerID(span, from: start, to: end)
            batchID = nil
        case .batchHeader:
            close()
            batchID = headerID(span, from: start, to: end)
        case .batchTrailer:
            close()
            batchID = nil
        case .fileTrailer:
            close()
            batchID = nil
            fileID = nil
        }
        if line == .messageHeader || line == .fileHeader || line == .batchHeader { separator = span[at: start + 3] }
    }

    /// A blank or control byte, or a byte order mark, before the content of a line.
    private func isSkipped(_ span: RawSpan, at offset: Int) -> Bool {
        if span[at: offset] <= 0x20 { return true }
        return offset + 2 < span.byteCount && span[at: offset] == 0xEF && span[at: offset + 1] == 0xBB
            && span[at: offset + 2] == 0xBF
    }

    private func kind(_ span: RawSpan, from start: Int, to end: Int) -> Line {
        guard end - start >= 3 else { return .other }
        let name = SegmentName.packed(span, from: start)
        let next = start + 3 < end ? span[at: start + 3] : 0
        switch name {
        case SegmentName.msh:
            // Inside a message only what is surely a header divides; where none is open the name is enough.
            guard HL7Delimiters.isUsable(next) else { return .other }
            return open?.kind != .message || beginsHeader(span, at: start) ? .messageHeader : .other
        case SegmentName.fhs: return beginsHeader(span, at: start) ? .fileHeader : .other
        case SegmentName.bhs: return beginsHeader(span, at: start) ? .batchHeader : .other
        case SegmentName.fts, SegmentName.bts:
            guard next == 0 || next == separator || separator == nil && HL7Delimiters.isUsable(next) else { return .other }
            return name == SegmentName.fts ? .fileTrailer : .batchTrailer
        default: return .other
        }
    }

    /// Whether MSH, FHS or BHS stands at `offset`, with a separator and the first encoding character behind it.
    private func beginsHeader(_ span: RawSpan, at offset: Int) -> Bool {
        guard offset + 4 < span.byteCount else { return false }
        let name = SegmentName.packed(span, from: offset)
        return (name == SegmentName.msh || name == SegmentName.fhs || name == SegmentName.bhs)
            && HL7Delimiters.isUsable(span[at: offset + 3]) && HL7Delimiters.isUsable(span[at: offset + 4])
    }

    /// Field 11 of a file or batch header, its control id.
    private func headerID(_ span: RawSpan, from start: Int, to end: Int) -> String? {
        let separator = span[at: start + 3]
        var from = start
        // Field 1 is the first separator itself, so field 11 begins after the tenth.
        for _ in 0..<10 {
            from = WordScan.firstOffset(of: separator, or: separator, in: span, from: from, to: end) + 1
            guard from <= end else { return nil }
        }
        let field = from..<WordScan.firstOffset(of: separator, or: separator, in: span, from: from, to: end)
        let slice = bytes.span.extracting(field)
        let text = HL7Decoding.text(slice, delimiters: .standard, escape: 0, isUTF8: HL7Decoding.isUTF8(slice))
        return text.isEmpty ? nil : text
    }

    private mutating func close() {
        guard let piece = open else { return }
        open = nil
        let range = piece.start..<piece.end
        pieces.append(
            HL7Batch.Piece(
                kind: piece.kind, range: range,
                // The usual case, one message and nothing else, shares its bytes instead of copying them.
                bytes: range == 0..<bytes.count ? bytes : Array(bytes[range]), fileID: fileID, batchID: batchID))
    }
}
