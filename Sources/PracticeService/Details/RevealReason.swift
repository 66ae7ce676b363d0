import EventSourcing

/// Why somebody wants to see what is withheld, as they typed it.
///
/// 10 to 500 characters, blanks at the ends aside; without NUL.
struct RevealReason: Sendable {
    let text: String

    static let charactersMin = 10
    static let charactersMax = 500

    /// `nil` where nothing was typed, or too little, or too much.
    init?(_ text: String?) {
        guard let text, !text.utf8.contains(0) else { return nil }
        let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard (Self.charactersMin...Self.charactersMax).contains(words.count) else { return nil }
        self.text = words
    }

    /// As `audit.access.purpose` says it.
    var purpose: String { "reveal: \(text)" }
}
