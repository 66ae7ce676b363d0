package import EventSourcing

/// What has happened to a patient's Symphony score.
///
/// ```
/// {"score":9,"scoredOn":"2026-01-14","subject":{…}}   scored
/// {"reason":"…"}                                      the score that counted was removed
/// ```
package enum SymphonyFact: StaffFact {
    case scored(Int, on: LondonDay, of: PatientSubject)
    case removed(reason: StaffNote)

    package var type: String {
        switch self {
        case .scored: "symphony.scored.v1"
        case .removed: "symphony.score-removed.v1"
        }
    }

    package func encode(into json: inout JSONWriter) {
        json.beginObject()
        switch self {
        case .scored(let score, let day, let subject):
            json.field("score", Int64(score))
            json.field("scoredOn", day.text)
            json.key("subject")
            subject.encode(into: &json)
        case .removed(let reason): json.field("reason", reason.text)
        }
        json.endObject()
    }

    package init(type: String, reading json: inout JSONReader) throws(JSONError) {
        let start = json.offset
        var reason: StaffNote?
        var score: Int64?
        var day: LondonDay?
        var subject: PatientSubject?
        try json.beginObject()
        while let key = try json.nextKey() {
            switch key {
            case "reason": reason = try json.readNote()
            case "score": score = try json.readInt64()
            case "scoredOn": day = try json.readDay()
            case "subject": subject = try PatientSubject(reading: &json)
            default: try json.skipValue()
            }
        }
        switch type {
        case "symphony.scored.v1":
            guard let score, let day, let subject else { throw JSONError(.missingField, offset: start) }
            self = .scored(Int(score), on: day, of: subject)
        case "symphony.score-removed.v1":
            guard let reason else { throw JSONError(.missingField, offset: start) }
            self = .removed(reason: reason)
        default: throw JSONError(.unexpectedValue, offset: start)
        }
    }
}
