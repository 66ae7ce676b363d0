/// From bytes to text: escape sequences and character set.
///
/// | sequence | gives |
/// |---|---|
/// | `\F\` `\S\` `\T\` `\R\` `\E\` `\P\` | the message's own field, component, sub-component, repetition, escape, truncation character |
/// | `\Xhh…\` | the bytes, read like the rest of the message |
/// | `\.br\` `\.ce\` | a new line |
/// | `\.sp\` `\.spN\` | one, N new lines |
/// | `\.skN\` | N blanks |
/// | `\H\` `\N\` `\.fi\` `\.nf\` `\.inN\` `\.tiN\` | nothing: highlighting, filling and indents have no text |
/// | anything else: `\Z…\` `\C…\` `\M…\`, unknown, unterminated | itself, as it stands |
///
/// HL7 v2 chapter 2.7. The result is always UTF-8; NUL never comes through.
struct HL7Decoding {
    /// The most new lines or blanks one formatting command gives.
    private static let repeatsMax = 80

    private let delimiters: HL7Delimiters
    private let isUTF8: Bool
    private var text: [UInt8] = []
    /// Bytes of `\X…\` not yet known to be a whole character.
    private var hexadecimal: [UInt8] = []

    /// Whether the bytes are strict UTF-8 (RFC 3629: nothing overlong, no surrogates, nothing above U+10FFFF).
    static func isUTF8(_ bytes: Span<UInt8>) -> Bool {
        do throws(UTF8.ValidationError) {
            _ = try UTF8Span(validating: bytes)
            return true
        } catch {
            return false
        }
    }

    /// The text of `bytes`; `escape` is 0 where escape sequences do not count.
    static func text(_ bytes: Span<UInt8>, delimiters: HL7Delimiters, escape: UInt8, isUTF8: Bool) -> String {
        var decoding = HL7Decoding(delimiters: delimiters, isUTF8: isUTF8)
        decoding.text.reserveCapacity(bytes.count)
        decoding.read(bytes, escape: escape)
        return String(decoding: decoding.text, as: UTF8.self)
    }

    private init(delimiters: HL7Delimiters, isUTF8: Bool) {
        self.delimiters = delimiters
        self.isUTF8 = isUTF8
    }

    private mutating func read(_ bytes: Span<UInt8>, escape: UInt8) {
        var offset = 0
        while offset < bytes.count {
            let byte = bytes[offset]
            guard byte == escape, escape != 0 else {
                append(byte)
                offset += 1
                continue
            }
            let end = WordScan.firstOffset(of: escape, or: escape, in: bytes.bytes, from: offset + 1, to: bytes.count)
            if end < bytes.count, interpret(bytes.extracting(offset + 1..<end)) {
                offset = end + 1
            } else {
                // As it stands; the closing character may yet open a sequence of its own.
                while offset < end {
                    append(bytes[offset])
                    offset += 1
                }
            }
        }
        flushHexadecimal()
    }

    /// Takes what stands between two escape characters; false if it is no sequence we know.
    private mutating func interpret(_ body: Span<UInt8>) -> Bool {
        guard body.count > 0 else { return false }
        if body.count == 1 { return interpret(letter: body[0]) }
        if body[0] == UInt8(ascii: "X") || body[0] == UInt8(ascii: "x") {
            return interpret(hexadecimal: body.extracting(1..<body.count))
        }
        return body[0] == UInt8(ascii: ".") && interpret(formatting: body.extracting(1..<body.count))
    }

    private mutating func interpret(letter: UInt8) -> Bool {
        let delimiter: UInt8
        switch letter {
        case UInt8(ascii: "F"): delimiter = delimiters.field
        case UInt8(ascii: "S"): delimiter = delimiters.component
        case UInt8(ascii: "T"): delimiter = delimiters.subcomponent
        case UInt8(ascii: "R"): delimiter = delimiters.repetition
        case UInt8(ascii: "E"): delimiter = delimiters.escape
        case UInt8(ascii: "P"): delimiter = delimiters.truncation
        case UInt8(ascii: "H"), UInt8(ascii: "N"): return true
        default: return false
        }
        guard delimiter != 0 else { return false }
        append(delimiter)
        return true
    }

    private mutating func interpret(hexadecimal digits: Span<UInt8>) -> Bool {
        guard digits.count > 0, digits.count.isMultiple(of: 2) else { return false }
        var bytes: [UInt8] = []
        for place in stride(from: 0, to: digits.count, by: 2) {
            guard let high = Self.digit(digits[place]), let low = Self.digit(digits[place + 1]) else { return false }
            bytes.append(high << 4 | low)
        }
        hexadecimal.append(contentsOf: bytes)
        return true
    }

    private mutating func interpret(formatting command: Span<UInt8>) -> Bool {
        guard command.count >= 2 else { return false }
        // Lower case as the norm has it, and upper case as some send it.
        let name = (command[0] | 0x20, command[1] | 0x20)
        guard let number = Self.number(command.extracting(2..<command.count)) else { return false }
        switch name {
        case (UInt8(ascii: "b"), UInt8(ascii: "r")), (UInt8(ascii: "c"), UInt8(ascii: "e")):
            guard command.count == 2 else { return false }
            append(0x0A)
        case (UInt8(ascii: "s"), UInt8(ascii: "p")):
            repeating(0x0A, command.count == 2 ? 1 : number)
        case (UInt8(ascii: "s"), UInt8(ascii: "k")):
            repeating(0x20, command.count == 2 ? 1 : number)
        case (UInt8(ascii: "f"), UInt8(ascii: "i")), (UInt8(ascii: "n"), UInt8(ascii: "f")):
            return command.count == 2
        case (UInt8(ascii: "i"), UInt8(ascii: "n")), (UInt8(ascii: "t"), UInt8(ascii: "i")):
            return true
        default:
            return false
        }
        return true
    }

    private mutating func repeating(_ byte: UInt8, _ count: Int) {
        for _ in 0..<min(max(count, 0), Self.repeatsMax) { append(byte) }
    }

    /// Appends one byte of the message as the character (or part of one) that it is.
    private mutating func append(_ byte: UInt8) {
        if !hexadecimal.isEmpty { flushHexadecimal() }
        if isUTF8 {
            if byte != 0 { text.append(byte) }
        } else {
            Windows1252.append(byte, to: &text)
        }
    }

    /// Reads the bytes of `\X…\`: like the message, or as single-byte characters if that makes no sense.
    private mutating func flushHexadecimal() {
        let bytes = hexadecimal
        hexadecimal.removeAll(keepingCapacity: true)
        if isUTF8, Self.isUTF8(bytes.span) {
            text.append(contentsOf: bytes.lazy.filter { $0 != 0 })
        } else {
            for byte in bytes { Windows1252.append(byte, to: &text) }
        }
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }

    /// A number with an optional sign; 0 for nothing at all, nil for anything else.
    private static func number(_ bytes: Span<UInt8>) -> Int? {
        var number = 0
        var digits = 0
        for place in 0..<bytes.count {
            if place == 0, bytes[0] == UInt8(ascii: "+") || bytes[0] == UInt8(ascii: "-") { continue }
            guard (0x30...0x39).contains(bytes[place]), digits < 4 else { return nil }
            digits += 1
            number = number * 10 + Int(bytes[place] - 0x30)
        }
        guard bytes.count == 0 || digits > 0 else { return nil }
        return bytes.count > 0 && bytes[0] == UInt8(ascii: "-") ? -number : number
    }
}
