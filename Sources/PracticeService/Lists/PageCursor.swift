import EventSourcing
import Projections

/// Where the next page of a list begins, as the caller holds it: `c1.` and base64url.
///
/// Opaque outside. It carries the window, so that all pages of one walk show the same one, and the practice, the list,
/// its filters and order, so that it fits no other. It carries no right: the rows come from the token's scope alone,
/// whoever made the cursor.
struct PageCursor: Equatable, Sendable {
    var list: PracticeList
    var practice: String
    var since: Instant
    /// The filters and the order, as `ListParameters.narrowing` writes them.
    var narrowing: String
    /// As the source gave it.
    var position: String

    static let textBytesMax = 512
    private static let prefix = "c1."
    private static let separator: Character = "\n"

    init(list: PracticeList, practice: String, since: Instant, narrowing: String = "", position: String) {
        self.list = list
        self.practice = practice
        self.since = since
        self.narrowing = narrowing
        self.position = position
    }

    /// Reads a cursor; `nil` where it is none of ours.
    init?(_ text: String) {
        guard text.utf8.count <= Self.textBytesMax, text.hasPrefix(Self.prefix),
            let bytes = Base64URL.decode(text.utf8.dropFirst(Self.prefix.utf8.count)),
            let inner = String(validating: bytes, as: UTF8.self)
        else { return nil }
        let parts = inner.split(separator: Self.separator, maxSplits: 4, omittingEmptySubsequences: false)
        guard parts.count == 5, let list = PracticeList(rawValue: String(parts[0])), let since = Int64(parts[2]) else {
            return nil
        }
        self.init(
            list: list, practice: String(parts[1]), since: Instant(microseconds: since), narrowing: String(parts[3]),
            position: String(parts[4]))
    }

    /// The cursor as letters, digits, `-`, `_` and `.`, which need no escapes in a query.
    var text: String {
        let parts = [list.rawValue, practice, String(since.microseconds), narrowing, position]
        return Self.prefix + Base64URL.encode(parts.joined(separator: String(Self.separator)).utf8)
    }
}
