package import EventSourcing

extension AccessLine {
    /// The line as an object of canonical JSON; what there is none of is left out.
    package func encode(into json: inout JSONWriter) {
        json.beginObject()
        json.field("at", at)
        json.field("client", client)
        json.field("count", Int64(count))
        json.field("denial", denial)
        json.field("id", id)
        json.field("kind", kind.rawValue)
        json.field("organisation", organisation)
        json.field("patient_refs", refs)
        json.field("patients", Int64(patients))
        json.field("practice", practice)
        json.field("purpose", purpose)
        json.field("reason", reason)
        json.field("request_id", requestID.isEmpty ? nil : requestID)
        json.field("reviewed", isReviewed)
        json.field("role", role)
        json.field("route", route)
        json.field("subject", subject)
        json.endObject()
    }
}
