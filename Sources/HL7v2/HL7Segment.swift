/// One segment of a message: a name and numbered fields.
///
/// Holds where its fields begin, found in one pass when it was taken from the message; any field is then reached
/// directly.
package struct HL7Segment: Sendable {
    private let bytes: [UInt8]
    private let context: ReadingContext
    private let start: Int
    private let end: Int
    private let packedName: UInt32
    private let index: FieldIndex

    init(bytes: [UInt8], context: ReadingContext, entry: SegmentIndex.Entry) {
        self.bytes = bytes
        self.context = context
        start = Int(entry.start)
        end = Int(entry.end)
        packedName = entry.name
        index = FieldIndex(bytes.span.bytes, from: start, to: end, separator: context.delimiters.field)
    }

    /// The name in upper case, such as `PID`; for a line that has no proper name, the text before its first separator.
    package var name: String {
        let nameEnd = index.count > 0 ? index.offset(0, start: start) : end
        let text = element(from: start, to: nameEnd, level: .verbatim).string
        return packedName == 0 ? text : text.uppercased()
    }

    /// How many fields are written, empty ones included; MSH-1 and MSH-2 count.
    package var fieldCount: Int {
        isHeader ? index.count + 1 : index.count
    }

    /// Field `number`, counted from 1; an empty element if it is not there.
    ///
    /// In MSH (and FHS, BHS) field 1 is the separator itself and field 2 the encoding characters (HL7 v2 chapter 2.14.9);
    /// neither is unescaped or divided.
    package func field(_ number: Int) -> HL7Element {
        guard number >= 1 else { return absent }
        if isHeader {
            guard number <= 2 else { return field(after: number - 2) }
            guard index.count > 0 else { return absent }
            let separator = index.offset(0, start: start)
            if number == 1 { return element(from: separator, to: separator + 1, level: .verbatim) }
            return element(
                from: separator + 1, to: index.count > 1 ? index.offset(1, start: start) : end, level: .verbatim)
        }
        return field(after: number - 1)
    }

    /// The field that begins after separator `place`, counted from 0.
    @inline(__always)
    private func field(after place: Int) -> HL7Element {
        guard place < index.count else { return absent }
        let fieldStart = index.offset(place, start: start) + 1
        let fieldEnd = place + 1 < index.count ? index.offset(place + 1, start: start) : end
        return element(from: fieldStart, to: fieldEnd, level: .field)
    }

    private var isHeader: Bool {
        packedName == SegmentName.msh || packedName == SegmentName.bhs || packedName == SegmentName.fhs
    }

    private var absent: HL7Element {
        element(from: end, to: end, level: .field)
    }

    @inline(__always)
    private func element(from start: Int, to end: Int, level: HL7Element.Level) -> HL7Element {
        HL7Element(bytes: bytes, start: start, end: end, context: context, level: level)
    }
}
