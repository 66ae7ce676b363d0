import Admissions
import EventSourcing
import HL7v2

/// Writes an event's payload straight from the bytes of a message.
///
/// The bytes are those `AdmissionEvent.encode(into:)` would write, without making the event first: a test holds the two equal. Keys are
/// written in ascending order by those who call.
struct PayloadWriter {
    private(set) var bytes: [UInt8] = []
    private var needsComma = false

    /// A payload is about 600 bytes; more where much is told.
    private static let capacity = 1_024

    init() {
        bytes.reserveCapacity(Self.capacity)
    }

    /// How many bytes there are; see `rewind(to:)`.
    var mark: (count: Int, needsComma: Bool) { (bytes.count, needsComma) }

    /// Takes back all that was written since the mark.
    mutating func rewind(to mark: (count: Int, needsComma: Bool)) {
        bytes.removeSubrange(mark.count...)
        needsComma = mark.needsComma
    }

    mutating func beginObject() { open(UInt8(ascii: "{")) }
    mutating func endObject() { close(UInt8(ascii: "}")) }
    mutating func beginArray() { open(UInt8(ascii: "[")) }
    mutating func endArray() { close(UInt8(ascii: "]")) }

    private mutating func open(_ byte: UInt8) {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        bytes.append(byte)
        needsComma = false
    }

    private mutating func close(_ byte: UInt8) {
        bytes.append(byte)
        needsComma = true
    }

    mutating func key(_ name: StaticString) {
        let count = name.utf8CodeUnitCount
        let needsComma = needsComma
        bytes.append(addingCapacity: count + 4) { out in
            if needsComma { out.append(UInt8(ascii: ",")) }
            out.append(UInt8(ascii: "\""))
            name.withUTF8Buffer { name in
                for byte in name { out.append(byte) }
            }
            out.append(UInt8(ascii: "\""))
            out.append(UInt8(ascii: ":"))
        }
        self.needsComma = false
    }

    mutating func null() { literal("null") }
    mutating func bool(_ value: Bool) { literal(value ? "true" : "false") }

    /// A string of our own: printable ASCII without quotes or backslashes.
    mutating func word(_ value: StaticString) {
        let count = value.utf8CodeUnitCount
        let needsComma = needsComma
        bytes.append(addingCapacity: count + 3) { out in
            if needsComma { out.append(UInt8(ascii: ",")) }
            out.append(UInt8(ascii: "\""))
            value.withUTF8Buffer { value in
                for byte in value { out.append(byte) }
            }
            out.append(UInt8(ascii: "\""))
        }
        self.needsComma = true
    }

