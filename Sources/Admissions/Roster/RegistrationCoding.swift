package import EventSourcing

/// The JSON of a stored registration:
/// `{"care":{…},"details":{…},"nhs":"9990000018","periods":[{"from":"2020-01-01","to":"2026-03-03"}],"symphony":{…}}`.
///
/// Canonical (`JSONWriter`): equal registrations give equal bytes.
extension Registration {
    /// Writes the state as one JSON object.
    package func encode(into json: inout JSONWriter) {
        json.beginObject()
        json.key("care")
        patient.care.encode(into: &json)
        json.key("details")
        patient.details.encode(into: &json)
        json.field("nhs", person.digits)
        json.key("periods")
        json.beginArray()
        for period in periods {
            json.beginObject()
            json.field("from", period.from?.text)
            json.field("to", period.to?.text)
            json.endObject()
        }
        json.endArray()
        if let symphony = patient.symphony {
            json.key("symphony")
            symphony.encode(into: &json)
        }
        json.endObject()
    }

    /// Reads what `encode(into:)` writes.
    package init(reading json: inout JSONReader) throws(JSONError) {
        let start = json.offset
        var details: RegisteredPatient.Details?
        var care = RegisteredPatient.Care()
        var symphony: RegisteredPatient.Symphony?
        var person: NHSNumber?
        var periods: [Period] = []
        try json.beginObject()
        while let key = try json.nextKey() {
            switch key {
            case "care": care = try RegisteredPatient.Care(reading: &json)
            case "details": details = try RegisteredPatient.Details(reading: &json)
            case "nhs": person = try NHSNumber(reading: &json)
            case "periods":
                try json.beginArray()
                while try json.nextElement() { periods.append(try Period(reading: &json)) }
            case "symphony": symphony = try RegisteredPatient.Symphony(reading: &json)
            default: try json.skipValue()
            }
        }
        guard let details, let person else { throw JSONError(.missingField, offset: start) }
        self.init(
            person: person, patient: RegisteredPatient(details: details, symphony: symphony, care: care),
            periods: periods)
    }
}

extension Registration.Period {
    fileprivate init(reading json: inout JSONReader) throws(JSONError) {
        self.init(from: nil)
        try json.beginObject()
        while let key = try json.nextKey() {
            switch key {
            case "from": from = try json.readDay()
            case "to": to = try json.readDay()
            default: try json.skipValue()
            }
        }
    }
}
