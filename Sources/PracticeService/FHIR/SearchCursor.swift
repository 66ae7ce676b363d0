/// Where the next page of a search begins, as a `next` link carries it: `e1.` and base64url.
///
/// Opaque outside. It carries the search, so that all pages are of one, and its practice. It carries no right: the
/// practice must be the caller's, whoever made the cursor.
struct SearchCursor: Sendable, Equatable {
    let practice: String
    /// Behind what the page begins, as the search writes it; without line ends.
    let place: String
    /// The search as a query.
    let query: String

    private static let prefix = "e1."
    private static let charactersMax = 8_192

    init(practice: String, place: String, query: String) {
        self.practice = practice
        self.place = place
        self.query = query
    }

    /// Reads a cursor; `nil` where it is none of ours.
    init?(_ text: String) {
        guard text.utf8.count <= Self.charactersMax, text.hasPrefix(Self.prefix),
            let bytes = Base64URL.decode(text.utf8.dropFirst(Self.prefix.utf8.count)),
            let inner = String(validating: bytes, as: UTF8.self)
        else { return nil }
        let parts = inner.split(separator: "\n", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3 else { return nil }
        self.init(practice: parts[0], place: parts[1], query: parts[2])
    }

    /// Letters, digits, `-`, `_` and `.`, which need no escapes in a query.
    var text: String {
        Self.prefix + Base64URL.encode([practice, place, query].joined(separator: "\n").utf8)
    }

    /// A cursor that was not given out by this search.
    static var problem: Problem {
        .invalid(
            .invalidParameter, "_cursor", "The cursor is not one of a next link. Begin again without it.")
    }
}
