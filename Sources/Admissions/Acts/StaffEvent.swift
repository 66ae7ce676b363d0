package import EventSourcing

/// What an act comes to: one thing that has happened, as JSON both ways.
package protocol StaffFact: Sendable, Equatable {
    /// The versioned name in the past tense: `concern.raised.v1`.
    var type: String { get }
    /// Writes what happened as one canonical JSON object.
    func encode(into json: inout JSONWriter)
    /// Reads what `encode(into:)` writes; throws for a type that is not known.
    init(type: String, reading json: inout JSONReader) throws(JSONError)
}

/// A fact, by whose act it came about, and what speaks for it.
///
/// `{"act":{…},"evidence":[{"at":17,"log":"RH5"}],"fact":{…}}`, canonical (`JSONWriter`). Evidence is what the service
/// acted upon; staff answer for themselves.
package struct StaffEvent<Fact: StaffFact>: Sendable, Equatable {
    package let act: StaffAct
    /// Ascending by log and position, at most `Evidence.countMax`.
    package let evidence: [Evidence]
    package let fact: Fact

    /// Makes an event.
    package init(_ fact: Fact, by act: StaffAct, evidence: [Evidence] = []) {
        self.act = act
        self.evidence = Evidence.kept(evidence)
        self.fact = fact
    }

    /// The event's payload.
    package var payload: [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        json.key("act")
        act.encode(into: &json)
        json.field("evidence", evidence)
        json.key("fact")
        fact.encode(into: &json)
        json.endObject()
        return json.bytes
    }

    /// The event as the log takes it; it happened when it was done.
    package func newEvent(in stream: StreamName) -> NewEvent {
        NewEvent(stream: stream, type: fact.type, payload: payload, occurredAt: act.at)
    }

    /// Reads an event back from its type and payload; fields that are not known are passed over.
    package init(type: String, payload: [UInt8]) throws(JSONError) {
        var json = JSONReader(payload)
        var act: StaffAct?
        var evidence: [Evidence] = []
        var fact: Fact?
        try json.beginObject()
        while let key = try json.nextKey() {
            switch key {
            case "act": act = try StaffAct(reading: &json)
            case "evidence": evidence = try json.readEvidence()
            case "fact": fact = try Fact(type: type, reading: &json)
            default: try json.skipValue()
            }
        }
        try json.readEnd()
        guard let act, let fact else { throw JSONError(.missingField, offset: payload.count) }
        self.init(fact, by: act, evidence: evidence)
    }

    /// Reads an event that stands in a log.
    package init(_ event: RecordedEvent) throws(JSONError) {
        try self.init(type: event.type, payload: event.payload)
    }
}
