package import EventSourcing

/// How fresh one hospital's feed is, at the moment an answer is made.
///
/// Silence must never look like emptiness (product.md 4.4): each answer carries one of these for each feed.
package struct FeedFreshness: Sendable, Hashable {
    /// Fresh, quiet or silent; raw values as they stand in JSON.
    package enum State: String, Sendable, CaseIterable {
        case fresh, quiet, silent
    }

    /// The log that the feed writes to.
    package var hospital: LogName
    /// The feed within the log: `adt`.
    package var feed: String
    /// When the newest message that the views show was recorded.
    package var lastHeard: Instant
    /// Position of the newest message that the views show.
    package var position: Position
    /// Messages of the feed that the views show, since its beginning.
    package var messages: Int64
    /// What that means now.
    package var state: State
    /// The usual longest silence in this hour of the week; `nil` while it is not learned.
    package var usual: Duration?
    /// When the log was told that the feed fell silent; `nil` where it was not, or the feed was heard again.
    package var silenceToldAt: Instant?

    /// Events of the feed that were told to us and that the views do not show yet, once the oldest has waited for longer
    /// than `behindAfter`; 0 but while the projector catches up.
    package var behind: Int64

    /// So long news may take to reach the views without a word.
    package static let behindAfter: Duration = .seconds(5)

    /// What an answer says of the feed, apart from times.
    package struct Ground: Sendable, Hashable {
        let feed: [String]
        let state: State
        let isBehind: Bool
    }

    /// What an answer says of the feed, apart from times.
    package var ground: Ground {
        Ground(feed: [hospital.rawValue, feed], state: state, isBehind: behind > 0)
    }

    /// Since when nothing is heard, of a silent feed: when it was last heard.
    package var silentSince: Instant? { state == .silent ? lastHeard : nil }

    /// Describes a feed.
    package init(
        hospital: LogName, feed: String, lastHeard: Instant, position: Position, messages: Int64, state: State,
        usual: Duration? = nil, silenceToldAt: Instant? = nil, behind: Int64 = 0
    ) {
        self.hospital = hospital
        self.feed = feed
        self.lastHeard = lastHeard
        self.position = position
        self.messages = messages
        self.state = state
        self.usual = usual
        self.silenceToldAt = silenceToldAt
        self.behind = behind
    }
}
