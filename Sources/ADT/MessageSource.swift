import EventSourcing
import HL7v2

/// One message, taken apart for reading: where its fields lie, and ranges of its bytes.
///
/// Values are looked at as bytes where they stand; a String is made only of those that need decoding (escapes, other
/// than UTF-8) or comparing with the profile's words. Not copyable: it is lent to those who read.
struct MessageSource: ~Copyable {
    let message: HL7Message
    /// Whether its segments had come glued together.
    var isMended = false
    let bytes: [UInt8]
    /// The delimiters; one that the message does not have is its field separator, which no field holds.
    private let component: UInt8
    private let repetition: UInt8
    private let subcomponent: UInt8
    /// The escape character in all places of a word.
    private let escapes: UInt64
    /// Where the field separators of the message stand.
    private let separators: [UInt32]
    /// By segment: how many separators stand before it, one more than it has itself (none for a segment that is not
    /// there), and where it ends.
    private var ranks = InlineArray<10, UInt32>(repeating: 0)
    private var counts = InlineArray<10, UInt32>(repeating: 0)
    private var ends = InlineArray<10, UInt32>(repeating: 0)

    /// The most components of a field that are read: XAD, PL and XON need no more.
    static let componentsMax = 10
    /// The most fields of a segment that are read: PV1 has 52.
    private static let fieldsMax = 64

    init(_ message: HL7Message) {
        self.message = message
        bytes = message.bytes
        separators = message.separators
        let delimiters = message.delimiters
        component = delimiters.component == 0 ? delimiters.field : delimiters.component
        repetition = delimiters.repetition == 0 ? delimiters.field : delimiters.repetition
        subcomponent = delimiters.subcomponent == 0 ? delimiters.field : delimiters.subcomponent
        escapes = WordScan.broadcast(delimiters.escape == 0 ? UInt8(ascii: "\\") : delimiters.escape)
        for place in message.places {
            guard let segment = Piece.Segment(packed: place.name), counts[Int(segment.rawValue)] == 0 else { continue }
            let index = Int(segment.rawValue)
            ranks[index] = place.firstRank
            counts[index] = place.separatorCount + 1
            ends[index] = place.end
        }
    }

    func has(_ segment: Piece.Segment) -> Bool { counts[Int(segment.rawValue)] > 0 }

    // MARK: Parts

    /// A whole field.
    func field(_ segment: Piece.Segment, _ number: Int) -> Piece {
        let index = Int(segment.rawValue)
        // MSH-1 is the first separator itself, so MSH-2 comes behind it.
        let place = segment == .msh ? number - 2 : number - 1
        // This separator and those behind it.
        let left = Int(counts[index]) - 1 - place
        guard place >= 0, left > 0, number <= Self.fieldsMax else { return Piece() }
        let rank = Int(ranks[index]) + place
        let start = Int(separators[rank]) + 1
        let end = left > 1 ? Int(separators[rank + 1]) : Int(ends[index])
        // Most fields are empty.
        guard start < end else { return Piece() }
        return piece(Piece(segment: segment, field: UInt8(truncatingIfNeeded: number)), from: start, to: end)
    }

    /// The first component of the first repetition that holds anything.
    func value(_ segment: Piece.Segment, _ number: Int) -> Piece {
        let field = field(segment, number)
        guard !field.isEmpty else { return field }
        let start = Int(field.start)
        let end = offset(of: component, or: repetition, from: start, to: Int(field.end))
        if end > start {
            var place = field
            place.repetition = 1
            place.component = 1
            let first = piece(place, from: start, to: end)
            if !first.isEmpty { return first }
        }
        return laterValue(field)
    }

    private func laterValue(_ field: Piece) -> Piece {
        var rest = field
        while let repetition = nextRepetition(&rest) {
            let first = component(repetition, 1)
            if !first.isEmpty { return first }
        }
        return Piece()
    }

    /// Takes the next repetition off a field; `nil` after the last.
    func nextRepetition(_ rest: inout Piece) -> Piece? {
        guard !rest.isEmpty else { return nil }
        let (start, last) = (Int(rest.start), Int(rest.end))
        let end = offset(of: repetition, or: repetition, from: start, to: last)
        rest.repetition &+= 1
        let found = piece(rest, from: start, to: end)
        rest.start = UInt32(truncatingIfNeeded: min(end + 1, last))
        return found
    }

    /// One component of a repetition, its sub-components included.
    func component(_ repetition: Piece, _ number: Int) -> Piece {
        let last = Int(repetition.end)
        var start = Int(repetition.start)
        var end = offset(of: component, or: component, from: start, to: last)
        var left = number - 1
        while left > 0 {
            guard end < last else { return Piece() }
            start = end + 1
            end = offset(of: component, or: component, from: start, to: last)
            left -= 1
        }
        var place = repetition
        place.component = UInt8(truncatingIfNeeded: number)
        return piece(place, from: start, to: end)
    }

