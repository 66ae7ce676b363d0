/// Writes HTML as bytes: what is said is escaped, what is markup is ours.
struct HTMLText {
    private(set) var bytes: [UInt8] = []

    /// Our own markup.
    mutating func markup(_ text: StaticString) {
        text.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    /// Any text, escaped for content and for attributes in double quotes.
    mutating func text(_ text: some StringProtocol) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "<"): markup("&lt;")
            case UInt8(ascii: ">"): markup("&gt;")
            case UInt8(ascii: "&"): markup("&amp;")
            case UInt8(ascii: "\""): markup("&quot;")
            case UInt8(ascii: "'"): markup("&#39;")
            default: bytes.append(byte)
            }
        }
    }

    mutating func element(_ name: StaticString, _ content: some StringProtocol) {
        markup("<")
        markup(name)
        markup(">")
        text(content)
        markup("</")
        markup(name)
        markup(">")
    }

    /// Paragraphs, lists and code of the little Markdown that descriptions are written in: `code`, **strong**, lines
    /// that begin with `1. ` or `- `.
    mutating func markdown(_ source: some StringProtocol) {
        for block in source.split(separator: "\n\n") {
            let lines = block.split(separator: "\n").map { $0.drop(while: \.isWhitespace) }
            if lines.allSatisfy({ $0.first?.isNumber == true && $0.dropFirst().hasPrefix(". ") }) {
                markup("<ol>")
                for line in lines { item(line.dropFirst(3)) }
                markup("</ol>\n")
            } else if lines.allSatisfy({ $0.hasPrefix("- ") }) {
                markup("<ul>")
                for line in lines { item(line.dropFirst(2)) }
                markup("</ul>\n")
            } else {
                markup("<p>")
                inline(lines.joined(separator: " "))
                markup("</p>\n")
            }
        }
    }

    private mutating func item(_ line: some StringProtocol) {
        markup("<li>")
        inline(line)
        markup("</li>")
    }

    mutating func inline(_ source: some StringProtocol) {
        for (number, piece) in source.split(separator: "`", omittingEmptySubsequences: false).enumerated() {
            if number.isMultiple(of: 2) { strong(piece) } else { element("code", piece) }
        }
    }

    private mutating func strong(_ source: some StringProtocol) {
        for (number, piece) in source.split(separator: "**", omittingEmptySubsequences: false).enumerated() {
            if number.isMultiple(of: 2) { text(piece) } else { element("strong", piece) }
        }
    }
}
