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
    private let delimiters: HL7Delimiters
    /// For each segment, the place of the separator before its first field, of every other one, and of its end.
    private var places: [UInt32] = []
    /// By segment: where its places begin, and how many there are; none for a segment that is not there.
    private var first = InlineArray<10, UInt16>(repeating: 0)
    private var count = InlineArray<10, UInt16>(repeating: 0)

    /// The most components of a field that are read: XAD, PL and XON need no more.
    static let componentsMax = 10
    /// The most fields of a segment that are read: PV1 has 52.
    private static let fieldsMax = 64
    /// Places of a usual message.
    private static let placesCapacity = 208

    init(_ message: HL7Message) {
        self.message = message
        bytes = message.bytes
        delimiters = message.delimiters
        places.reserveCapacity(Self.placesCapacity)
        if let msh = message.segment("MSH") { take(.msh, msh, at: msh.field(1).rawBytes.startIndex) }
        take(.evn, message.segment("EVN"))
        take(.pid, message.segment("PID"))
        take(.pd1, message.segment("PD1"))
        take(.pv1, message.segment("PV1"))
        take(.pv2, message.segment("PV2"))
        take(.dg1, message.segment("DG1"))
        take(.zu1, message.segment("ZU1"))
        take(.zu8, message.segment("ZU8"))
    }

    /// Looks for MRG, which few trigger events have.
    mutating func takeMerge() {
        take(.mrg, message.segment("MRG"))
    }

    private mutating func take(_ name: Piece.Segment, _ segment: HL7Segment?) {
        guard let segment else { return }
        take(name, segment, at: segment.field(1).rawBytes.startIndex - 1)
    }

    /// Notes where the fields of a segment lie, given the place of its first separator.
    private mutating func take(_ name: Piece.Segment, _ segment: HL7Segment, at start: Int) {
        let end = segment.field(min(segment.fieldCount, Self.fieldsMax)).rawBytes.endIndex
        let index = Int(name.rawValue)
        let before = places.count
        first[index] = UInt16(truncatingIfNeeded: before)
        let separator = delimiters.field
        let bytes = bytes
        let span = bytes.span
        places.append(UInt32(truncatingIfNeeded: start))
        var offset = start + 1
        while offset < end {
            if span[offset] == separator { places.append(UInt32(truncatingIfNeeded: offset)) }
            offset += 1
        }
        places.append(UInt32(truncatingIfNeeded: max(end, start + 1)))
        let noted = places.count - before
        count[index] = UInt16(truncatingIfNeeded: noted)
    }

    func has(_ segment: Piece.Segment) -> Bool { count[Int(segment.rawValue)] > 0 }

    // MARK: Parts

    /// A whole field.
    func field(_ segment: Piece.Segment, _ number: Int) -> Piece {
        let index = Int(segment.rawValue)
        // MSH-1 is the first separator itself, so MSH-2 comes behind it.
        let place = segment == .msh ? number - 2 : number - 1
        guard place >= 0, place + 1 < Int(count[index]) else { return Piece() }
        let base = Int(first[index]) + place
        return piece(
            Piece(segment: segment, field: UInt8(truncatingIfNeeded: number)), from: Int(places[base]) + 1,
            to: Int(places[base + 1]))
    }

    /// The first component of the first repetition that holds anything.
    func value(_ segment: Piece.Segment, _ number: Int) -> Piece {
        let field = field(segment, number)
        guard !field.isEmpty else { return field }
        let span = bytes.span
        let (start, last) = (Int(field.start), Int(field.end))
        var end = start
        while end < last {
            let byte = span[end]
            if byte == delimiters.component || byte == delimiters.repetition, byte != 0 { break }
            end += 1
        }
        if end > start {
            var place = field
            place.repetition = 1
            place.component = 1
            let first = piece(place, from: start, to: end)
            if !first.isEmpty { return first }
        }
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
        let span = bytes.span
        var end = Int(rest.start)
        let last = Int(rest.end)
        while end < last, span[end] != delimiters.repetition || delimiters.repetition == 0 { end += 1 }
        var place = rest
        place.repetition = rest.repetition &+ 1
        let found = piece(place, from: Int(rest.start), to: end)
        rest.repetition = place.repetition
        rest.start = UInt32(truncatingIfNeeded: min(end + 1, last))
        return found
    }

    /// One component of a repetition, its sub-components included.
    func component(_ repetition: Piece, _ number: Int) -> Piece {
        let span = bytes.span
        var start = Int(repetition.start)
        let last = Int(repetition.end)
        var left = number - 1
        while left > 0 {
            while start < last, span[start] != delimiters.component { start += 1 }
            guard start < last else { return Piece() }
            start += 1
            left -= 1
        }
        var end = start
        while end < last, span[end] != delimiters.component || delimiters.component == 0 { end += 1 }
        var place = repetition
        place.component = UInt8(truncatingIfNeeded: number)
        return piece(place, from: start, to: end)
    }

    /// The components of a repetition, counted from 0, in one pass.
    func components(_ repetition: Piece) -> InlineArray<10, Piece> {
        var found = InlineArray<10, Piece>(repeating: Piece())
        guard !repetition.isEmpty else { return found }
        let span = bytes.span
        let last = Int(repetition.end)
        var start = Int(repetition.start)
        var place = repetition
        for number in 0..<Self.componentsMax {
            var end = start
            while end < last, span[end] != delimiters.component || delimiters.component == 0 { end += 1 }
            place.component = UInt8(truncatingIfNeeded: number + 1)
            found[number] = piece(place, from: start, to: end)
            guard end < last else { break }
            start = end + 1
        }
        return found
    }

    /// A component up to its first sub-component separator: codes and identifiers are never longer.
    func head(_ component: Piece) -> Piece {
        let span = bytes.span
        var end = Int(component.start)
        let last = Int(component.end)
        while end < last, span[end] != delimiters.subcomponent || delimiters.subcomponent == 0 { end += 1 }
        guard end < last else { return component }
        var place = component
        place.subcomponent = 1
        return piece(place, from: Int(component.start), to: end)
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
            if bytes[piece.range].contains(where: { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: ">") }) {
                return false
            }
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
        let span = bytes.span
        for offset in piece.range {
            let byte = span[offset]
            guard byte >= 0x20, byte < 0x7F, byte != 0x22, byte != 0x5C, byte != delimiters.escape else { return false }
        }
        return true
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
