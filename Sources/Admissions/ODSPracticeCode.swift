/// The ODS code of a GP practice: one letter and five digits, upper case.
///
/// A branch surgery's code (the practice's and three digits more) is read as its practice. The codes that mean "no
/// practice" (V81997 no registered GP, V81998 not applicable, V81999 not known) are no practice's, and are refused.
package struct ODSPracticeCode: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The code, upper case.
    package let rawValue: String

    /// Reads a code in either case, blanks aside; `nil` for anything else.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard case .value(let code) = Self.read(bytes.span) else { return nil }
        self = code
    }

    private init(checked rawValue: String) {
        self.rawValue = rawValue
    }

    /// Reads a code from bytes of ASCII: `null` for a code that means "no practice", `absent` for what is no code.
    package static func read(_ bytes: Span<UInt8>) -> Told<ODSPracticeCode> {
        var code = InlineArray<9, UInt8>(repeating: 0)
        var count = 0
        for index in bytes.indices {
            let byte = bytes[index]
            if byte == UInt8(ascii: " ") { continue }
            guard count < 9 else { return .absent }
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9") where count > 0: code[count] = byte
            case UInt8(ascii: "A")...UInt8(ascii: "Z") where count == 0: code[count] = byte
            case UInt8(ascii: "a")...UInt8(ascii: "z") where count == 0: code[count] = byte - 0x20
            default: return .absent
            }
            count += 1
        }
        guard count == 6 || count == 9 else { return .absent }
        if code[0] == UInt8(ascii: "V"), code[1] == UInt8(ascii: "8"), code[2] == UInt8(ascii: "1"),
            code[3] == UInt8(ascii: "9"), code[4] == UInt8(ascii: "9"), code[5] >= UInt8(ascii: "7")
        {
            return .null
        }
        // A branch's code is its practice's and three digits more. Unchecked: all six were seen to be ASCII.
        let practice = code.span.extracting(first: 6)
        return .value(ODSPracticeCode(checked: String(copying: UTF8Span(unchecked: practice, isKnownASCII: true))))
    }

    package var description: String { rawValue }

    package static func < (lhs: ODSPracticeCode, rhs: ODSPracticeCode) -> Bool {
        lhs.rawValue < rhs.rawValue
    }
}
