package import EventSourcing

/// One thing a hospital said about an encounter, and when we first heard it.
///
/// The same thing said again is the same fact: its earliest telling counts.
package struct EncounterFact: Sendable, Equatable {
    /// Where it stands among the encounter's facts.
    package let key: FactKey
    /// When we first heard it.
    package private(set) var toldAt: Instant
    /// The log position of that first telling.
    package private(set) var position: Position

    private let content: Content

    /// What was said: shared, so that facts move cheaply.
    private final class Content: Sendable, Equatable {
        let kind: AdmissionEvent.Kind
        let recorded: Moment
        let sent: Moment?
        let happened: Moment?
        let patient: PatientKey?
        let encounter: EncounterDetails
        let prior: PriorIdentity?
        let flags: [String]

        init(
            kind: AdmissionEvent.Kind, recorded: Moment, sent: Moment?, happened: Moment?, patient: PatientKey?,
            encounter: EncounterDetails, prior: PriorIdentity?, flags: [String]
        ) {
            self.kind = kind
            self.recorded = recorded
            self.sent = sent
            self.happened = happened
            self.patient = patient
            self.encounter = encounter
            self.prior = prior
            self.flags = flags
        }

        static func == (lhs: Content, rhs: Content) -> Bool {
            lhs === rhs
                || (lhs.kind == rhs.kind && lhs.recorded == rhs.recorded && lhs.sent == rhs.sent
                    && lhs.happened == rhs.happened && lhs.patient == rhs.patient && lhs.encounter == rhs.encounter
                    && lhs.prior == rhs.prior && lhs.flags == rhs.flags)
        }
    }

    /// The fact an event tells; `nil` if it is about no encounter.
    init?(_ event: AdmissionEvent, toldAt: Instant, position: Position) {
        guard event.kind.isAboutEncounter, let encounter = event.encounter else { return nil }
        key = FactKey(event)
        self.toldAt = toldAt
        self.position = position
        content = Content(
            kind: event.kind, recorded: event.telling.recordedAt.withoutText, sent: event.telling.sent?.withoutText,
            happened: event.happened, patient: event.patientKey, encounter: encounter, prior: event.prior,
            flags: event.flags)
    }

    package var kind: AdmissionEvent.Kind { content.kind }
    /// When the hospital recorded it.
    package var recorded: Moment { content.recorded }
    /// EVN-6.
    package var happened: Moment? { content.happened }
    /// Whose encounter the message said it is.
    package var patient: PatientKey? { content.patient }
    package var encounter: EncounterDetails { content.encounter }
    /// Who the patient, or what the encounter, was before.
    package var prior: PriorIdentity? { content.prior }
    package var flags: [String] { content.flags }

    private init(_ fact: EncounterFact, _ encounter: EncounterDetails) {
        key = fact.key
        toldAt = fact.toldAt
        position = fact.position
        content = Content(
            kind: fact.kind, recorded: fact.recorded, sent: fact.content.sent, happened: fact.happened,
            patient: fact.patient, encounter: encounter, prior: fact.prior, flags: fact.flags)
    }

    /// The fact without the end that it tells.
    ///
    /// For reading, not for keeping.
    var withoutDischarge: EncounterFact {
        var details = encounter
        details.dischargedAt = .absent
        details.dischargeMethod = .absent
        details.dischargeDestination = .absent
        details.disposal = .absent
        details.disposition = nil
        return EncounterFact(self, details)
    }

    /// Takes note that the same was told at another time: the earlier counts, whichever came first.
    mutating func hear(toldAt: Instant, position: Position) {
        guard (toldAt, position) < (self.toldAt, self.position) else { return }
        self.toldAt = toldAt
        self.position = position
    }
}

/// The JSON of a fact within a stored state.
extension EncounterFact {
    func encode(into json: inout JSONWriter) {
        json.beginObject()
        json.field("digest", Int64(bitPattern: key.digest))
        json.key("encounter")
        encounter.encode(into: &json)
        json.field("flags", flags)
        json.field("happened", happened)
        json.field("patient", patient?.rawValue)
        json.field("position", position.rawValue)
        if let prior {
            json.key("prior")
            prior.encode(into: &json)
        }
        json.field("recorded", recorded)
        json.field("sent", content.sent)
        json.field("told", toldAt)
        json.field("type", kind.rawValue)
        json.endObject()
    }

    init(reading json: inout JSONReader) throws(JSONError) {
        let start = json.offset
        var digest: Int64 = 0
        var encounter: EncounterDetails?
        var flags: [String] = []
        var happened: Moment?
        var patient: PatientKey?
        var position = Position.origin
        var prior: PriorIdentity?
        var recorded: Moment?
        var sent: Moment?
        var toldAt: Instant?
        var kind: AdmissionEvent.Kind?
        try json.beginObject()
        while let key = try json.nextKey() {
            switch key {
            case "digest": digest = try json.readInt64()
            case "encounter": encounter = try EncounterDetails(reading: &json)
            case "flags": flags = try json.readStrings()
            case "happened": happened = try Moment(reading: &json)
            case "patient": patient = PatientKey(try json.readString())
            case "position": position = Position(try json.readInt64())
            case "prior": prior = try PriorIdentity(reading: &json)
            case "recorded": recorded = try Moment(reading: &json)
            case "sent": sent = try Moment(reading: &json)
            case "told": toldAt = try json.readInstant()
            case "type": kind = try json.readEnum()
            default: try json.skipValue()
            }
        }
        guard let encounter, let recorded, let toldAt, let kind else { throw JSONError(.missingField, offset: start) }
        key = FactKey(recorded: recorded, sent: sent, kind: kind, digest: UInt64(bitPattern: digest))
        self.toldAt = toldAt
        self.position = position
        content = Content(
            kind: kind, recorded: recorded, sent: sent, happened: happened, patient: patient, encounter: encounter,
            prior: prior, flags: flags)
    }
}
