/// A list of codes and what they mean, as somebody published it.
///
/// Data and not a rule: a code that is not listed is kept as it was sent, and shown so. Codes are compared in upper
/// case, blanks left out; a leading zero counts.
package struct CodeList: Sendable {
    /// One code.
    package struct Entry: Sendable, Equatable {
        package let code: String
        /// What it means, in plain English; `nil` where lists disagree or nobody says, and it is better shown as sent.
        package let label: String?
        /// Whether the newest list we know still has it. Old messages keep old codes, so it is listed all the same.
        package let isCurrent: Bool
        package let note: String?

        init(_ code: String, _ label: String?, isCurrent: Bool = true, note: String? = nil) {
            self.code = code
            self.label = label
            self.isCurrent = isCurrent
            self.note = note
        }
    }

    /// `admission-method`.
    package let name: String
    /// `Admission method`.
    package let title: String
    /// Who published it.
    package let source: String
    /// The day of the newest source that bears one, `yyyy-mm-dd` or as much of it as is known; `nil` where none does.
    package let date: String?
    /// In the order of the source.
    package let entries: [Entry]
    private let places: [String: Int]

    init(name: String, title: String, source: String, date: String?, entries: [Entry]) {
        self.name = name
        self.title = title
        self.source = source
        self.date = date
        self.entries = entries
        places = Dictionary(
            entries.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// What a code means; `nil` for a code that is not listed, and for none.
    package func label(for code: String?) -> String? {
        entry(for: code)?.label
    }

    /// A code of the list; `nil` for a code that is not listed, and for none.
    package func entry(for code: String?) -> Entry? {
        guard let code else { return nil }
        return (places[code] ?? places[Self.plain(code)]).map { entries[$0] }
    }

    /// Whether a code is one of some codes.
    static func matches(_ code: String?, _ codes: Set<String>) -> Bool {
        guard let code else { return false }
        return codes.contains(code) || codes.contains(plain(code))
    }

    private static func plain(_ code: String) -> String {
        code.uppercased().filter { !$0.isWhitespace }
    }
}
