/// Divides what holds several messages: a batch, a frame with several headers, a file.
///
/// ```
/// FHS … │ BHS … │ MSH … PID … │ MSH … PID … │ BTS … │ FTS …        batch (HL7 v2 chapter 2.10.3)
/// VT MSH … FS CR │ VT MSH … FS CR                                  file of MLLP frames
/// MSH … │ blank lines │ MSH … │ MSH …                              text, whatever its line ends
/// ```
package enum HL7Batch {
    /// One message, or what stood where a message should be.
    package struct Piece: Hashable, Sendable {
        package enum Kind: Hashable, Sendable {
            /// Begins with MSH.
            case message
            /// Belongs to no message: segments without MSH in a batch, noise between frames. Kept so that nothing is lost.
            case stray
        }

        package let kind: Kind
        /// Where it lies in what was divided.
        package let range: Range<Int>
        /// Its bytes, from the name of the first segment to the end of the last, its line break included.
        package let bytes: [UInt8]
        /// FHS-11 of the file it came in; nil if there is none.
        package let fileID: String?
        /// BHS-11 of the batch it came in; nil if there is none.
        package let batchID: String?
    }

    /// The messages in `bytes`, in order, and whatever is no message; nothing for blanks alone.
    ///
    /// FHS, BHS, BTS and FTS divide, and are no pieces themselves: their ids are told with each piece. A message begins at a
    /// line that starts with MSH and two punctuation characters; text that merely mentions MSH divides nothing. Blank
    /// lines, a byte order mark and framing bytes are left out. A single message comes back as one piece.
    package static func split(_ bytes: [UInt8]) -> [Piece] {
        var splitter = BatchSplitter(bytes)
        return splitter.split()
    }
}

/// One pass over lines.
private struct BatchSplitter {
    private enum Line {
        case messageHeader
        case fileHeader
        case batchHeader
        case trailer
        case other
    }

    private static let startBlock: UInt8 = 0x0B
    private static let endBlock: UInt8 = 0x1C

    private let bytes: [UInt8]
    private var pieces: [HL7Batch.Piece] = []
    private var fileID: String?
    private var batchID: String?
    /// The piece being gathered: where it begins, where its last line with content ends, and what it is.
    private var open: (start: Int, end: Int, kind: HL7Batch.Piece.Kind)?
    /// The separator of the header last seen, by which trailers are told from text.
    private var separator: UInt8?

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func split() -> [HL7Batch.Piece] {
        var offset = 0
        let end = bytes.count
        if end >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { offset = 3 }
        while offset < end {
            let lineStart = offset
            let span = bytes.span.bytes
            offset = WordScan.firstOffset(of: 0x0D, or: 0x0A, in: span, from: lineStart, to: end)
            readLine(from: lineStart, to: offset)
            while offset < end, bytes[offset] == 0x0D || bytes[offset] == 0x0A { offset += 1 }
        }
        close()
        return pieces
    }

    /// A line without its break. It may hold the end of one frame and the start of the next.
    private mutating func readLine(from lineStart: Int, to lineEnd: Int) {
        var start = lineStart
        var end = lineEnd
        // The end block of a frame stands after the last line break of its message, on the line of the next frame.
        while start < end {
            if bytes[start] == Self.startBlock || bytes[start] == Self.endBlock { close() }
            guard bytes[start] <= 0x20 else { break }
            start += 1
        }
        if start + 3 <= end, bytes[start] == 0xEF, bytes[start + 1] == 0xBB, bytes[start + 2] == 0xBF { start += 3 }
        while end > start, bytes[end - 1] <= 0x20 { end -= 1 }
        guard start < end else { return }
        take(from: start, to: end, lineEnd: lineEnd)
        // A message without a last line break: its end block ends the line.
        if bytes[end..<lineEnd].contains(Self.endBlock) { close() }
    }

    private mutating func take(from start: Int, to end: Int, lineEnd: Int) {
        switch kind(from: start, to: end) {
        case .messageHeader:
            close()
            separator = bytes[start + 3]
            open = (start, lineEnd, .message)
        case .fileHeader:
            close()
            separator = bytes[start + 3]
            fileID = headerID(from: start, to: end)
            batchID = nil
        case .batchHeader:
            close()
            separator = bytes[start + 3]
            batchID = headerID(from: start, to: end)
        case .trailer:
            close()
            if SegmentName.packed(bytes.span.bytes, from: start, to: start + 3) == SegmentName.fts { fileID = nil }
            batchID = nil
        case .other:
            if open == nil { open = (start, lineEnd, .stray) }
        }
        if open != nil { open?.end = contentEnd(from: start, end: end, lineEnd: lineEnd) }
    }
}