    /// The components of a repetition, found in one pass.
    func components(_ repetition: Piece) -> Components {
        var found = Components(repetition)
        guard !repetition.isEmpty else { return found }
        let last = Int(repetition.end)
        var start = Int(repetition.start)
        for number in 0..<Self.componentsMax {
            let end = offset(of: component, or: component, from: start, to: last)
            found.end(number, at: end)
            guard end < last else { break }
            start = end + 1
        }
        return found
    }

    /// One of the components of a repetition, counted from 0.
    @inline(__always)
    func part(_ parts: Components, _ number: Int) -> Piece {
        guard number < parts.count else { return Piece() }
        var place = parts.repetition
        place.component = UInt8(truncatingIfNeeded: number + 1)
        return piece(place, from: parts.start(number), to: parts.end(number))
    }

    /// A component up to its first sub-component separator: codes and identifiers are never longer.
    func head(_ component: Piece) -> Piece {
        let last = Int(component.end)
        let end = offset(of: subcomponent, or: subcomponent, from: Int(component.start), to: last)
        guard end < last else { return component }
        var place = component
        place.subcomponent = 1
        return piece(place, from: Int(component.start), to: end)
    }

    @inline(__always)
    private func offset(of first: UInt8, or second: UInt8, from start: Int, to end: Int) -> Int {
        WordScan.firstOffset(of: first, or: second, in: bytes.span.bytes, from: start, to: end)
    }

    @inline(__always)
    private func piece(_ place: Piece, from start: Int, to end: Int) -> Piece {
        let span = bytes.span
        var start = start
        var end = end
        while start < end, span[start] <= 0x20 { start += 1 }
        while end > start, span[end - 1] <= 0x20 { end -= 1 }
        var place = place
        place.start = UInt32(truncatingIfNeeded: start)
        place.end = UInt32(truncatingIfNeeded: end)
        return place
    }

    // MARK: Contents

    /// Exactly `""`.
    func isNull(_ piece: Piece) -> Bool {
        piece.end &- piece.start == 2 && bytes[Int(piece.start)] == 0x22 && bytes[Int(piece.start) + 1] == 0x22
    }

    func hasValue(_ piece: Piece) -> Bool { !piece.isEmpty && !isNull(piece) }

    /// Whether one of the components of a repetition, counted from 0, holds a value.
    func hasValue(_ parts: Components, _ number: Int) -> Bool { hasValue(part(parts, number)) }

    /// Whether a piece can name a patient or a visit: a value, and none of the words that senders write for "none".
    ///
    /// All whose number is `UNKNOWN` or `0` would be one and the same otherwise (domain.md 2.10).
    func isIdentifier(_ piece: Piece) -> Bool {
        guard hasValue(piece) else { return false }
        switch bytes[Int(piece.start)] {
        case UInt8(ascii: "N"), UInt8(ascii: "n"), UInt8(ascii: "U"), UInt8(ascii: "u"):
            if isWordForNone(piece) { return false }
        case UInt8(ascii: "0"):
            let span = bytes.span
            if piece.range.allSatisfy({ span[$0] == UInt8(ascii: "0") }) { return false }
        // A template's place-holder that nobody filled in: everybody's, and so nobody's.
        case UInt8(ascii: "{"), UInt8(ascii: "#"), UInt8(ascii: "$"), UInt8(ascii: "<"):
            if contains(UInt8(ascii: "{"), piece) || contains(UInt8(ascii: ">"), piece) { return false }
        default: break
        }
        return isPlain(piece) || !text(piece).isEmpty
    }

    private func isWordForNone(_ piece: Piece) -> Bool {
        equals(piece, "NULL") || equals(piece, "UNKNOWN") || equals(piece, "N/A") || equals(piece, "NONE")
            || equals(piece, "UNK") || equals(piece, "NOT KNOWN")
    }

    /// Whether the bytes can stand in JSON as they are: printable ASCII without escapes.
    func isPlain(_ piece: Piece) -> Bool {
        var offset = Int(piece.start)
        let end = Int(piece.end)
        while offset < end {
            guard isPlain(word(at: offset), first: end - offset) else { return false }
            offset += WordScan.wordBytes
        }
        return true
    }

    /// Whether the first bytes of a word are plain.
    @inline(__always)
    func isPlain(_ word: UInt64, first count: Int) -> Bool {
        let marks = WordScan.marksOfUnplain(in: word, escape: escapes)
        return marks == 0 || marks.trailingZeroBitCount >> 3 >= count
    }

    /// The eight bytes from `offset` on, first byte lowest; zeros behind the last byte of the message.
    @inline(__always)
    func word(at offset: Int) -> UInt64 {
        let span = bytes.span.bytes
        return offset + WordScan.wordBytes <= span.byteCount ? WordScan.word(span, at: offset) : lastWord(at: offset)
    }

    private func lastWord(at offset: Int) -> UInt64 {
        var word: UInt64 = 0
        for place in (offset..<bytes.count).reversed() { word = word << 8 | UInt64(bytes[place]) }
        return word
    }

