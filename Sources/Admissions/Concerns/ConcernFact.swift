package import EventSourcing

/// What has happened to a concern.
///
/// ```
/// {"kind":"housing","note":"…","owner":{"role":"practice-coach"},"review":"2026-04-01","subject":{…}}   raised
/// {"reason":"…"}                                                                                       closed
/// ```
package enum ConcernFact: StaffFact {
    case raised(ConcernKind, about: PatientSubject, note: StaffNote?, owner: Assignee?, review: LondonDay?)
    case closed(reason: StaffNote)

    package var type: String {
        switch self {
        case .raised: "concern.raised.v1"
        case .closed: "concern.closed.v1"
        }
    }

    package func encode(into json: inout JSONWriter) {
        json.beginObject()
        switch self {
        case .raised(let kind, let subject, let note, let owner, let review):
            json.field("kind", kind.rawValue)
            json.field("note", note?.text)
            json.field("owner", Told(owner)) { $0.encode(into: &$1) }
            json.field("review", review?.text)
            json.key("subject")
            subject.encode(into: &json)
        case .closed(let reason): json.field("reason", reason.text)
        }
        json.endObject()
    }

    package init(type: String, reading json: inout JSONReader) throws(JSONError) {
        let start = json.offset
        var kind: ConcernKind?
        var note: StaffNote?
        var owner: Assignee?
        var reason: StaffNote?
        var review: LondonDay?
        var subject: PatientSubject?
        try json.beginObject()
        while let key = try json.nextKey() {
            switch key {
            case "kind": kind = try json.readEnum()
            case "note": note = try json.readNote()
            case "owner": owner = try Assignee(reading: &json)
            case "reason": reason = try json.readNote()
            case "review": review = try json.readDay()
            case "subject": subject = try PatientSubject(reading: &json)
            default: try json.skipValue()
            }
        }
        switch (type, kind, subject, reason) {
        case ("concern.raised.v1", let kind?, let subject?, _):
            self = .raised(kind, about: subject, note: note, owner: owner, review: review)
        case ("concern.closed.v1", _, _, let reason?): self = .closed(reason: reason)
        default: throw JSONError(.unexpectedValue, offset: start)
        }
    }
}