    /// Any string.
    mutating func string(_ value: String) {
        let start = mark
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        bytes.append(UInt8(ascii: "\""))
        for byte in value.utf8 {
            guard byte >= 0x20, byte != 0x22, byte != 0x5C else {
                rewind(to: start)
                escaped(value)
                return
            }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "\""))
        needsComma = true
    }

    private mutating func escaped(_ value: String) {
        var json = JSONWriter(reservingCapacity: value.utf8.count + 16)
        json.string(value)
        raw(json.bytes)
    }

    /// The text of a piece.
    mutating func text(_ piece: Piece, of source: borrowing MessageSource) {
        guard source.isPlain(piece) else {
            string(source.text(piece))
            return
        }
        plain(piece, of: source)
    }

    /// A piece that is printable ASCII without escapes, as it stands.
    mutating func plain(_ piece: Piece, of source: borrowing MessageSource) {
        let needsComma = needsComma
        let span = source.bytes.span
        bytes.append(addingCapacity: piece.range.count + 3) { out in
            if needsComma { out.append(UInt8(ascii: ",")) }
            out.append(UInt8(ascii: "\""))
            for offset in piece.range { out.append(span[offset]) }
            out.append(UInt8(ascii: "\""))
        }
        self.needsComma = true
    }

    mutating func moment(_ moment: Moment) {
        guard !moment.needsObject else {
            var json = JSONWriter()
            moment.encode(into: &json)
            raw(json.bytes)
            return
        }
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        bytes.append(UInt8(ascii: "\""))
        moment.instant.appendISO8601(to: &bytes)
        bytes.append(UInt8(ascii: "\""))
        needsComma = true
    }

    /// The date of a time, as exact as it was told: `1938-04-12`, `1938-04` or `1938`.
    mutating func date(_ time: HL7Timestamp) {
        let needsComma = needsComma
        bytes.append(addingCapacity: 13) { out in
            if needsComma { out.append(UInt8(ascii: ",")) }
            out.append(UInt8(ascii: "\""))
            Self.twoDigits(time.year / 100, to: &out)
            Self.twoDigits(time.year % 100, to: &out)
            if time.precision >= .month {
                out.append(UInt8(ascii: "-"))
                Self.twoDigits(time.month, to: &out)
            }
            if time.precision >= .day {
                out.append(UInt8(ascii: "-"))
                Self.twoDigits(time.day, to: &out)
            }
            out.append(UInt8(ascii: "\""))
        }
        self.needsComma = true
    }

    private static func twoDigits(_ number: Int, to out: inout OutputSpan<UInt8>) {
        out.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / 10))
        out.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10))
    }

    /// The texts of up to three pieces with a byte of ASCII between.
    mutating func joined(
        _ pieces: InlineArray<3, Piece>, by separator: UInt8, skipsEmpty: Bool, of source: borrowing MessageSource
    ) {
        var isPlain = true
        var capacity = 5
        for number in pieces.indices {
            isPlain = isPlain && source.isPlain(pieces[number])
            capacity += pieces[number].range.count
        }
        let count = skipsEmpty ? 3 : 2
        guard isPlain else {
            var texts: [String] = []
            for number in 0..<count {
                let text = source.text(pieces[number])
                if !skipsEmpty || !text.isEmpty { texts.append(text) }
            }
            string(texts.joined(separator: String(Unicode.Scalar(separator))))
            return
        }
        let needsComma = needsComma
        let span = source.bytes.span
        bytes.append(addingCapacity: capacity) { out in
            if needsComma { out.append(UInt8(ascii: ",")) }
            out.append(UInt8(ascii: "\""))
            var isFirst = true
            for number in 0..<count where !skipsEmpty || !pieces[number].isEmpty {
                if !isFirst { out.append(separator) }
                isFirst = false
                for offset in pieces[number].range { out.append(span[offset]) }
            }
            out.append(UInt8(ascii: "\""))
        }
        self.needsComma = true
    }

    private mutating func raw(_ json: [UInt8]) {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        bytes.append(contentsOf: json)
        needsComma = true
    }

    private mutating func literal(_ text: StaticString) {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        text.withUTF8Buffer { bytes.append(contentsOf: $0) }
        needsComma = true
    }

    // MARK: Fields

    /// A field that holds a piece's text: left out if the piece is empty, `null` if it is null and that counts.
    mutating func field(_ name: StaticString, _ piece: Piece, of source: borrowing MessageSource, nulls: Bool) {
        guard !piece.isEmpty else { return }
        if source.isNull(piece) {
            field(name, nullIf: nulls)
            return
        }
        if source.isPlain(piece) {
            plainField(name, piece, of: source)
            return
        }
        let text = source.text(piece)
        guard !text.isEmpty else { return }
        key(name)
        string(text)
    }

    /// Key and value in one go.
    private mutating func plainField(_ name: StaticString, _ piece: Piece, of source: borrowing MessageSource) {
        let needsComma = needsComma
        let span = source.bytes.span
        bytes.append(addingCapacity: name.utf8CodeUnitCount + piece.range.count + 6) { out in
            if needsComma { out.append(UInt8(ascii: ",")) }
            out.append(UInt8(ascii: "\""))
            name.withUTF8Buffer { name in
                for byte in name { out.append(byte) }
            }
            out.append(UInt8(ascii: "\""))
            out.append(UInt8(ascii: ":"))
            out.append(UInt8(ascii: "\""))
            for offset in piece.range { out.append(span[offset]) }
            out.append(UInt8(ascii: "\""))
        }
        self.needsComma = true
    }

    mutating func field(_ name: StaticString, nullIf condition: Bool) {
        guard condition else { return }
        key(name)
        null()
    }

    mutating func field(_ name: StaticString, word value: StaticString?) {
        guard let value else { return }
        key(name)
        word(value)
    }

    mutating func field(_ name: StaticString, _ value: String?) {
        guard let value else { return }
        key(name)
        string(value)
    }

    mutating func field(_ name: StaticString, _ told: Told<Bool>) {
        switch told {
        case .absent: break
        case .null: field(name, nullIf: true)
        case .value(let value):
            key(name)
            bool(value)
        }
    }

    mutating func field(_ name: StaticString, _ told: Told<Moment>) {
        switch told {
        case .absent: break
        case .null: field(name, nullIf: true)
        case .value(let value):
            key(name)
            moment(value)
        }
    }

    mutating func field(_ name: StaticString, _ value: Moment?) {
        guard let value else { return }
        key(name)
        moment(value)
    }
}
