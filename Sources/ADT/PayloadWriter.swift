import Admissions
import EventSourcing
import HL7v2

/// Writes an event's payload straight from the bytes of a message.
///
/// The bytes are those `AdmissionEvent.encode(into:)` would write, without making the event first: a test holds the two equal. Keys are
/// written in ascending order by those who call.
struct PayloadWriter {
    /// Zeros from `count` on. Written in place rather than appended to: one look at the room does for a whole field.
    private var room: [UInt8]
    private var count = 0
    private var needsComma = false

    /// A payload is about 600 bytes; more where much is told.
    private static let capacity = 1_024
    /// Quotes, colon and comma of a field, and what is written past the end of a piece, see `putPlain`.
    private static let margin = 16

    init() {
        room = [UInt8](repeating: 0, count: Self.capacity)
    }

    /// What has been written. Ends the writing.
    consuming func finish() -> [UInt8] {
        room.removeLast(room.count - count)
        return room
    }

    /// How many bytes there are; see `rewind(to:)`.
    var mark: (count: Int, needsComma: Bool) { (count, needsComma) }

    /// Takes back all that was written since the mark.
    mutating func rewind(to mark: (count: Int, needsComma: Bool)) {
        count = mark.count
        needsComma = mark.needsComma
    }

    // MARK: Bytes

    /// Sees to room for so many bytes more, and the margin.
    @inline(__always)
    private mutating func reserve(_ more: Int) {
        if count + more + Self.margin > room.count { grow(more) }
    }

    private mutating func grow(_ more: Int) {
        room.append(contentsOf: repeatElement(0, count: max(room.count, more + Self.margin)))
    }

    /// Writes a byte for which there is room.
    @inline(__always)
    private mutating func put(_ byte: UInt8) {
        room[count] = byte
        count += 1
    }

    /// Writes a literal for which there is room.
    @inline(__always)
    private mutating func put(_ text: StaticString) {
        let start = count
        count += text.utf8CodeUnitCount
        // Checked against the room here, once, so that the copy of a literal becomes a store or two.
        precondition(count <= room.count)
        room.withUnsafeMutableBytes { room in
            text.withUTF8Buffer { text in
                // Unsafe only by name: the room was checked above, and the literal is as long as it says.
                unsafe room.baseAddress?.advanced(by: start).copyMemory(
                    from: UnsafeRawPointer(text.baseAddress.unsafelyUnwrapped), byteCount: text.count)
            }
        }
    }

    /// Writes the bytes of a piece for which there is room, as far as they are printable ASCII without escapes; false
    /// if they are not to the end. Eight bytes at a time: those past the end are written over by what follows.
    @inline(__always)
    private mutating func putPlain(_ piece: Piece, of source: borrowing MessageSource) -> Bool {
        var left = Int(piece.end) - Int(piece.start)
        var offset = Int(piece.start)
        var place = count
        count += left
        var room = room.mutableSpan
        var bytes = room.mutableBytes
        while left > 0 {
            let word = source.word(at: offset)
            guard source.isPlain(word, first: left) else { return false }
            bytes.storeBytes(of: word.littleEndian, toByteOffset: place, as: UInt64.self)
            offset += WordScan.wordBytes
            place += WordScan.wordBytes
            left -= WordScan.wordBytes
        }
        return true
    }

    @inline(__always)
    private mutating func separate() {
        if needsComma { put(UInt8(ascii: ",")) }
    }

    @inline(__always)
    private mutating func putKey(_ name: StaticString) {
        separate()
        put(UInt8(ascii: "\""))
        put(name)
        put("\":")
    }

    // MARK: JSON

    mutating func beginObject() { open(UInt8(ascii: "{")) }
    mutating func endObject() { close(UInt8(ascii: "}")) }
    mutating func beginArray() { open(UInt8(ascii: "[")) }
    mutating func endArray() { close(UInt8(ascii: "]")) }

    private mutating func open(_ byte: UInt8) {
        reserve(0)
        separate()
        put(byte)
        needsComma = false
    }

    private mutating func close(_ byte: UInt8) {
        reserve(0)
        put(byte)
        needsComma = true
    }

    @inline(__always)
    mutating func key(_ name: StaticString) {
        reserve(name.utf8CodeUnitCount)
        putKey(name)
        needsComma = false
    }

    mutating func null() { literal("null") }
    mutating func bool(_ value: Bool) { literal(value ? "true" : "false") }

    /// A string of our own: printable ASCII without quotes or backslashes.
    @inline(__always)
    mutating func word(_ value: StaticString) {
        reserve(value.utf8CodeUnitCount)
        separate()
        put(UInt8(ascii: "\""))
        put(value)
        put(UInt8(ascii: "\""))
        needsComma = true
    }

    /// Any string.
    mutating func string(_ value: String) {
        let start = mark
        reserve(value.utf8.count)
        separate()
        put(UInt8(ascii: "\""))
        guard putPlain(value) else {
            rewind(to: start)
            escaped(value)
            return
        }
        put(UInt8(ascii: "\""))
        needsComma = true
    }

