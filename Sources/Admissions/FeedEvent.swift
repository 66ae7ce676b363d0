package import EventSourcing

/// That a hospital's feed fell silent, or was heard again: told by the watch, never by a message.
///
/// Stands in the hospital's own log, in the stream `feed:<name>`, where the two kinds take turns. It says nothing of
/// any patient, and is not taken for a word from the hospital. The payload is canonical JSON:
///
/// ```
/// {"feed":"adt","last_heard":"2026-03-03T04:10:03Z","position":1187,"usual_seconds":3120}
/// ```
package struct FeedEvent: Sendable, Equatable {
    /// Type names as they stand in the log.
    package enum Kind: String, Sendable, CaseIterable {
        case fellSilent = "feed.fell-silent.v1"
        case recovered = "feed.recovered.v1"
    }

    package let kind: Kind
    /// The feed within the log: `adt`.
    package let feed: String
    /// When the newest message was recorded: the one before the silence, or the one that ended it.
    package let lastHeard: Instant
    /// Where that message begins.
    package let position: Position
    /// The silence that was usual in the hour of telling, in seconds; `nil` before it was learned.
    package let usualSeconds: Int64?

    /// Says what became of a feed.
    package init(_ kind: Kind, feed: String, lastHeard: Instant, position: Position, usualSeconds: Int64?) {
        self.kind = kind
        self.feed = feed
        self.lastHeard = lastHeard
        self.position = position
        self.usualSeconds = usualSeconds
    }

    /// The stream of a feed's own events.
    package static func stream(of feed: String) -> StreamName { StreamName("feed:" + feed) }

    /// As it is appended; it happened when the feed was last heard.
    package var newEvent: NewEvent {
        var json = JSONWriter(reservingCapacity: 128)
        json.beginObject()
        json.field("feed", feed)
        json.field("last_heard", lastHeard)
        json.field("position", position.rawValue)
        json.field("usual_seconds", usualSeconds)
        json.endObject()
        return NewEvent(
            stream: Self.stream(of: feed), type: kind.rawValue, payload: json.bytes, occurredAt: lastHeard)
    }

    /// Reads a recorded event; `nil` for one of another kind.
    package init?(_ event: RecordedEvent) throws(JSONError) {
        guard !event.isRedacted, let kind = Kind(rawValue: event.type) else { return nil }
        var feed = ""
        var lastHeard: Instant?
        var position: Int64?
        var usualSeconds: Int64?
        var json = JSONReader(event.payload)
        try json.beginObject()
        while let key = try json.nextKey() {
            switch key {
            case "feed": feed = try json.readString()
            case "last_heard": lastHeard = try json.readInstant()
            case "position": position = try json.readInt64()
            case "usual_seconds": usualSeconds = try json.readInt64()
            default: try json.skipValue()
            }
        }
        try json.readEnd()
        guard let lastHeard, let position else { throw JSONError(.missingField, offset: json.offset) }
        self.init(
            kind, feed: feed, lastHeard: lastHeard, position: Position(position), usualSeconds: usualSeconds)
    }
}
