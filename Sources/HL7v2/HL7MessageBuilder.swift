/// Writes a message: segments in the order they are begun, fields by number.
///
/// Values are escaped and encoded; unset fields, components and repetitions before a set one are written as empty, and
/// trailing ones are left out. Setting the same place again replaces what was there. The same calls give the same bytes.
///
/// ```swift
/// var builder = HL7MessageBuilder()
/// builder.segment("MSH")                       // MSH-1 and MSH-2 write themselves
/// builder.set(field: 9, to: "ADT")
/// builder.set(field: 9, component: 2, to: "A01")
/// builder.segment("PID")
/// builder.set(field: 3, repetition: 2, component: 4, to: "NHS")
/// ```
package struct HL7MessageBuilder: Sendable {
    /// The highest field, repetition, component or sub-component number that can be written.
    package static let numberMax = 9_999

    private struct Segment: Sendable {
        var name: [UInt8]
        /// Bytes as they are, instead of values.
        var raw: [UInt8]?
        /// In ascending order of place.
        var values: [Value] = []
    }

    private struct Value: Sendable {
        let place: Place
        var bytes: [UInt8]
    }

    private struct Place: Comparable, Sendable {
        let field: Int
        let repetition: Int
        let component: Int
        let subcomponent: Int

        static func < (left: Place, right: Place) -> Bool {
            (left.field, left.repetition, left.component, left.subcomponent)
                < (right.field, right.repetition, right.component, right.subcomponent)
        }
    }

    /// Segments whose first two fields are the delimiters.
    private static let headerNames = ["MSH", "FHS", "BHS"].map { Array($0.utf8) }

    package let delimiters: HL7Delimiters
    private let decoder: HL7CharacterSet.Decoder
    private var segments: [Segment] = []

    /// An empty message; text is written in `characterSet`, which MSH-18 must be set to tell.
    package init(delimiters: HL7Delimiters = .standard, characterSet: HL7CharacterSet.Decoder = .utf8) {
        self.delimiters = delimiters
        decoder = characterSet
    }

    /// Begins a segment; what is set from now on is set in it.
    package mutating func segment(_ name: String) {
        segments.append(Segment(name: Array(name.utf8)))
    }

    /// Adds a whole segment as it stands, without its CR: for Z segments and for malformed ones in tests.
    package mutating func rawSegment(_ text: String) {
        rawSegment(bytes: Array(text.utf8))
    }

    /// Adds a whole segment as it stands, without its CR.
    package mutating func rawSegment(bytes: [UInt8]) {
        segments.append(Segment(name: [], raw: bytes))
    }

    /// Sets a value of the current segment; nil or an empty text leaves the place empty. MSH-1 and MSH-2 cannot be set.
    package mutating func set(
        field: Int, repetition: Int = 1, component: Int = 1, subcomponent: Int = 1, to value: String?
    ) {
        let bytes = value.map { HL7Encoding.bytes(of: $0, delimiters: delimiters, decoder: decoder) } ?? []
        put(bytes, Place(field: field, repetition: repetition, component: component, subcomponent: subcomponent))
    }

    /// Sets the explicit null, `""`, which asks the receiver to delete its value.
    package mutating func setNull(field: Int, repetition: Int = 1, component: Int = 1, subcomponent: Int = 1) {
        put([0x22, 0x22], Place(field: field, repetition: repetition, component: component, subcomponent: subcomponent))
    }

    /// Sets a whole field of the current segment to bytes that are already divided and escaped.
    package mutating func setRaw(field: Int, to bytes: [UInt8]) {
        put(bytes, Place(field: field, repetition: 1, component: 1, subcomponent: 1))
    }

    /// Sets a whole field of the current segment to text that is already divided and escaped, such as `9990000018^^^NHS^NH`.
    package mutating func setRaw(field: Int, to text: String) {
        setRaw(field: field, to: Array(text.utf8))
    }

    private mutating func put(_ bytes: [UInt8], _ place: Place) {
        let numbers = 1...Self.numberMax
        // A mistake in our own source, never input: builders are called with numbers written in code.
        precondition(
            !segments.isEmpty && numbers.contains(place.field) && numbers.contains(place.repetition)
                && numbers.contains(place.component) && numbers.contains(place.subcomponent),
            "a value is set in a segment, at numbers from 1 to \(Self.numberMax)")
        let last = segments.count - 1
        var at = segments[last].values.count
        while at > 0, segments[last].values[at - 1].place > place { at -= 1 }
        if at > 0, segments[last].values[at - 1].place == place {
            segments[last].values[at - 1].bytes = bytes
        } else {
            segments[last].values.insert(Value(place: place, bytes: bytes), at: at)
        }
    }

    /// The message so far, each segment ended by CR (a terminator, HL7 v2 chapter 2.5.2); no framing.
    package var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(segments.count * 96)
        for segment in segments {
            if let raw = segment.raw {
                bytes.append(contentsOf: raw)
            } else {
                append(segment, to: &bytes)
            }
            bytes.append(0x0D)
        }
        return bytes
    }

    private func append(_ segment: Segment, to bytes: inout [UInt8]) {
        bytes.append(contentsOf: segment.name)
        var written = 0
        if Self.headerNames.contains(segment.name) {
            bytes.append(delimiters.field)
            bytes.append(contentsOf: delimiters.encodingCharacters)
            written = 2
        }
        var at = Place(field: written, repetition: 1, component: 1, subcomponent: 1)
        for value in segment.values where !value.bytes.isEmpty && value.place.field > written {
            advance(from: at, to: value.place, &bytes)
            bytes.append(contentsOf: value.bytes)
            at = value.place
        }
    }

    /// Writes the separators between two places, the second after the first.
    private func advance(from: Place, to: Place, _ bytes: inout [UInt8]) {
        var from = from
        func separate(_ delimiter: UInt8, _ count: Int) {
            // A message without this delimiter cannot tell the parts apart; a blank keeps them readable.
            for _ in 0..<max(count, 0) { bytes.append(delimiter == 0 ? 0x20 : delimiter) }
        }
        if to.field > from.field {
            separate(delimiters.field, to.field - from.field)
            from = Place(field: to.field, repetition: 1, component: 1, subcomponent: 1)
        }
        if to.repetition > from.repetition {
            separate(delimiters.repetition, to.repetition - from.repetition)
            from = Place(field: to.field, repetition: to.repetition, component: 1, subcomponent: 1)
        }
        if to.component > from.component {
            separate(delimiters.component, to.component - from.component)
            from = Place(field: to.field, repetition: to.repetition, component: to.component, subcomponent: 1)
        }
        separate(delimiters.subcomponent, to.subcomponent - from.subcomponent)
    }
}
