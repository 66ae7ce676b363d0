package import EventSourcing

/// A fact about a patient or an encounter, as a hospital told it.
///
/// One message gives one event; an event about an encounter carries what the message says about the patient as well.
/// What the events of an encounter mean together is worked out by `Encounter`, those of a patient by `Patient`.
package struct AdmissionEvent: Sendable, Equatable {
    /// What took place; the raw value is the event's type in the log.
    package enum Kind: String, Sendable, CaseIterable {
        /// A01.
        case admitted = "encounter.admitted.v1"
        /// A02.
        case transferred = "encounter.transferred.v1"
        /// A03.
        case discharged = "encounter.discharged.v1"
        /// A04.
        case registered = "encounter.registered.v1"
        /// A08.
        case updated = "encounter.updated.v1"
        /// A11.
        case admissionCancelled = "encounter.admission-cancelled.v1"
        /// A13.
        case dischargeCancelled = "encounter.discharge-cancelled.v1"
        /// A28.
        case patientAdded = "patient.added.v1"
        /// A31, and an A08 without a visit.
        case patientUpdated = "patient.updated.v1"
        /// A message that was not understood.
        case messageQuarantined = "message.quarantined.v1"
        /// A message that was understood and has no effect.
        case messageKept = "message.kept.v1"
        /// A message that was refused.
        case messageRefused = "message.refused.v1"
    }

    package let kind: Kind
    package let telling: Telling
    /// EVN-6.
    package let happened: Moment?
    /// Where the time at which the event took place stood (domain.md 1.2, the chain of effective times).
    package let occurredField: TimeField?
    package let patient: PatientDetails?
    package let encounter: EncounterDetails?
    /// What was odd about the message, as codes, ascending.
    package let flags: [String]
    /// Why a message was quarantined, kept or refused: a code.
    package let reason: String?
    /// Where in the message the reason lies: `PV1-19`.
    package let place: String?
    /// Digest of all but `telling`: a message made anew with the same content gives the same.
    package let digest: UInt64

    /// Makes an event.
    package init(
        kind: Kind, telling: Telling, happened: Moment? = nil, occurredField: TimeField? = nil,
        patient: PatientDetails? = nil, encounter: EncounterDetails? = nil, flags: [String] = [],
        reason: String? = nil, place: String? = nil
    ) {
        var json = JSONWriter()
        json.beginObject()
        Self.encodeContent(
            happened: happened, occurredField: occurredField, patient: patient, encounter: encounter, flags: flags,
            reason: reason, into: &json)
        self.init(
            kind: kind, telling: telling, happened: happened, occurredField: occurredField, patient: patient,
            encounter: encounter, flags: flags, reason: reason, place: place, digest: ContentDigest.of(json.bytes[...]))
    }

    init(
        kind: Kind, telling: Telling, happened: Moment?, occurredField: TimeField?, patient: PatientDetails?,
        encounter: EncounterDetails?, flags: [String], reason: String?, place: String?, digest: UInt64
    ) {
        self.kind = kind
        self.telling = telling
        self.happened = happened
        self.occurredField = occurredField
        self.patient = patient
        self.encounter = encounter
        self.flags = flags
        self.reason = reason
        self.place = place
        self.digest = digest
    }

    /// When it took place; `nil` if the message tells no time.
    package var occurred: Occurred? {
        guard let field = occurredField else { return nil }
        let moment: Moment? =
            switch field {
            case .recorded: telling.recorded
            case .happened: happened
            case .sent: telling.sent
            case .admitted: encounter?.admittedAt
            case .discharged: encounter?.dischargedAt.value
            }
        return moment.map { Occurred(moment: $0, field: field) }
    }

    /// The encounter it is about.
    package var encounterKey: EncounterKey? { encounter?.key }

    /// The patient it is about.
    package var patientKey: PatientKey? { patient?.key }

    /// The stream it belongs to: the encounter's, else the patient's, else `message`.
    package var stream: StreamName {
        if let encounterKey { return StreamName("encounter:" + encounterKey.rawValue) }
        if let patientKey { return StreamName("patient:" + patientKey.rawValue) }
        return StreamName("message")
    }

    /// The event as the log takes it.
    package var newEvent: NewEvent {
        NewEvent(stream: stream, type: kind.rawValue, payload: payload, occurredAt: occurred?.moment.instant)
    }
}

extension AdmissionEvent.Kind {
    /// Whether it says something about an encounter.
    package var isAboutEncounter: Bool {
        switch self {
        case .admitted, .transferred, .discharged, .registered, .updated, .admissionCancelled, .dischargeCancelled: true
        case .patientAdded, .patientUpdated, .messageQuarantined, .messageKept, .messageRefused: false
        }
    }

    /// Whether it takes something back.
    package var isCancel: Bool {
        switch self {
        case .admissionCancelled, .dischargeCancelled: true
        default: false
        }
    }

    /// The order of kinds recorded at the same moment: what opens, what changes, what closes, what takes back.
    ///
    /// Kept in stored states; numbers lie apart so that kinds to come find room.
    var rank: UInt8 {
        switch self {
        case .messageQuarantined, .messageKept, .messageRefused: 0
        case .patientAdded: 10
        case .patientUpdated: 20
        case .registered: 40
        case .admitted: 60
        case .transferred: 100
        case .updated: 120
        case .discharged: 160
        case .dischargeCancelled: 200
        case .admissionCancelled: 220
        }
    }
}
