package import EventSourcing

/// The JSON of an event: what it says first, how it was told last.
///
/// ```
/// {"encounter":{…},"flags":[…],"happened":…,"occurred":"PV1-44","patient":{…},"prior":{…},"telling":{…}}
/// {"reason":"visit-number-missing","telling":{…},"where":"PV1-19"}
/// {"about":17,"by":"terminal:kay","reason":"sent in error","telling":{…}}
/// ```
///
/// Canonical (`JSONWriter`). The bytes before `telling` are what `digest` is taken of. `ADT.ADTReader` writes the same
/// bytes straight from the message.
extension AdmissionEvent {
    /// The event's payload.
    package var payload: [UInt8] {
        var json = JSONWriter(reservingCapacity: 1_024)
        encode(into: &json)
        return json.bytes
    }

    /// Writes the payload as one JSON object.
    package func encode(into json: inout JSONWriter) {
        json.beginObject()
        Self.encodeContent(
            about: about, by: by, happened: happened, occurredField: occurredField, patient: patient,
            encounter: encounter, prior: prior, flags: flags, reason: reason, into: &json)
        json.key("telling")
        telling.encode(into: &json)
        json.field("where", place)
        json.endObject()
    }

    static func encodeContent(
        about: Int64?, by: String?, happened: Moment?, occurredField: TimeField?, patient: PatientDetails?,
        encounter: EncounterDetails?, prior: PriorIdentity?, flags: [String], reason: String?,
        into json: inout JSONWriter
    ) {
        json.field("about", about)
        json.field("by", by)
        if let encounter {
            json.key("encounter")
            encounter.encode(into: &json)
        }
        json.field("flags", flags)
        json.field("happened", happened)
        json.field("occurred", occurredField?.rawValue)
        if let patient {
            json.key("patient")
            patient.encode(into: &json)
        }
        if let prior {
            json.key("prior")
            prior.encode(into: &json)
        }
        json.field("reason", reason)
    }

    /// Reads an event back from its type and payload.
    ///
    /// Fields that are not known are passed over; a type that is not known, or a payload that is not an event's,
    /// throws.
    package init(type: String, payload: [UInt8]) throws(JSONError) {
        guard let kind = Kind(rawValue: type) else { throw JSONError(.unexpectedValue, offset: 0) }
        var json = JSONReader(payload)
        var telling: Telling?
        var happened: Moment?
        var occurredField: TimeField?
        var patient: PatientDetails?
        var encounter: EncounterDetails?
        var prior: PriorIdentity?
        var flags: [String] = []
        var reason: String?
        var place: String?
        var about: Int64?
        var by: String?
        var contentEnd = payload.count
        try json.beginObject()
        var end = json.offset
        while let key = try json.nextKey() {
            switch key {
            case "about": about = try json.readInt64()
            case "by": by = try json.readString()
            case "encounter": encounter = try EncounterDetails(reading: &json)
            case "flags": flags = try json.readStrings()
            case "happened": happened = try Moment(reading: &json)
            case "occurred": occurredField = try json.readEnum()
            case "patient": patient = try PatientDetails(reading: &json)
            case "prior": prior = try PriorIdentity(reading: &json)
            case "reason": reason = try json.readString()
            case "telling":
                contentEnd = end
                telling = try Telling(reading: &json)
            case "where": place = try json.readString()
            default: try json.skipValue()
            }
            end = json.offset
        }
        try json.readEnd()
        guard let telling else { throw JSONError(.missingField, offset: payload.count) }
        if kind.isAboutEncounter, encounter == nil { throw JSONError(.missingField, offset: payload.count) }
        self.init(
            kind: kind, telling: telling, happened: happened, occurredField: occurredField, patient: patient,
            encounter: encounter, prior: prior, flags: flags, reason: reason, place: place, about: about, by: by,
            digest: ContentDigest.of(payload[..<contentEnd]))
    }

    /// Reads an event that stands in a log.
    package init(_ event: RecordedEvent) throws(JSONError) {
        try self.init(type: event.type, payload: event.payload)
    }
}
