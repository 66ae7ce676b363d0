package import EventSourcing

/// One spell or attendance: the set of facts told about one visit number.
///
/// The state *is* the set, sorted and unique by `FactKey`; taking in an event is an insertion. So any order of arrival,
/// with any repeats, gives the same state, by construction. What the facts mean (`reading`) is a pure function of the
/// set, worked out anew each time: an encounter has 2 to 200 facts.
package struct Encounter: Sendable, Equatable {
    /// Which encounter.
    package let key: EncounterKey
    /// All facts, ascending.
    package private(set) var facts: [EncounterFact]

    /// An encounter of which nothing is known yet.
    package init(_ key: EncounterKey) {
        self.key = key
        facts = []
    }

    /// Takes in an event that we heard at `toldAt`, at `position` of the log.
    ///
    /// Commutative and idempotent. An event about another encounter, or about none, changes nothing.
    package mutating func apply(_ event: AdmissionEvent, toldAt: Instant, position: Position) {
        guard event.encounterKey == key,
            let fact = EncounterFact(event, toldAt: toldAt, position: position)
        else { return }
        insert(fact)
    }

    /// Takes in all that was told of it under another number (A35, A42, A50); commutative and idempotent.
    package mutating func absorb(_ other: Encounter) {
        for fact in other.facts { insert(fact) }
    }

    /// The state after these events, in any order; events about other encounters are passed over.
    package static func folding(_ events: some Sequence<ToldEvent>, key: EncounterKey) -> Encounter {
        var encounter = Encounter(key)
        for told in events { encounter.apply(told.event, toldAt: told.toldAt, position: told.position) }
        return encounter
    }

    /// Whom the messages named as its patient.
    package var patientsNamed: Set<PatientKey> { Set(facts.lazy.compactMap(\.patient)) }

    /// What the facts mean together.
    package var reading: EncounterReading { EncounterReading(self) }

    private mutating func insert(_ fact: EncounterFact) {
        // News is mostly the latest: look from the end.
        var index = facts.count
        while index > 0, fact.key < facts[index - 1].key { index -= 1 }
        if index > 0, facts[index - 1].key == fact.key {
            facts[index - 1].hear(toldAt: fact.toldAt, position: fact.position)
        } else {
            facts.insert(fact, at: index)
        }
    }
}

/// The JSON of a stored state: `{"facts":[…],"key":"RXX|SP1"}`.
extension Encounter {
    /// Writes the state as one JSON object; equal states give equal bytes.
    package func encode(into json: inout JSONWriter) {
        json.beginObject()
        json.key("facts")
        json.beginArray()
        for fact in facts { fact.encode(into: &json) }
        json.endArray()
        json.field("key", key.rawValue)
        json.endObject()
    }

    /// Reads what `encode(into:)` writes.
    package init(reading json: inout JSONReader) throws(JSONError) {
        var facts: [EncounterFact] = []
        var key = ""
        try json.beginObject()
        while let name = try json.nextKey() {
            switch name {
            case "facts":
                try json.beginArray()
                while try json.nextElement() { facts.append(try EncounterFact(reading: &json)) }
            case "key": key = try json.readString()
            default: try json.skipValue()
            }
        }
        self.init(EncounterKey(key))
        for fact in facts { insert(fact) }
    }
}
