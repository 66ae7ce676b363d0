package import EventSourcing

/// The JSON of a registration event.
///
/// ```
/// {"by":"terminal:kay","care":{…},"details":{…},"from":"2026-03-03","nhs":"9990000018","symphony":{"score":9}}
/// {"by":"terminal:kay","left":"2026-03-03","nhs":"9990000018"}
/// {"by":"terminal:kay","nhs":"9990000018","symphony":null}
/// ```
///
/// Canonical (`JSONWriter`).
extension RegistrationEvent {
    /// The event's payload.
    package var payload: [UInt8] {
        var json = JSONWriter(reservingCapacity: 384)
        json.beginObject()
        json.field("by", by)
        switch change {
        case .listed(let patient, let from):
            json.key("care")
            patient.care.encode(into: &json)
            json.key("details")
            patient.details.encode(into: &json)
            json.field("from", from?.text)
            json.field("nhs", person.digits)
            if let symphony = patient.symphony {
                json.key("symphony")
                symphony.encode(into: &json)
            }
        case .left(let day):
            json.field("left", day.text)
            json.field("nhs", person.digits)
        case .detailsChanged(let details):
            json.key("details")
            details.encode(into: &json)
            json.field("nhs", person.digits)
        case .symphonyScored(let symphony):
            json.field("nhs", person.digits)
            json.key("symphony")
            if let symphony { symphony.encode(into: &json) } else { json.null() }
        case .careChanged(let care):
            json.key("care")
            care.encode(into: &json)
            json.field("nhs", person.digits)
        }
        json.endObject()
        return json.bytes
    }

    /// Reads an event back from its type and payload.
    ///
    /// Fields that are not known are passed over; a type that is not known, or a payload that is not an event's,
    /// throws.
    package init(type: String, payload: [UInt8]) throws(JSONError) {
        guard let kind = Change.Kind(rawValue: type) else { throw JSONError(.unexpectedValue, offset: 0) }
        var json = JSONReader(payload)
        var by: String?
        var person: NHSNumber?
        var from: LondonDay?
        var left: LondonDay?
        var details: RegisteredPatient.Details?
        var care: RegisteredPatient.Care?
        var symphony = Told<RegisteredPatient.Symphony>.absent
        try json.beginObject()
        while let key = try json.nextKey() {
            switch key {
            case "by": by = try json.readString()
            case "care": care = try RegisteredPatient.Care(reading: &json)
            case "details": details = try RegisteredPatient.Details(reading: &json)
            case "from": from = try json.readDay()
            case "left": left = try json.readDay()
            case "nhs": person = try NHSNumber(reading: &json)
            case "symphony": symphony = try json.readTold(RegisteredPatient.Symphony.init(reading:))
            default: try json.skipValue()
            }
        }
        try json.readEnd()
        let change: Change? =
            switch kind {
            case .listed:
                details.map {
                    .listed(
                        RegisteredPatient(details: $0, symphony: symphony.value, care: care ?? .init()), from: from)
                }
            case .left: left.map(Change.left(on:))
            case .detailsChanged: details.map(Change.detailsChanged)
            case .symphonyScored: symphony.isAbsent ? nil : .symphonyScored(symphony.value)
            case .careChanged: care.map(Change.careChanged)
            }
        guard let by, let person, let change else { throw JSONError(.missingField, offset: payload.count) }
        self.init(change, of: person, by: by)
    }
}
