import EventSourcing
import Projections

/// What one stream has been told, and the frames that tell it the rest (WHATWG HTML, server-sent events).
///
/// A frame's id is a cursor of the change feed. Of several lists that changed at once the last frame alone has the id, so that
/// who breaks off between two of them is told both again.
struct StreamFrames: Sendable {
    private let practice: String
    private let key: ChangeCursorKey
    private let providers: ProviderDirectory
    private var seen: ChangeCursor
    private var feeds: [String: FeedFreshness.Ground] = [:]
    /// The frames that come before all others.
    let opening: String

    /// How long a client should wait before it connects again, in milliseconds.
    static let retryMilliseconds = 5_000

    /// - Parameters:
    ///   - head: where the journal stands.
    ///   - resume: the id after which the client wants to be told; `nil` for from now on.
    ///   - keptFrom: the oldest change that is kept.
    init(
        practice: String, head: ChangeCursor, resume: String?, keptFrom: Int64, key: ChangeCursorKey,
        providers: ProviderDirectory
    ) {
        self.practice = practice
        self.key = key
        self.providers = providers
        let retry = "retry: \(Self.retryMilliseconds)\n"
        let id = "id: \(key.text(head, of: practice))\n"
        guard let resume, !resume.isEmpty else {
            seen = head
            opening = "\(retry)\(id)\n"
            return
        }
        if let cursor = key.cursor(resume, of: practice), cursor.epoch == head.epoch, cursor.count <= head.count,
            cursor.count >= keptFrom - 1
        {
            seen = cursor
            opening = "\(retry)\n"
        } else {
            seen = head
            opening = "\(retry)\n\(id)event: reset\ndata: {}\n\n"
        }
    }

    /// The token has ended: come back with another.
    static let reauthenticate = "event: reauthenticate\ndata: {}\n\n"

    /// The frames of what is new; a comment as a sign of life where nothing is.
    ///
    /// - Parameters:
    ///   - standing: `nil` while the journal cannot be followed.
    ///   - feeds: as above.
    mutating func next(_ standing: ChangeHub.Standing?, _ feeds: [FeedFreshness]?, at now: Instant) -> String {
        var text = ""
        if let standing { text += lists(standing) }
        if let feeds { for feed in feeds { text += frame(feed) } }
        if text.isEmpty {
            var bytes: [UInt8] = []
            now.wholeSecond.appendISO8601(to: &bytes)
            text = ": hb \(String(decoding: bytes, as: UTF8.self))\n\n"
        }
        return text
    }

    private mutating func lists(_ standing: ChangeHub.Standing) -> String {
        // A count that is behind is that of a hub which has not yet heard of what the opening saw.
        guard standing.epoch != seen.epoch || standing.count > seen.count else { return "" }
        let isOtherTelling = standing.epoch != seen.epoch
        let touched = standing.lists.filter { $0.value > seen.count }
        seen = ChangeCursor(epoch: standing.epoch, count: standing.count)
        let id = "id: \(key.text(seen, of: practice))\n"
        if isOtherTelling || touched[PracticeChange.allLists] != nil { return "\(id)event: reset\ndata: {}\n\n" }
        let names = touched.keys.sorted()
        return names.map { name in
            var json = JSONAnswer(capacity: 64)
            json.beginObject()
            json.field("list", name)
            json.field("version", String(touched[name] ?? 0, radix: 36))
            json.endObject()
            let data = String(decoding: json.bytes, as: UTF8.self)
            return "\(name == names.last ? id : "")event: list-changed\ndata: \(data)\n\n"
        }.joined()
    }

    /// The state of a feed, if it is another than was told; one that is fresh from the beginning is not told.
    private mutating func frame(_ feed: FeedFreshness) -> String {
        let name = providers.feedName(feed)
        let before = feeds.updateValue(feed.ground, forKey: name)
        guard before.map({ $0 != feed.ground }) ?? (feed.state != .fresh || feed.behind > 0) else { return "" }
        var json = JSONAnswer(capacity: 96)
        json.beginObject()
        json.standing(of: feed, providers: providers)
        json.endObject()
        return "event: feed\ndata: \(String(decoding: json.bytes, as: UTF8.self))\n\n"
    }
}
