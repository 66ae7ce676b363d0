import EventSourcing

/// What a run of events says of the feed itself: that it was heard, when, and by how many messages.
///
/// Runs can be joined in any cut: the whole says the same.
struct FeedHearing: Sendable, Hashable {
    /// Messages, each counted at its first event.
    private(set) var messages = 0
    /// When the newest message was recorded; `nil` if there was none.
    private(set) var last: Instant?
    /// Where that message begins.
    private(set) var position = Position.origin

    /// Takes in the next event of the log; only the first event of a message says that the feed was heard.
    ///
    /// What an operator told says nothing of the feed, and neither do events of a message that was read again long
    /// after it came: they must not make a silent feed look fresh.
    mutating func take(_ event: RecordedEvent) {
        guard event.message == event.position else { return }
        messages += 1
        last = event.recordedAt
        position = event.position
    }

    /// Takes in the run that follows.
    mutating func take(_ run: FeedHearing) {
        guard let last = run.last else { return }
        messages += run.messages
        self.last = last
        position = run.position
    }
}
