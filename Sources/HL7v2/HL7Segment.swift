/// One segment of a message: a name and numbered fields.
///
/// Shares the message's bytes and index: taking one copies nothing, and any field is reached directly.
package struct HL7Segment: Sendable {
    private let bytes: [UInt8]
    /// The field separators of the whole message.
    private let separators: [UInt32]
    private let context: ReadingContext
    private let place: SegmentPlace
    /// MSH, BHS or FHS, whose first field is the separator.
    private let isHeader: Bool

    @inline(__always)
    init(bytes: [UInt8], separators: [UInt32], context: ReadingContext, place: SegmentPlace) {
        self.bytes = bytes
        self.separators = separators
        self.context = context
        self.place = place
        isHeader =
            SegmentName.isHeader(place.name) && place.separatorCount > 0
            && separators[Int(place.firstRank)] == place.start + 3
    }

    private var start: Int { Int(place.start) }
    private var end: Int { Int(place.end) }

    /// The name in upper case, such as `PID`; for a line that has no proper name, the text before its first separator.
    package var name: String {
        let text = element(from: start, to: separator(0), level: .verbatim).string
        return text.utf8.count == 3 ? text.uppercased() : text
    }

    /// How many fields are written, empty ones included; MSH-1 and MSH-2 count.
    package var fieldCount: Int {
        isHeader ? Int(place.separatorCount) + 1 : Int(place.separatorCount)
    }

    /// Field `number`, counted from 1; an empty element if it is not there.
    ///
    /// In MSH (and FHS, BHS) field 1 is the separator itself and field 2 the encoding characters (HL7 v2 chapter 2.14.9);
    /// neither is unescaped or divided.
    package func field(_ number: Int) -> HL7Element {
        guard number >= 1, number <= end - start + 1 else { return absent }
        guard isHeader else { return field(after: number - 1) }
        return number <= 2 ? headerField(number) : field(after: number - 2)
    }

    private func headerField(_ number: Int) -> HL7Element {
        let first = separator(0)
        guard first < end else { return absent }
        return number == 1
            ? element(from: first, to: first + 1, level: .verbatim)
            : element(from: first + 1, to: separator(1), level: .verbatim)
    }

    /// The field that begins after separator `place` of the segment, counted from 0.
    @inline(__always)
    private func field(after place: Int) -> HL7Element {
        let first = separator(place)
        guard first < end else { return absent }
        return element(from: first + 1, to: separator(place + 1), level: .field)
    }

    /// Where separator `number` of the segment stands, counted from 0; its end if there are fewer.
    @inline(__always)
    private func separator(_ number: Int) -> Int {
        number < place.separatorCount ? Int(separators[Int(place.firstRank) + number]) : end
    }

    private var absent: HL7Element {
        element(from: end, to: end, level: .field)
    }

    @inline(__always)
    private func element(from start: Int, to end: Int, level: HL7Element.Level) -> HL7Element {
        HL7Element(bytes: bytes, start: start, end: end, context: context, level: level)
    }
}
