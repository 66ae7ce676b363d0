package import EventSourcing

/// What has happened to an action.
///
/// ```
/// {"due":"2026-03-05","kind":"call","note":"…","subject":{…},"who":{"person":"kay"}}   added
/// {"who":{"role":"practice-coach"}}                                                   assigned
/// {"note":"…"}                                                                        completed
/// {}                                                                                  reopened
/// ```
package enum HuddleActionFact: StaffFact {
    case added(HuddleAction.Kind, about: PatientSubject, who: Assignee, due: LondonDay, note: StaffNote?)
    case assigned(Assignee)
    case completed(note: StaffNote?)
    case reopened

    package var type: String {
        switch self {
        case .added: "action.added.v1"
        case .assigned: "action.assigned.v1"
        case .completed: "action.completed.v1"
        case .reopened: "action.reopened.v1"
        }
    }

    package func encode(into json: inout JSONWriter) {
        json.beginObject()
        switch self {
        case .added(let kind, let subject, let who, let due, let note):
            json.field("due", due.text)
            json.field("kind", kind.rawValue)
            json.field("note", note?.text)
            json.key("subject")
            subject.encode(into: &json)
            json.key("who")
            who.encode(into: &json)
        case .assigned(let who):
            json.key("who")
            who.encode(into: &json)
        case .completed(let note): json.field("note", note?.text)
        case .reopened: break
        }
        json.endObject()
    }

    package init(type: String, reading json: inout JSONReader) throws(JSONError) {
        let start = json.offset
        var due: LondonDay?
        var kind: HuddleAction.Kind?
        var note: StaffNote?
        var subject: PatientSubject?
        var who: Assignee?
        try json.beginObject()
        while let key = try json.nextKey() {
            switch key {
            case "due": due = try json.readDay()
            case "kind": kind = try json.readEnum()
            case "note": note = try json.readNote()
            case "subject": subject = try PatientSubject(reading: &json)
            case "who": who = try Assignee(reading: &json)
            default: try json.skipValue()
            }
        }
        switch type {
        case "action.added.v1":
            guard let due, let kind, let subject, let who else { throw JSONError(.missingField, offset: start) }
            self = .added(kind, about: subject, who: who, due: due, note: note)
        case "action.assigned.v1":
            guard let who else { throw JSONError(.missingField, offset: start) }
            self = .assigned(who)
        case "action.completed.v1": self = .completed(note: note)
        case "action.reopened.v1": self = .reopened
        default: throw JSONError(.unexpectedValue, offset: start)
        }
    }
}
