import Admissions
import EventSourcing

/// Texts as FHIR R4 section 2.24.0.1 allows them: `nil` for what it does not.
enum FHIRText {
    /// A string: without control characters other than tab and line ends, and not blank.
    static func string(_ text: String?) -> String? {
        guard let text else { return nil }
        let plain = text.unicodeScalars.filter { $0.value >= 0x20 || [0x09, 0x0A, 0x0D].contains($0.value) }
        guard plain.contains(where: { !$0.properties.isWhitespace }) else { return nil }
        return String(String.UnicodeScalarView(plain))
    }

    /// A code: no blanks at its ends, none but single ones within. Hospitals send codes with blanks around them.
    static func code(_ text: String?) -> String? {
        let words = string(text)?.split(whereSeparator: \.isWhitespace) ?? []
        return words.isEmpty ? nil : words.joined(separator: " ")
    }

    /// A date: `2026`, `2026-03` or `2026-03-05`.
    static func date(_ text: String?) -> String? {
        guard let text else { return nil }
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard (1...3).contains(parts.count), zip(parts, [4, 2, 2]).allSatisfy({ $0.utf8.count == $1 && isDigits($0) })
        else { return nil }
        return text
    }

    /// A dateTime: a London time with its offset, or as much of a date as was told.
    static func dateTime(_ instant: Instant, precision: String?) -> String {
        switch precision.flatMap({ Moment.Precision(rawValue: $0) }) {
        case .year, .month, .day: return DayText.day(of: instant, precision: precision)
        case .hour, .minute, .second, .fraction, nil:
            var bytes: [UInt8] = []
            LondonClock.append(instant.wholeSecond, to: &bytes)
            return String(decoding: bytes, as: UTF8.self)
        }
    }

    /// An id of FHIR for a ref of ours: `enc-…` for `enc_…`, since FHIR's ids have no underscore.
    static func id(ref: String) -> String { ref.replacing("_", with: "-") }

    /// The ref of ours for an id of FHIR; `nil` where it is of another kind: refs are `enc_` or `pt_` and 13 small letters
    /// and digits.
    static func ref(id: some StringProtocol, kind: String) -> String? {
        guard id.hasPrefix(kind + "-") else { return nil }
        let rest = id.dropFirst(kind.count + 1)
        guard rest.utf8.count == refLetters, rest.utf8.allSatisfy({ isDigit($0) || (0x61...0x7A).contains($0) }) else { return nil }
        return "\(kind)_\(rest)"
    }

    /// As `ReferenceKey` makes them.
    private static let refLetters = 13

    /// Whether a text holds ten digits, blanks and hyphens between them aside: it may be an NHS number.
    static func mayBeNHSNumber(_ text: String) -> Bool {
        var run = 0
        for byte in text.utf8 {
            if isDigit(byte) {
                run += 1
                if run == 10 { return true }
            } else if byte != 0x20, byte != 0x2D {
                run = 0
            }
        }
        return false
    }

    private static func isDigits(_ text: Substring) -> Bool { text.utf8.allSatisfy(isDigit) }
    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
