import HTTPTypes

/// The pages that the `type` of an error opens (RFC 9457 section 3.1.1), and their contents page.
struct ProblemPages {
    /// All codes on one page.
    let contents: [UInt8]
    private let pages: [String: [UInt8]]

    init() {
        var contents = HTMLText()
        DocumentationPage.begin(&contents, title: "Primary Conect: errors")
        contents.element("h1", "Errors")
        contents.markup("<table><caption>Codes</caption><tbody>\n")
        var pages: [String: [UInt8]] = [:]
        for code in ProblemCode.allCases {
            contents.markup("<tr><td><a href=\"")
            contents.text(code.type)
            contents.markup("\"><code>")
            contents.text(code.rawValue)
            contents.markup("</code></a></td><td>")
            contents.text(String(code.status.code))
            contents.markup("</td><td>")
            contents.text(String(describing: code.title))
            contents.markup("</td></tr>\n")
            pages[code.type] = Self.page(of: code)
        }
        contents.markup("</tbody></table>\n")
        DocumentationPage.end(&contents)
        self.contents = contents.bytes
        self.pages = pages
    }

    /// The page at `/problems/…`; `nil` for a code that is none.
    func page(at path: String) -> [UInt8]? { pages[path] }

    private static func page(of code: ProblemCode) -> [UInt8] {
        var html = HTMLText()
        DocumentationPage.begin(&html, title: "Primary Conect: an error")
        html.element("h1", String(describing: code.title))
        html.markup("<p>Code <code>")
        html.text(code.rawValue)
        html.markup("</code>, status ")
        html.text(String(code.status.code))
        html.markup(". ")
        html.text(
            code.isWorthRetrying
                ? "The same request may succeed later: wait as long as Retry-After says, then longer each time."
                : "The same request will fail again: it must be changed.")
        html.markup("</p>\n<p><a href=\"/problems\">All errors</a>, <a href=\"/docs\">documentation</a></p>\n")
        DocumentationPage.end(&html)
        return html.bytes
    }
}
