import Admissions
import EventSourcing

/// What a log says of its feed: that it was heard, when, by how many messages, in which rhythm, and whether it is said
/// to have fallen silent.
///
/// A fold of the log's events in order; the whole says the same however it is cut.
struct FeedHearing: Sendable, Hashable {
    /// Messages, each counted at its first event.
    private(set) var messages: Int64 = 0
    /// Where the newest message begins.
    private(set) var position = Position.origin
    /// When the log was told that the feed fell silent; `nil` once it was heard again.
    private(set) var silenceToldAt: Instant?
    private(set) var rhythm = FeedRhythm()

    /// When the newest message was recorded; `nil` if there was none.
    var last: Instant? { rhythm.lastHeard }

    /// Nothing heard yet.
    init() {}

    /// As it was stored.
    init(messages: Int64, position: Position, silenceToldAt: Instant?, rhythm: FeedRhythm) {
        self.messages = messages
        self.position = position
        self.silenceToldAt = silenceToldAt
        self.rhythm = rhythm
    }

    /// Takes in the next event of the log; only the first event of a message says that the feed was heard.
    ///
    /// What an operator told says nothing of the feed, and neither do events of a message that was read again long
    /// after it came, nor those that tell of the silence itself: they must not make a silent feed look fresh.
    mutating func take(_ event: RecordedEvent) {
        if event.message == event.position {
            messages += 1
            position = event.position
            silenceToldAt = nil
            rhythm.hear(at: event.recordedAt)
        } else if event.type == FeedEvent.Kind.fellSilent.rawValue {
            silenceToldAt = event.recordedAt
        }
    }

    /// Takes in events in order.
    mutating func take(_ events: some Sequence<RecordedEvent>) {
        for event in events { take(event) }
    }
}
