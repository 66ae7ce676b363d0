import HL7v2
import PracticeService

/// A message for the eyes of an operator: its segments and fields, with what identifies the patient as `•••`.
///
/// Only fields that are known to hold codes, times or places of care are shown; all else is masked, whatever it is. Of
/// a masked field the separators stay, so that its form can be seen, and of identifiers their issuer and type. Control
/// characters never reach the terminal.
struct MaskedMessage {
    /// One line of the picture.
    struct Line: Equatable {
        /// `PV1-19`, or the segment alone.
        let name: String
        let text: String
        /// Whether the trouble lies here.
        let isPlace: Bool
    }

    static let mask = "•••"

    let lines: [Line]

    /// - Parameter place: where the reason lies, as `PV1-19`, `PID` or `MSH-9.2`.
    init(_ message: HL7Message, place: String?, showingIdentifiers: Bool) {
        let parts = (place ?? "").split(separator: "-", maxSplits: 1)
        let troubledSegment = parts.first.map { String($0.prefix(3)) }
        let troubledField = parts.count > 1 ? Int(parts[1].prefix { $0.isNumber }) : nil
        var lines: [Line] = []
        var isTold = place == nil
        for segment in message.segments {
            let isNamed = Self.isName(segment.name)
            let name = isNamed || showingIdentifiers ? Self.printable(segment.name) : "???"
            let isTroubled = !isTold && segment.name == troubledSegment
            lines.append(Line(name: name, text: "", isPlace: isTroubled && troubledField == nil))
            if isTroubled { isTold = true }
            let fields = Set(1...max(1, segment.fieldCount)).union(isTroubled ? troubledField.map { [$0] } ?? [] : [])
            for number in fields.sorted() {
                let field = segment.field(number)
                let isPlace = isTroubled && number == troubledField
                if field.rawBytes.isEmpty, !isPlace { continue }
                let text =
                    showingIdentifiers
                    ? String(decoding: field.rawBytes, as: UTF8.self)
                    : Self.masked(field, of: isNamed ? segment.name : "", number, message.delimiters)
                lines.append(
                    Line(
                        name: "\(name)-\(number)", text: text.isEmpty ? "(empty)" : Self.printable(text),
                        isPlace: isPlace))
            }
        }
        if !isTold, let place { lines.append(Line(name: place, text: "(not there)", isPlace: true)) }
        self.lines = lines
    }

    /// The fields of a message as it came, identifiers masked; none of what is no HL7 message.
    @Sendable static func fields(of bytes: [UInt8]) -> [HistoryMessage.Field] {
        guard let message = try? HL7Message(bytes) else { return [] }
        return MaskedMessage(message, place: nil, showingIdentifiers: false).lines
            .map { HistoryMessage.Field(name: $0.name, text: $0.text) }
    }

    /// Control characters as a dot, so that a message cannot steer the terminal.
    static func printable(_ text: String) -> String {
        var clean = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
            clean.append(isControl ? "·" : scalar)
        }
        return String(clean)
    }

    // MARK: What is shown

    /// Fields that hold codes, times of the stay or places of care.
    private static let openFields: [String: Set<Int>] = [
        "MSH": [1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 15, 16, 17, 18], "EVN": [1, 2, 3, 4, 6], "PID": [1],
        "PV1": [1, 2, 3, 4, 6, 10, 14, 18, 36, 37, 41, 44, 45],
    ]

    /// Fields of which some components are codes: of an identifier the issuer and the type.
    private static let openComponents: [String: [Int: Set<Int>]] = [
        "PID": [2: [4, 5], 3: [4, 5], 18: [4, 5]], "PD1": [3: [3]], "PV1": [19: [4, 5], 50: [4, 5]],
        "MRG": [1: [4, 5], 3: [4, 5], 5: [4, 5]],
    ]

    /// The longest code that is shown; what is longer is something else.
    private static let codeBytesMax = 40

    private static func isName(_ text: String) -> Bool {
        text.utf8.count == 3 && text.utf8.allSatisfy { (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) }
    }

    private static func masked(
        _ field: HL7Element, of segment: String, _ number: Int, _ delimiters: HL7Delimiters
    ) -> String {
        let isHeader = segment == "MSH" && number <= 2
        if isHeader { return String(decoding: field.rawBytes, as: UTF8.self) }
        let isOpen = openFields[segment]?.contains(number) ?? false
        let open = openComponents[segment]?[number] ?? []
        return parts(field.rawBytes, delimiters.repetition).map { repetition in
            parts(repetition, delimiters.component).enumerated().map { index, component in
                parts(component, delimiters.subcomponent).map { part in
                    isOpen || open.contains(index + 1) ? code(part) : masked(part)
                }.joined(separator: separator(delimiters.subcomponent))
            }.joined(separator: separator(delimiters.component))
        }.joined(separator: separator(delimiters.repetition))
    }

    private static func parts(_ bytes: ArraySlice<UInt8>, _ delimiter: UInt8) -> [ArraySlice<UInt8>] {
        delimiter == 0 ? [bytes] : bytes.split(separator: delimiter, omittingEmptySubsequences: false)
    }

    private static func separator(_ delimiter: UInt8) -> String {
        delimiter == 0 ? "" : String(Unicode.Scalar(delimiter))
    }

    private static func code(_ part: ArraySlice<UInt8>) -> String {
        part.count <= codeBytesMax ? String(decoding: part, as: UTF8.self) : mask
    }

    /// Nothing stays nothing, and `""` is no patient's.
    private static func masked(_ part: ArraySlice<UInt8>) -> String {
        if part.allSatisfy({ $0 == 0x20 }) { return "" }
        return part.elementsEqual([0x22, 0x22]) ? "\"\"" : mask
    }
}
