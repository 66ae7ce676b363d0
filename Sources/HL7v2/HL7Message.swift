/// One HL7 v2 message, of any kind and version, over its bytes as received.
///
/// Making one finds the header, the delimiters and where segments and fields begin, and looks at nothing else: a field
/// costs nothing until it is read. Every reading is total: what is absent is an empty
/// element, what is malformed is read as far as it goes (domain.md 2.10), and no bytes whatever make it trap. The
/// message is not held against any structure or table; it does not know what its fields mean (HL7 v2 chapter 2).
package struct HL7Message: Sendable {
    /// The most bytes a message may have; a frame limit far below this is the receiver's affair.
    package static let bytesMax = 0x3FFF_FFFF

    /// Every byte as received, byte order mark, framing and blank lines included.
    package let bytes: [UInt8]

    /// Its segments, those without a proper name included: where they lie, and which of `separators` are theirs.
    package let places: [SegmentPlace]
    /// Where the field separators stand, ascending.
    package let separators: [UInt32]
    let context: ReadingContext

    /// Reads the header and finds the segments.
    ///
    /// Skips a byte order mark, blanks, blank lines and framing bytes before MSH. Throws only when there is no usable
    /// header. If `headerCount` is above 1 the bytes are several messages and `HL7Batch.split` divides them.
    package init(_ bytes: [UInt8]) throws(HL7ParseError) {
        guard bytes.count <= Self.bytesMax else { throw .tooLong(byteCount: bytes.count) }
        let span = bytes.span
        let index = try MessageIndex(span.bytes)
        self.bytes = bytes
        places = index.segments
        separators = index.separators
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
    package var headerCount: Int { places.count { $0.name == SegmentName.msh } }

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
    package var header: HL7Header { HL7Header(of: self) }

    /// The segment of that name, `occurrence` counted from 0; nil if there are fewer.
    package func segment(_ name: StaticString, _ occurrence: Int = 0) -> HL7Segment? {
        segment(packed: SegmentName.packed(name), occurrence)
    }

    /// All segments of that name, in order.
    package func segments(_ name: StaticString) -> [HL7Segment] {
        let packed = SegmentName.packed(name)
        return packed == 0 ? [] : places.filter { $0.name == packed }.map(segment(at:))
    }

    /// All segments, in order, those without a proper name included.
    package var segments: [HL7Segment] {
        places.map(segment(at:))
    }

    func segment(packed name: UInt32, _ occurrence: Int) -> HL7Segment? {
        guard name != 0, occurrence >= 0 else { return nil }
        var left = occurrence
        for place in places where place.name == name {
            if left == 0 { return segment(at: place) }
            left -= 1
        }
        return nil
    }

    @inline(__always)
    private func segment(at place: SegmentPlace) -> HL7Segment {
        HL7Segment(bytes: bytes, separators: separators, context: context, place: place)
    }
}
