/// Codes and the words we show for them.
///
/// Looked up without regard to case and blanks around; a code that is not listed has no words, and is shown as it was
/// sent.
struct CodeTable: Sendable {
    private let words: [String: String]

    init(_ rows: [(code: String, words: String)]) {
        words = Dictionary(rows.map { ($0.code, $0.words) }, uniquingKeysWith: { first, _ in first })
    }

    /// The words for a code.
    subscript(code: String?) -> String? {
        guard let code else { return nil }
        return words[code] ?? words[code.uppercased().filter { !$0.isWhitespace }]
    }
}