    /// Whether all bytes of a range are digits.
    func isDigits(_ range: Range<Int>) -> Bool {
        let span = bytes.span
        for offset in range where span[offset] &- UInt8(ascii: "0") > 9 { return false }
        return true
    }

    /// Whether the bytes of a piece hold one.
    func contains(_ byte: UInt8, _ piece: Piece) -> Bool {
        offset(of: byte, or: byte, from: Int(piece.start), to: Int(piece.end)) < Int(piece.end)
    }

    /// The text: unescaped, decoded, without blanks at either end; `""` if empty or null.
    func text(_ piece: Piece) -> String {
        if piece.isEmpty || isNull(piece) { return "" }
        if isPlain(piece) { return String(decoding: bytes[piece.range], as: UTF8.self) }
        guard let segment = message.segment(piece.segment.name) else { return "" }
        var element = segment.field(Int(piece.field))
        if piece.repetition > 0 { element = element.repetition(Int(piece.repetition)) }
        if piece.component > 0 { element = element.component(Int(piece.component)) }
        if piece.subcomponent > 0 { element = element.subcomponent(Int(piece.subcomponent)) }
        let text = element.string
        guard let first = text.utf8.first, first <= 0x20 else { return text }
        return String(text.drop { $0.isWhitespace || $0 == "\0" })
    }

    /// A text of two pieces; `nil` if either needs decoding or the whole is longer than a name may be.
    func plainText(_ prefix: StaticString, _ first: Piece, _ separator: StaticString, _ second: Piece) -> String? {
        let count = prefix.utf8CodeUnitCount + first.range.count + separator.utf8CodeUnitCount + second.range.count
        guard count <= StreamName.bytesMax, isPlain(first), isPlain(second) else { return nil }
        let span = bytes.span
        // Unsafe only by name: the capacity is the sum of what is written, and as much is said to be written.
        return String(unsafeUninitializedCapacity: count) { text in
            var place = 0
            prefix.withUTF8Buffer { for byte in $0 { text[place] = byte; place += 1 } }
            for offset in first.range { text[place] = span[offset]; place += 1 }
            separator.withUTF8Buffer { for byte in $0 { text[place] = byte; place += 1 } }
            for offset in second.range { text[place] = span[offset]; place += 1 }
            return place
        }
    }

    /// The text in upper case, for comparing with the profile's words.
    func word(_ piece: Piece) -> String { text(piece).uppercased() }

    /// Whether the bytes are those of `ascii`, letters in either case.
    func equals(_ piece: Piece, _ ascii: StaticString) -> Bool {
        guard piece.range.count == ascii.utf8CodeUnitCount else { return false }
        let span = bytes.span
        let start = Int(piece.start)
        return ascii.withUTF8Buffer { wanted in
            for place in wanted.indices where Self.upper(span[start + place]) != wanted[place] { return false }
            return true
        }
    }

    /// Whether MSH-21 begins with these letters, in either case.
    func hasProfile(beginning ascii: StaticString) -> Bool {
        var profile = value(.msh, 21)
        guard profile.range.count >= ascii.utf8CodeUnitCount else { return false }
        profile.end = profile.start + UInt32(truncatingIfNeeded: ascii.utf8CodeUnitCount)
        return equals(profile, ascii)
    }

    /// Up to 16 bytes, letters in upper case and without blanks, as one number; 0 if longer or empty.
    ///
    /// Stops at `{`, behind which some senders put a status.
    func packed(_ piece: Piece) -> UInt128 {
        let span = bytes.span
        var packed: UInt128 = 0
        var count = 0
        for offset in piece.range {
            let byte = span[offset]
            if byte == UInt8(ascii: "{") { break }
            if byte == 0x20 { continue }
            count += 1
            if count > 16 { return 0 }
            packed = packed << 8 | UInt128(Self.upper(byte))
        }
        return packed
    }

    static func packed(_ word: String) -> UInt128 {
        word.utf8.reduce(0) { $1 == 0x20 ? $0 : $0 << 8 | UInt128(upper($1)) }
    }

    private static func upper(_ byte: UInt8) -> UInt8 {
        byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z") ? byte - 0x20 : byte
    }

    /// The time in a piece; nil if it is none.
    func timestamp(_ piece: Piece) -> HL7Timestamp? {
        HL7Timestamp(parsing: bytes.span.extracting(piece.range))
    }

    /// Whether a piece begins with the bytes of another.
    func begins(_ piece: Piece, with prefix: Piece) -> Bool {
        guard piece.range.count >= prefix.range.count else { return false }
        var head = piece
        head.end = head.start + (prefix.end - prefix.start)
        return sameBytes(head, prefix)
    }

    func sameBytes(_ left: Piece, _ right: Piece) -> Bool {
        guard left.range.count == right.range.count, !left.isEmpty else { return false }
        let span = bytes.span
        let (first, second) = (Int(left.start), Int(right.start))
        for place in 0..<left.range.count where span[first + place] != span[second + place] { return false }
        return true
    }
}
