/// The single-byte character set read where a message is not UTF-8.
///
/// Equal to ISO 8859-1 but for 0x80 to 0x9F. The five bytes Windows leaves open are the control characters of ISO 8859-1,
/// as the WHATWG encoding standard has them, so every byte is a character.
enum Windows1252 {
    /// The characters of 0x80 to 0x9F.
    private static let upperControls: [UInt16] = [
        0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
        0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D, 0x017D, 0x008F,
        0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
        0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178,
    ]

    /// Appends the character of `byte` as UTF-8; NUL is left out.
    static func append(_ byte: UInt8, to text: inout [UInt8]) {
        switch byte {
        case 0: return
        case 0x01...0x7F: text.append(byte)
        default:
            let scalar = (0x80...0x9F).contains(byte) ? upperControls[Int(byte - 0x80)] : UInt16(byte)
            if scalar < 0x800 {
                text.append(0xC0 | UInt8(truncatingIfNeeded: scalar >> 6))
            } else {
                text.append(0xE0 | UInt8(truncatingIfNeeded: scalar >> 12))
                text.append(0x80 | UInt8(truncatingIfNeeded: scalar >> 6) & 0x3F)
            }
            text.append(0x80 | UInt8(truncatingIfNeeded: scalar) & 0x3F)
        }
    }

    /// The byte of a character; nil if the set does not have it.
    static func byte(of scalar: Unicode.Scalar) -> UInt8? {
        switch scalar.value {
        case 0x00...0x7F, 0xA0...0xFF: UInt8(truncatingIfNeeded: scalar.value)
        default: upperControls.firstIndex { UInt32($0) == scalar.value }.map { UInt8(0x80 + $0) }
        }
    }
}
