package import EventSourcing

/// That something was taken out of a log: who did it, who approved, and why.
///
/// An event `log.redacted.v1` in the stream `redaction:<position>`. Payload and bytes with their salts are gone, what
/// they hashed to stays (`event_log.redaction`), so that leaves, tree and proofs hold as before.
package struct Redaction: Hashable, Sendable {
    /// The type of the event.
    package static let type = RecordedEvent.redactionType

    /// The position that was asked for.
    package let position: Position
    /// All events whose payloads were taken out, ascending.
    package let positions: [Position]
    /// Who did it.
    package let by: String
    /// Who approved; another person.
    package let approvedBy: String
    /// Why; no patient data.
    package let reason: String

    package init(of position: Position, positions: [Position], by: String, approvedBy: String, reason: String) {
        self.position = position
        self.positions = positions
        self.by = by
        self.approvedBy = approvedBy
        self.reason = reason
    }

    /// The event that says so.
    var event: NewEvent {
        var json = JSONWriter()
        json.beginObject()
        json.key("approved_by")
        json.string(approvedBy)
        json.key("by")
        json.string(by)
        json.key("positions")
        json.beginArray()
        for position in positions { json.integer(position.rawValue) }
        json.endArray()
        json.key("reason")
        json.string(reason)
        json.endObject()
        return NewEvent(
            stream: StreamName("redaction:\(position)"), type: Self.type, payload: json.bytes, occurredAt: nil)
    }
}
