/// How the text of a message is read, and what the message said about it.
///
/// The label (MSH-18, HL7 table 0211) is often wrong, so the bytes decide: text that is strict UTF-8 is UTF-8, else it
/// is one byte a character. Both are kept, so that a sender whose label and bytes disagree can be shown.
package struct HL7CharacterSet: Hashable, Sendable {
    /// How bytes become characters.
    package enum Decoder: String, Hashable, Sendable {
        /// No byte above 0x7F occurs.
        case ascii
        /// The whole message is strict UTF-8.
        case utf8
        /// ISO 8859-1, labelled so and without bytes 0x80 to 0x9F.
        case latin1
        /// The fallback: every byte is a character, 0x80 to 0x9F as Windows has them (`€ ‘ ’ “ ” – —` …).
        case windows1252
    }

    /// MSH-18, first repetition, as sent; empty if not sent, which HL7 reads as ASCII.
    package let label: String

    /// What the text is read with.
    package let decoder: Decoder

    /// Whether bytes and label agree; if not, the text was still read with `decoder`.
    package var isAsLabelled: Bool {
        switch decoder {
        case .ascii: true
        case .utf8: Self.utf8Labels.contains(label.uppercased())
        case .latin1: Self.isLatin1(label)
        case .windows1252: Self.windows1252Labels.contains(label.uppercased())
        }
    }

    /// `UNICODE` alone means UTF-8 in the NHS ITK examples.
    private static let utf8Labels: Set<String> = ["UNICODE UTF-8", "UNICODE", "UTF-8", "UTF8"]

    private static let windows1252Labels: Set<String> = ["WINDOWS-1252", "CP1252", "WINDOWS 1252"]

    static func isLatin1(_ label: String) -> Bool {
        ["8859/1", "8859-1", "ISO-8859-1", "ISO 8859-1", "ISO8859-1", "LATIN1"].contains(label.uppercased())
    }
}
