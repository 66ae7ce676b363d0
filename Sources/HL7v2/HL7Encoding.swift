/// From text to the bytes of a field: character set and escape sequences.
enum HL7Encoding {
    /// The bytes of `text`, with everything that would divide or end the field escaped.
    ///
    /// Delimiters become `\F\` `\S\` `\T\` `\R\` `\E\` `\P\`, a line feed `\.br\`, other control characters `\Xhh\`. NUL is
    /// left out; what the character set lacks becomes `?`; the two characters `""`, which alone would mean null, become
    /// `\X2222\`. With no escape character to use, what would need one becomes a blank.
    static func bytes(
        of text: String, delimiters: HL7Delimiters, decoder: HL7CharacterSet.Decoder = .utf8
    ) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        if text == "\"\"" {
            appendHexadecimal([0x22, 0x22], to: &bytes, delimiters: delimiters)
            return bytes
        }
        for scalar in text.unicodeScalars {
            guard let byte = UInt8(exactly: scalar.value), byte < 0x80 else {
                append(scalar, to: &bytes, decoder: decoder)
                continue
            }
            append(ascii: byte, to: &bytes, delimiters: delimiters)
        }
        return bytes
    }

    private static func append(ascii byte: UInt8, to bytes: inout [UInt8], delimiters: HL7Delimiters) {
        switch byte {
        case 0: return
        case delimiters.field: appendEscape([UInt8(ascii: "F")], to: &bytes, delimiters: delimiters)
        case delimiters.component: appendEscape([UInt8(ascii: "S")], to: &bytes, delimiters: delimiters)
        case delimiters.subcomponent: appendEscape([UInt8(ascii: "T")], to: &bytes, delimiters: delimiters)
        case delimiters.repetition: appendEscape([UInt8(ascii: "R")], to: &bytes, delimiters: delimiters)
        case delimiters.escape: appendEscape([UInt8(ascii: "E")], to: &bytes, delimiters: delimiters)
        case delimiters.truncation: appendEscape([UInt8(ascii: "P")], to: &bytes, delimiters: delimiters)
        case 0x0A: appendEscape(Array(".br".utf8), to: &bytes, delimiters: delimiters)
        case 0x01...0x1F, 0x7F: appendHexadecimal([byte], to: &bytes, delimiters: delimiters)
        default: bytes.append(byte)
        }
    }

    private static func append(
        _ scalar: Unicode.Scalar, to bytes: inout [UInt8], decoder: HL7CharacterSet.Decoder
    ) {
        switch decoder {
        case .utf8:
            bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        case .ascii:
            bytes.append(UInt8(ascii: "?"))
        case .latin1:
            bytes.append((0xA0...0xFF).contains(scalar.value) ? UInt8(scalar.value) : UInt8(ascii: "?"))
        case .windows1252:
            bytes.append(Windows1252.byte(of: scalar) ?? UInt8(ascii: "?"))
        }
    }

    private static func appendEscape(_ body: [UInt8], to bytes: inout [UInt8], delimiters: HL7Delimiters) {
        guard delimiters.escape != 0 else {
            bytes.append(0x20)
            return
        }
        bytes.append(delimiters.escape)
        bytes.append(contentsOf: body)
        bytes.append(delimiters.escape)
    }

    private static func appendHexadecimal(_ raw: [UInt8], to bytes: inout [UInt8], delimiters: HL7Delimiters) {
        let digits = Array("0123456789ABCDEF".utf8)
        let body = raw.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 0x0F)]] }
        appendEscape([UInt8(ascii: "X")] + body, to: &bytes, delimiters: delimiters)
    }
}
