import Crypto
import EventSourcing
import Admissions

/// Takes from exported rows all that names a person (`FieldRules`).
///
/// A pseudonym is `x_` and sixteen hexadecimal digits of HMAC-SHA256 under a key that is made for one export and kept
/// nowhere: rows of one export can be joined, those of two cannot, and nobody can try numbers out.
package struct Pseudonymiser: Sendable {
    private let key: SymmetricKey

    /// Takes a key of 32 random bytes.
    package init(key: [UInt8]) {
        self.key = SymmetricKey(data: key)
    }

    /// With a key of its own.
    package init() {
        key = SymmetricKey(size: .bits256)
    }

    /// The row with what the rules leave of it.
    package func row(_ row: ExportRow, _ rules: [String: FieldRule]) -> ExportRow {
        var row = row
        row.fields = row.fields.compactMap { field in
            guard let rule = rules[field.name], let json = value(field.json, rule) else { return nil }
            return ExportRow.Field(name: field.name, json: json)
        }
        return row
    }

    /// What stands for a value throughout this export.
    package func pseudonym(_ text: String) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: key)
        return "x_" + (Digest(bytes: Array(code))?.hexadecimal.prefix(16) ?? "")
    }

    private func value(_ json: [UInt8], _ rule: FieldRule) -> [UInt8]? {
        var reader = JSONReader(json)
        do {
            switch try reader.peek() {
            case .null: return json
            case .array: return try elements(&reader, rule)
            case .object: return try object(json, rule)
            case .string: return string(try reader.readString(), rule).map(ExportRow.quoted)
            case .number, .bool:
                // Of what should be a text a number may be anything.
                return if case .number = rule { json } else { nil }
            }
        } catch {
            return nil
        }
    }

    private func elements(_ reader: inout JSONReader, _ rule: FieldRule) throws(JSONError) -> [UInt8] {
        var bytes: [UInt8] = [UInt8(ascii: "[")]
        try reader.readArray { reader throws(JSONError) in
            guard let element = value(Array(try reader.readRaw()), rule) else { return }
            if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
            bytes += element
        }
        return bytes + [UInt8(ascii: "]")]
    }

    private func object(_ json: [UInt8], _ rule: FieldRule) throws(JSONError) -> [UInt8]? {
        let inner = try ExportRow(json: json)
        switch rule {
        case .object(let rules): return row(inner, rules).json
        case .time:
            // A moment with its precision; its text is as the hospital wrote it.
            return row(inner, ["ambiguous": .number, "at": .time, "precision": .code, "shifted": .number]).json
        case .year: return inner.text("at").flatMap { string($0, .year) }.map(ExportRow.quoted)
        default: return nil
        }
    }

    private func string(_ text: String, _ rule: FieldRule) -> String? {
        switch rule {
        case .code: return Self.isCode(text, charactersMax: 40) ? text : nil
        case .shortCode: return Self.isCode(text, charactersMax: 4) ? text : nil
        case .time: return Self.isTime(text) ? text : nil
        case .year: return Self.isTime(text) || Self.isPartOfDay(text) ? String(text.prefix(4)) : nil
        case .pseudonym: return pseudonym(text)
        case .uuid: return UUIDText.lowercased(text)
        case .stream:
            guard let end = text.firstIndex(where: { $0 == ":" || $0 == "-" }),
                Self.isCode(String(text[..<end]), charactersMax: 40)
            else { return pseudonym(text) }
            return "\(text[...end])\(pseudonym(String(text[text.index(after: end)...])))"
        case .number, .object: return nil
        }
    }

    private static func isCode(_ text: String, charactersMax: Int) -> Bool {
        let bytes = Array(text.utf8)
        guard (1...charactersMax).contains(bytes.count) else { return false }
        var digits = 0
        var longest = 0
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                digits += 1
                longest = max(longest, digits)
                continue
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "."),
                UInt8(ascii: ":"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "^"):
                digits = 0
            default: return false
            }
        }
        return longest < 5 || ODSPracticeCode(text) != nil
    }

    private static func isTime(_ text: String) -> Bool {
        Instant(iso8601: text) != nil || LondonDay(text) != nil
    }

    /// `1931` or `1931-12`.
    private static func isPartOfDay(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        return (1...2).contains(parts.count) && parts[0].utf8.count == 4
            && parts.allSatisfy { $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
    }
}
