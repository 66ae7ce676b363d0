/// An NHS number: ten digits, the last a modulus 11 check digit (NHS Data Dictionary, NHS NUMBER).
///
/// Ten equal digits and 9876543210 pass the check but are nobody's; they are refused (domain.md 3).
package struct NHSNumber: Hashable, Comparable, Sendable, CustomStringConvertible {
    private let number: Int64

    /// Reads a number written with or without blanks and hyphens; `nil` unless it is ten digits that pass.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        self.init(bytes: bytes.span)
    }

    /// Reads the same from bytes of ASCII.
    package init?(bytes: Span<UInt8>) {
        var number: Int64 = 0
        var digits = 0
        var sum = 0
        var check = 0
        for index in bytes.indices {
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                let digit = Int(byte - UInt8(ascii: "0"))
                digits += 1
                guard digits <= 10 else { return nil }
                number = number * 10 + Int64(digit)
                if digits == 10 { check = digit } else { sum += digit * (11 - digits) }
            case UInt8(ascii: " "), UInt8(ascii: "-"): continue
            default: return nil
            }
        }
        let expected = (11 - sum % 11) % 11
        guard digits == 10, expected == check, expected != 10 else { return nil }
        guard number % 1_111_111_111 != 0, number != 9_876_543_210 else { return nil }
        self.number = number
    }

    /// The ten digits.
    package var digits: String {
        let text = String(number)
        return String(repeating: "0", count: 10 - text.utf8.count) + text
    }

    /// The ten digits as people read them: `999 000 0018`.
    package var spaced: String {
        let digits = digits
        return "\(digits.prefix(3)) \(digits.dropFirst(3).prefix(3)) \(digits.suffix(4))"
    }

    /// Whether the number is one of those kept for tests: 999 000 0000 to 999 999 9999.
    package var isTestRange: Bool { number >= 9_990_000_000 }

    /// Nothing of the number: an NHS number is patient data, and descriptions end in logs.
    package var description: String { "NHSNumber" }

    package static func < (lhs: NHSNumber, rhs: NHSNumber) -> Bool {
        lhs.number < rhs.number
    }
}