    /// Writes a text for which there is room, as far as it needs no escapes; false if it does.
    private mutating func putPlain(_ text: String) -> Bool {
        var place = count
        var room = room.mutableSpan
        var text = text
        let isPlain = text.withUTF8 { text in
            for byte in text {
                guard byte >= 0x20, byte != 0x22, byte != 0x5C else { return false }
                room[place] = byte
                place += 1
            }
            return true
        }
        count = place
        return isPlain
    }

    private mutating func escaped(_ value: String) {
        var json = JSONWriter(reservingCapacity: value.utf8.count + 16)
        json.string(value)
        raw(json.bytes)
    }

    /// The text of a piece.
    mutating func text(_ piece: Piece, of source: borrowing MessageSource) {
        let start = mark
        reserve(piece.range.count)
        separate()
        put(UInt8(ascii: "\""))
        guard putPlain(piece, of: source) else {
            rewind(to: start)
            string(source.text(piece))
            return
        }
        put(UInt8(ascii: "\""))
        needsComma = true
    }

    mutating func moment(_ moment: Moment) {
        guard !moment.needsObject else {
            var json = JSONWriter()
            moment.encode(into: &json)
            raw(json.bytes)
            return
        }
        guard let words = moment.instant.iso8601Words else {
            string(moment.instant.iso8601)
            return
        }
        reserve(20)
        separate()
        put(UInt8(ascii: "\""))
        let start = count
        var room = room.mutableSpan
        var bytes = room.mutableBytes
        bytes.storeBytes(of: words.first.littleEndian, toByteOffset: start, as: UInt64.self)
        bytes.storeBytes(of: words.second.littleEndian, toByteOffset: start + 8, as: UInt64.self)
        bytes.storeBytes(of: words.last.littleEndian, toByteOffset: start + 16, as: UInt32.self)
        count += 20
        put(UInt8(ascii: "\""))
        needsComma = true
    }

    /// The date of a time, as exact as it was told: `1938-04-12`, `1938-04` or `1938`.
    mutating func date(_ time: HL7Timestamp) {
        reserve(0)
        separate()
        put(UInt8(ascii: "\""))
        putTwoDigits(time.year / 100)
        putTwoDigits(time.year % 100)
        if time.precision >= .month {
            put(UInt8(ascii: "-"))
            putTwoDigits(time.month)
        }
        if time.precision >= .day {
            put(UInt8(ascii: "-"))
            putTwoDigits(time.day)
        }
        put(UInt8(ascii: "\""))
        needsComma = true
    }

    private mutating func putTwoDigits(_ number: Int) {
        put(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / 10))
        put(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10))
    }

    /// The texts of up to three pieces with a byte of ASCII between.
    mutating func joined(
        _ pieces: InlineArray<3, Piece>, by separator: UInt8, skipsEmpty: Bool, of source: borrowing MessageSource
    ) {
        let start = mark
        let count = skipsEmpty ? 3 : 2
        reserve(pieces[0].range.count + pieces[1].range.count + pieces[2].range.count)
        separate()
        put(UInt8(ascii: "\""))
        var isFirst = true
        for number in 0..<count where !skipsEmpty || !pieces[number].isEmpty {
            if !isFirst { put(separator) }
            isFirst = false
            guard putPlain(pieces[number], of: source) else {
                rewind(to: start)
                string(Self.joinedTexts(pieces, count, by: separator, skipsEmpty: skipsEmpty, of: source))
                return
            }
        }
        put(UInt8(ascii: "\""))
        needsComma = true
    }

    private static func joinedTexts(
        _ pieces: InlineArray<3, Piece>, _ count: Int, by separator: UInt8, skipsEmpty: Bool,
        of source: borrowing MessageSource
    ) -> String {
        var texts: [String] = []
        for number in 0..<count {
            let text = source.text(pieces[number])
            if !skipsEmpty || !text.isEmpty { texts.append(text) }
        }
        return texts.joined(separator: String(Unicode.Scalar(separator)))
    }

    private mutating func raw(_ json: [UInt8]) {
        reserve(json.count)
        separate()
        let start = count
        count += json.count
        room.replaceSubrange(start..<count, with: json)
        needsComma = true
    }

    @inline(__always)
    private mutating func literal(_ text: StaticString) {
        reserve(text.utf8CodeUnitCount)
        separate()
        put(text)
        needsComma = true
    }

    // MARK: Fields

    /// A field that holds a piece's text: left out if the piece is empty, `null` if it is null and that counts.
    @inline(__always)
    mutating func field(_ name: StaticString, _ piece: Piece, of source: borrowing MessageSource, nulls: Bool) {
        if !piece.isEmpty { told(name, piece, of: source, nulls: nulls) }
    }

    /// A field that holds the text of a piece that is not empty.
    private mutating func told(_ name: StaticString, _ piece: Piece, of source: borrowing MessageSource, nulls: Bool) {
        let start = mark
        reserve(name.utf8CodeUnitCount + piece.range.count)
        putKey(name)
        put(UInt8(ascii: "\""))
        if putPlain(piece, of: source) {
            put(UInt8(ascii: "\""))
            needsComma = true
            return
        }
        rewind(to: start)
        if source.isNull(piece) {
            field(name, nullIf: nulls)
            return
        }
        let text = source.text(piece)
        guard !text.isEmpty else { return }
        key(name)
        string(text)
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
