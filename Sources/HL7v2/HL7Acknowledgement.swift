/// An answer to a message: MSH, MSA and, if something was wrong, ERR, in the shape of the sender's version.
///
/// ```
/// MSH|^~\&|<their MSH-5>|<their MSH-6>|<their MSH-3>|<their MSH-4>|<time>||ACK^A01^ACK|<own id>|P|<their MSH-12>||||||<their MSH-18>
/// MSA|AA|<their MSH-10>
/// ERR|PID^1^3^101&Required field missing&HL70357                       up to 2.4: one segment, ERR-1 repeats (ELD)
/// ERR||PID^1^3|101^Required field missing^HL70357|E|||<text>           from 2.5: a segment for each error
/// ```
///
/// HL7 v2 chapters 2.9, 2.14.8 (MSA) and 2.14.5 (ERR). Delimiters, version and character set are the sender's own, and what
/// is repeated from its header is repeated byte for byte (control bytes become blanks, so that no echo can break the
/// framing), so the answer needs no knowledge of its character set. The same inputs give the same bytes.
package struct HL7Acknowledgement: Hashable, Sendable {
    /// What MSA-1 says.
    package let code: AckCode

    /// The whole answer, each segment ended by CR; no framing.
    package let bytes: [UInt8]

    /// The most bytes of one header field that are repeated; the norm allows 199 for MSH-10, 227 for MSH-3.
    package static let echoBytesMax = 1024

    /// The most errors told; the rest are left out.
    package static let errorsMax = 20

    /// The most characters of one text.
    package static let textMax = 200

    /// Makes an answer.
    ///
    /// `header` is that of the message answered, nil if it could not be read: MSA-2 is then empty, and there is nothing to
    /// echo. `controlID` is the answer's own (MSH-10), `microseconds` when it is made (since 1970, written as local time
    /// with offset). `text` (MSA-3) and the texts of `errors` must be free of patient data; what is not ASCII in them
    /// becomes `?`.
    package init(
        code: AckCode, to header: HL7Header?, controlID: String, at microseconds: Int64, text: String? = nil,
        errors: [HL7ErrorLocation] = []
    ) {
        self.code = code
        let delimiters = header?.delimiters ?? .standard
        let version = AcknowledgementVersion(header?.version ?? "")
        var builder = HL7MessageBuilder(delimiters: delimiters, characterSet: .ascii)

        builder.segment("MSH")
        builder.setRaw(field: 3, to: Self.echo(header, 5))
        builder.setRaw(field: 4, to: Self.echo(header, 6))
        builder.setRaw(field: 5, to: Self.echo(header, 3))
        builder.setRaw(field: 6, to: Self.echo(header, 4))
        builder.set(field: 7, to: HL7Timestamp(londonTimeAt: microseconds).text)
        builder.set(field: 9, to: "ACK")
        let trigger = header.map { Self.clipped($0.triggerEvent) } ?? ""
        if version >= .v2_3_1, !trigger.isEmpty { builder.set(field: 9, component: 2, to: trigger) }
        if version >= .v2_4, !trigger.isEmpty { builder.set(field: 9, component: 3, to: "ACK") }
        builder.set(field: 10, to: Self.clipped(controlID))
        builder.setRaw(field: 11, to: Self.echo(header, 11, otherwise: "P"))
        builder.setRaw(field: 12, to: Self.echo(header, 12, otherwise: "2.4"))
        builder.setRaw(field: 18, to: Self.echo(header, 18))

        builder.segment("MSA")
        builder.set(field: 1, to: code.rawValue)
        builder.setRaw(field: 2, to: Self.echo(header, 10))
        if let text { builder.set(field: 3, to: Self.clipped(text)) }
        let told = errors.prefix(Self.errorsMax)
        if version < .v2_5 {
            if let first = told.first { Self.describe(first.code, in: &builder, field: 6) }
            Self.appendErrorList(told, to: &builder)
        } else {
            for error in told { Self.appendError(error, to: &builder) }
        }
        bytes = builder.bytes
    }

    // MARK: ERR

    /// Up to version 2.4: ERR-1 is a list of ELD, segment ^ sequence ^ field ^ code as CE in sub-components.
    private static func appendErrorList(_ errors: ArraySlice<HL7ErrorLocation>, to builder: inout HL7MessageBuilder) {
        guard !errors.isEmpty else { return }
        builder.segment("ERR")
        for (place, error) in errors.enumerated() {
            let repetition = place + 1
            if !error.segment.isEmpty {
                builder.set(field: 1, repetition: repetition, component: 1, to: clipped(error.segment))
                builder.set(field: 1, repetition: repetition, component: 2, to: String(error.occurrence))
                if let field = error.field {
                    builder.set(field: 1, repetition: repetition, component: 3, to: String(field))
                }
            }
            let code = [String(error.code.rawValue), error.code.text, "HL70357"]
            for (part, value) in code.enumerated() {
                builder.set(field: 1, repetition: repetition, component: 4, subcomponent: part + 1, to: value)
            }
        }
    }

    /// From version 2.5: ERR-2 location (ERL), ERR-3 code (CWE), ERR-4 severity, ERR-7 diagnostic text.
    private static func appendError(_ error: HL7ErrorLocation, to builder: inout HL7MessageBuilder) {
        builder.segment("ERR")
        if !error.segment.isEmpty {
            let parts: [Int?] = [
                error.occurrence, error.field, error.field == nil ? nil : error.repetition ?? error.component.map { _ in 1 },
                error.component, error.subcomponent,
            ]
            builder.set(field: 2, component: 1, to: clipped(error.segment))
            for (place, part) in parts.enumerated() {
                guard let part else { break }
                builder.set(field: 2, component: place + 2, to: String(part))
            }
        }
        describe(error.code, in: &builder, field: 3)
        builder.set(field: 4, to: error.severity.rawValue)
        if let text = error.text { builder.set(field: 7, to: clipped(text)) }
    }

    private static func describe(_ code: HL7ErrorCode, in builder: inout HL7MessageBuilder, field: Int) {
        builder.set(field: field, component: 1, to: String(code.rawValue))
        builder.set(field: field, component: 2, to: code.text)
        builder.set(field: field, component: 3, to: "HL70357")
    }

    // MARK: Echo

    /// The bytes of a header field, fit to be repeated.
    private static func echo(_ header: HL7Header?, _ field: Int, otherwise: StaticString = "") -> [UInt8] {
        guard let element = header?.segment.field(field), !element.isEmpty else { return Array(otherwise.description.utf8) }
        return element.rawBytes.prefix(echoBytesMax).map { $0 < 0x20 ? 0x20 : $0 }
    }

    private static func clipped(_ text: String) -> String {
        String(text.unicodeScalars.prefix(textMax).map { $0.value < 0x20 ? " " : Character($0) })
    }
}
