/// One segment of a message: a name and numbered fields.
///
/// Shares the message's bytes and index: taking one copies nothing, and any field is reached directly.
package struct HL7Segment: Sendable {
    private let bytes: [UInt8]
    private let index: MessageIndex
    private let context: ReadingContext
    private let low: UInt32
    private let high: UInt32
    /// How many separators of the message stand before this segment.
    private let firstRank: UInt32
    /// MSH, BHS or FHS, whose first field is the separator.
    private let isHeader: Bool

    @inline(__always)
    init(bytes: [UInt8], context: ReadingContext, index: MessageIndex, range: Range<Int>) {
        self.bytes = bytes
        self.context = context
        self.index = index
        // A message has at most 2³⁰ bytes, see HL7Message.bytesMax.
        low = UInt32(truncatingIfNeeded: range.lowerBound)
        high = UInt32(truncatingIfNeeded: range.upperBound)
        firstRank = UInt32(truncatingIfNeeded: index.rank(of: range.lowerBound))
        isHeader = range.count > 3 && SegmentName.isHeader(bytes.span.bytes, at: range.lowerBound, context.delimiters)
    }

    private var start: Int { Int(low) }
    private var end: Int { Int(high) }

    /// The name in upper case, such as `PID`; for a line that has no proper name, the text before its first separator.
    package var name: String {
        let text = element(from: start, to: separators(after: 0).first, level: .verbatim).string
        return text.utf8.count == 3 ? text.uppercased() : text
    }

    /// How many fields are written, empty ones included; MSH-1 and MSH-2 count.
    package var fieldCount: Int {
        let separators = index.rank(of: end) - Int(firstRank)
        return isHeader ? separators + 1 : separators
    }

    /// Field `number`, counted from 1; an empty element if it is not there.
    ///
    /// In MSH (and FHS, BHS) field 1 is the separator itself and field 2 the encoding characters (HL7 v2 chapter 2.14.9);
    /// neither is unescaped or divided.
    package func field(_ number: Int) -> HL7Element {
        guard number >= 1, number <= end - start + 1 else { return absent }
        guard isHeader else { return field(after: number - 1) }
        guard number <= 2 else { return field(after: number - 2) }
        let (first, second) = separators(after: 0)
        guard first < end else { return absent }
        return number == 1
            ? element(from: first, to: first + 1, level: .verbatim)
            : element(from: first + 1, to: second, level: .verbatim)
    }

    /// The field that begins after separator `place` of the segment, counted from 0.
    @inline(__always)
    private func field(after place: Int) -> HL7Element {
        let (first, second) = separators(after: place)
        guard first < end else { return absent }
        return element(from: first + 1, to: second, level: .field)
    }

    @inline(__always)
    private func separators(after place: Int) -> (first: Int, second: Int) {
        index.separators(rank: Int(firstRank) + place, from: start, to: end)
    }

    private var absent: HL7Element {
        element(from: end, to: end, level: .field)
    }

    @inline(__always)
    private func element(from start: Int, to end: Int, level: HL7Element.Level) -> HL7Element {
        HL7Element(bytes: bytes, start: start, end: end, context: context, level: level)
    }
}
