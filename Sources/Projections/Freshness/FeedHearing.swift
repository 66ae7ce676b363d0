import EventSourcing

/// What a run of events says of the feed itself: that it was heard, when, and by how many messages.
///
/// Runs can be joined in any cut: the whole says the same.
struct FeedHearing: Sendable, Hashable {
    /// Messages, each counted at its first event.
    private(set) var messages = 0
    /// When the newest message was recorded; `nil` if there was none.
    private(set) var last: Instant?
    /// Position of that message's newest event.
    private(set) var position = Position.origin

    /// Takes in the next event of the log; one that no message told says nothing of the feed.
    mutating func take(_ event: RecordedEvent) {
        guard let message = event.message else { return }
        if message == event.position { messages += 1 }
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
