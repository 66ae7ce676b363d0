/// One HL7 v2 message, of any kind and version, over its bytes as received.
///
/// Making one finds the header, the delimiters and where the segments begin, and nothing else: a field costs nothing
/// until it is read, and then only its own segment is looked at. Every reading is total: what is absent is an empty
/// element, what is malformed is read as far as it goes (domain.md 2.10), and no bytes whatever make it trap. The
/// message is not held against any structure or table; it does not know what its fields mean (HL7 v2 chapter 2).
package struct HL7Message: Sendable {
    /// The most bytes a message may have; a frame limit far below this is the receiver's affair.
    package static let bytesMax = 0x3FFF_FFFF

    /// Every byte as received, byte order mark, framing and blank lines included.
    package let bytes: [UInt8]

    private let index: SegmentIndex
    let context: ReadingContext

    /// Reads the header and finds the segments.
    ///
    /// Skips a byte order mark, blanks, blank lines and framing bytes before MSH. Throws only when there is no usable
    /// header. If `headerCount` is above 1 the bytes are several messages and `HL7Batch.split` divides them.
    package init(_ bytes: [UInt8]) throws(HL7ParseError) {
        guard bytes.count <= Self.bytesMax else { throw .tooLong(byteCount: bytes.count) }
        let span = bytes.span
        let index = try SegmentIndex(span.bytes)
        self.index = index
        self.bytes = bytes
        context = ReadingContext(
            delimiters: index.delimiters, isUTF8: index.isASCII || HL7Decoding.isUTF8(span), isASCII: index.isASCII)
    }

    /// Reads a message written as text, for tools and tests.
    package init(_ text: String) throws(HL7ParseError) {
        try self.init(Array(text.utf8))
    }

    /// The delimiters this message declares.
    package var delimiters: HL7Delimiters { context.delimiters }

    /// How many MSH segments there are: 1, or more when a sender put several messages into one frame.
    package var headerCount: Int { index.headerCount }

    /// The label (MSH-18) and the decoder used; costs a look at MSH, and at all bytes if they are not UTF-8.
    package var characterSet: HL7CharacterSet {
        let label = header.characterSet
        let decoder: HL7CharacterSet.Decoder =
            if context.isASCII {
                .ascii
            } else if context.isUTF8 {
                .utf8
            } else if HL7CharacterSet.isLatin1(label), !bytes.contains(where: { (0x80...0x9F).contains($0) }) {
                .latin1
            } else {
                .windows1252
            }
        return HL7CharacterSet(label: label, decoder: decoder)
    }

    /// MSH, read field by field when asked.
    ///
    /// Keep the value when several fields are wanted: each call finds the fields of MSH anew.
    package var header: HL7Header { HL7Header(of: self) }

    /// The segment of that name, `occurrence` counted from 0; nil if there are fewer.
    ///
    /// Finds the fields of the segment in one pass, so keep the value when several fields are wanted.
    package func segment(_ name: StaticString, _ occurrence: Int = 0) -> HL7Segment? {
        segment(packed: SegmentName.packed(name), occurrence)
    }

    /// All segments of that name, in order.
    package func segments(_ name: StaticString) -> [HL7Segment] {
        let packed = SegmentName.packed(name)
        return index.entries.lazy.filter { $0.name == packed && packed != 0 }.map(segment(at:))
    }

    /// All segments, in order, those without a proper name included.
    package var segments: [HL7Segment] {
        index.entries.map(segment(at:))
    }

    /// How many segments there are, without looking into them.
    package var segmentCount: Int { index.entries.count }

    func segment(packed name: UInt32, _ occurrence: Int) -> HL7Segment? {
        guard name != 0, occurrence >= 0 else { return nil }
        var left = occurrence
        for entry in index.entries where entry.name == name {
            if left == 0 { return segment(at: entry) }
            left -= 1
        }
        return nil
    }

    private func segment(at entry: SegmentIndex.Entry) -> HL7Segment {
        HL7Segment(bytes: bytes, context: context, entry: entry)
    }
}

/// What is needed to read any element of a message, in eight bytes.
struct ReadingContext: Sendable {
    let delimiters: HL7Delimiters
    /// The whole message is strict UTF-8; otherwise every byte is a character.
    let isUTF8: Bool
    let isASCII: Bool
}
