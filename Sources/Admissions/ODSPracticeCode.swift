/// The ODS code of a GP practice: one letter and five digits, upper case.
///
/// A branch surgery's code (the practice's and three digits more) is read as its practice. The codes that mean "no
/// practice" (V81997 no registered GP, V81998 not applicable, V81999 not known) are no practice's, and are refused.
package struct ODSPracticeCode: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The code, upper case.
    package let rawValue: String

    /// Reads a code in either case, blanks around it aside; `nil` for anything else.
    package init?(_ text: String) {
        self.init(bytes: text.utf8)
    }

    /// Reads the same from bytes of ASCII.
    package init?(bytes: some Collection<UInt8>) {
        var code: InlineArray<9, UInt8> = .init(repeating: 0)
        var count = 0
        for byte in bytes {
            if byte == UInt8(ascii: " ") { continue }
            guard count < 9 else { return nil }
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9") where count > 0: code[count] = byte
            case UInt8(ascii: "A")...UInt8(ascii: "Z") where count == 0: code[count] = byte
            case UInt8(ascii: "a")...UInt8(ascii: "z") where count == 0: code[count] = byte - 0x20
            default: return nil
            }
            count += 1
        }
        guard count == 6 || count == 9 else { return nil }
        let rawValue = String(decoding: (0..<6).map { code[$0] }, as: UTF8.self)
        guard !Self.noPractice.contains(rawValue) else { return nil }
        self.rawValue = rawValue
    }

    package var description: String { rawValue }

    package static func < (lhs: ODSPracticeCode, rhs: ODSPracticeCode) -> Bool {
        lhs.rawValue < rhs.rawValue
    }

    private static let noPractice: Set<String> = ["V81997", "V81998", "V81999"]
}
