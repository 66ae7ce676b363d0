package import EventSourcing

/// The JSON of what happened to a case: one object whose fields have the same meaning in every event.
///
/// ```
/// {"findings":[{…}],"subject":{…}}                       identified
/// {"note":"…","reasons":["long-stay"],"subject":{…}}     flagged
/// {"at":"2026-03-03T09:30:00Z","place":{…}}              visit planned
/// {"cause":"joined","other":"onboarding:RH5|100"}        withdrawn
/// ```
extension HotOnboardingFact {
    package func encode(into json: inout JSONWriter) {
        json.beginObject()
        switch self {
        case .identified(let subject, let findings):
            json.key("findings")
            json.beginArray()
            for finding in findings { finding.encode(into: &json) }
            json.endArray()
            json.key("subject")
            subject.encode(into: &json)
        case .flagged(let subject, let reasons, let note):
            json.field("note", note?.text)
            json.field("reasons", reasons.map(\.rawValue))
            json.key("subject")
            subject.encode(into: &json)
        case .triaged(let priority, let note):
            json.field("note", note?.text)
            json.field("priority", priority.rawValue)
        case .foundNotSuitable(let reason): json.field("note", reason.text)
        case .visitPlanned(let time, let place):
            json.field("at", time)
            json.field("place", Told(place)) { $0.encode(into: &$1) }
        case .visitOffered(let place), .placeChanged(let place):
            json.field("place", Told(place)) { $0.encode(into: &$1) }
        case .consented(let consent):
            json.key("consent")
            consent.encode(into: &json)
        case .declined(let notBefore, let note):
            json.field("notBefore", notBefore)
            json.field("note", note?.text)
        case .started(let keyworker): json.field("keyworker", keyworker)
        case .handedOver(let practice): json.field("practice", practice.rawValue)
        case .closed(let outcome, let note):
            json.field("note", note?.text)
            json.field("outcome", outcome.rawValue)
        case .deferred(let until, let reason):
            json.field("note", reason.text)
            json.field("until", until)
        case .lost(let cause, let reason):
            json.field("cause", cause.rawValue)
            json.field("note", reason?.text)
        case .died(let moment): json.field("happened", moment)
        case .withdrawn(let cause, let reason, let other):
            json.field("cause", cause.rawValue)
            json.field("note", reason?.text)
            json.field("other", other?.rawValue)
        case .ownerAssigned(let owner):
            json.key("owner")
            owner.encode(into: &json)
        case .patientLeft(let moment, let due):
            json.field("due", due.text)
            json.field("happened", moment)
        case .encounterFollowed(let encounter, let place):
            json.field("encounter", encounter.rawValue)
            json.field("place", Told(place)) { $0.encode(into: &$1) }
        case .rekeyed(let key): json.field("key", key.rawValue)
        case .otherJoined(let stream, let state):
            json.field("other", stream.rawValue)
            json.field("state", state.rawValue)
        case .resumed, .patientReturned, .reinstated: break
        }
        json.endObject()
    }

    package init(type: String, reading json: inout JSONReader) throws(JSONError) {
        let start = json.offset
        guard let kind = Kind(rawValue: type) else { throw JSONError(.unexpectedValue, offset: start) }
        let fields = try Fields(reading: &json)
        guard let fact = Self.make(kind, fields) else { throw JSONError(.missingField, offset: start) }
        self = fact
    }

    private static func make(_ kind: Kind, _ fields: Fields) -> HotOnboardingFact? {
        switch kind {
        case .identified: fields.subject.map { .identified($0, fields.findings) }
        case .flagged: fields.subject.map { .flagged($0, fields.reasons, note: fields.note) }
        case .triaged: fields.priority.map { .triaged($0, note: fields.note) }
        case .foundNotSuitable: fields.note.map { .foundNotSuitable(reason: $0) }
        case .visitPlanned: fields.at.map { .visitPlanned(at: $0, place: fields.place) }
        case .visitOffered: .visitOffered(place: fields.place)
        case .consented: fields.consent.map { .consented($0) }
        case .declined: fields.notBefore.map { .declined(notBefore: $0, note: fields.note) }
        case .started: fields.keyworker.map { .started(keyworker: $0) }
        case .handedOver: fields.practice.map { .handedOver(to: $0) }
        case .closed: fields.outcome.map { .closed($0, note: fields.note) }
        case .deferred: fields.deferral.map { .deferred(until: $0, reason: $1) }
        case .resumed: .resumed
        case .lost: fields.cause.map { .lost($0, reason: fields.note) }
        case .died: .died(at: fields.happened)
        case .withdrawn: fields.cause.map { .withdrawn($0, reason: fields.note, other: fields.other) }
        case .ownerAssigned: fields.owner.map { .ownerAssigned($0) }
        case .patientLeft: fields.due.map { .patientLeft(at: fields.happened, due: $0) }
        case .patientReturned: .patientReturned
        case .placeChanged: .placeChanged(to: fields.place)
        case .encounterFollowed: fields.encounter.map { .encounterFollowed($0, place: fields.place) }
        case .reinstated: .reinstated
        case .rekeyed: fields.key.map { .rekeyed(to: $0) }
        case .otherJoined: fields.join.map { .otherJoined($0, $1) }
        }
    }

    /// Whatever fields stand there.
    private struct Fields {
        var at: Instant?
        var cause: OnboardingEndCause?
        var consent: OnboardingConsent?
        var due: LondonDay?
        var encounter: EncounterKey?
        var findings: [OnboardingFinding] = []
        var happened: Moment?
        var key: PatientKey?
        var keyworker: String?
        var notBefore: Instant?
        var note: StaffNote?
        var other: StreamName?
        var outcome: OnboardingOutcome?
        var owner: Assignee?
        var place: HospitalLocation?
        var practice: ODSPracticeCode?
        var priority: OnboardingPriority?
        var reasons: [OnboardingReason] = []
        var state: HotOnboardingState?
        var subject: OnboardingSubject?
        var until: Instant?

        var deferral: (Instant, StaffNote)? {
            guard let until, let note else { return nil }
            return (until, note)
        }

        var join: (StreamName, HotOnboardingState)? {
            guard let other, let state else { return nil }
            return (other, state)
        }

        init(reading json: inout JSONReader) throws(JSONError) {
            try json.beginObject()
            while let name = try json.nextKey() {
                switch name {
                case "at": at = try json.readInstant()
                case "cause": cause = try json.readEnum()
                case "consent": consent = try OnboardingConsent(reading: &json)
                case "due": due = try json.readDay()
                case "encounter": encounter = EncounterKey(try json.readString())
                case "findings":
                    try json.beginArray()
                    while try json.nextElement() { findings.append(try OnboardingFinding(reading: &json)) }
                case "happened": happened = try Moment(reading: &json)
                case "key": key = PatientKey(try json.readString())
                case "keyworker": keyworker = try json.readString()
                case "note": note = try json.readNote()
                case "notBefore": notBefore = try json.readInstant()
                case "other": other = StreamName(try json.readString())
                case "outcome": outcome = try json.readEnum()
                case "owner": owner = try Assignee(reading: &json)
                case "place": place = try HospitalLocation(reading: &json)
                case "practice": practice = ODSPracticeCode(try json.readString())
                case "priority": priority = try json.readEnum()
                case "reasons":
                    try json.beginArray()
                    while try json.nextElement() { reasons.append(try json.readEnum()) }
                case "state": state = try json.readEnum()
                case "subject": subject = try OnboardingSubject(reading: &json)
                case "until": until = try json.readInstant()
                default: try json.skipValue()
                }
            }
        }
    }
}
