package import EventSourcing

/// What has happened in a huddle.
///
/// ```
/// {"subject":{…}}                                 discussed, discussion undone
/// {"attendees":["kay","sam"],"notDiscussed":2}    closed
/// ```
package enum HuddleFact: StaffFact {
    case discussed(PatientSubject)
    case discussionUndone(PatientSubject)
    case closed(attendees: [String], notDiscussed: Int)

    package var type: String {
        switch self {
        case .discussed: "huddle.discussed.v1"
        case .discussionUndone: "huddle.discussion-undone.v1"
        case .closed: "huddle.closed.v1"
        }
    }

    package func encode(into json: inout JSONWriter) {
        json.beginObject()
        switch self {
        case .discussed(let subject), .discussionUndone(let subject):
            json.key("subject")
            subject.encode(into: &json)
        case .closed(let attendees, let notDiscussed):
            json.field("attendees", attendees)
            json.field("notDiscussed", Int64(notDiscussed))
        }
        json.endObject()
    }

    package init(type: String, reading json: inout JSONReader) throws(JSONError) {
        let start = json.offset
        var attendees: [String] = []
        var notDiscussed: Int64?
        var subject: PatientSubject?
        try json.beginObject()
        while let key = try json.nextKey() {
            switch key {
            case "attendees": attendees = try json.readStrings()
            case "notDiscussed": notDiscussed = try json.readInt64()
            case "subject": subject = try PatientSubject(reading: &json)
            default: try json.skipValue()
            }
        }
        switch (type, subject, notDiscussed) {
        case ("huddle.discussed.v1", let subject?, _): self = .discussed(subject)
        case ("huddle.discussion-undone.v1", let subject?, _): self = .discussionUndone(subject)
        case ("huddle.closed.v1", _, let count?): self = .closed(attendees: attendees, notDiscussed: Int(count))
        default: throw JSONError(.unexpectedValue, offset: start)
        }
    }
}
