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
        /// A02, and each half of an A17 (swap of beds).
        case transferred = "encounter.transferred.v1"
        /// A03.
        case discharged = "encounter.discharged.v1"
        /// A04.
        case registered = "encounter.registered.v1"
        /// A05, A14: a stay or appointment to come.
        case preadmitted = "encounter.preadmitted.v1"
        /// A06: an outpatient or an attendance becomes an inpatient.
        case becameInpatient = "encounter.became-inpatient.v1"
        /// A07: an inpatient becomes an outpatient.
        case becameOutpatient = "encounter.became-outpatient.v1"
        /// A06 under a new visit number that names the one before (MRG-5): told of the one before.
        case continued = "encounter.continued.v1"
        /// A08.
        case updated = "encounter.updated.v1"
        /// A11.
        case admissionCancelled = "encounter.admission-cancelled.v1"
        /// A12.
        case transferCancelled = "encounter.transfer-cancelled.v1"
        /// A13.
        case dischargeCancelled = "encounter.discharge-cancelled.v1"
        /// A15.
        case transferPlanned = "encounter.transfer-planned.v1"
        /// A26.
        case transferPlanCancelled = "encounter.transfer-plan-cancelled.v1"
        /// A16.
        case dischargePlanned = "encounter.discharge-planned.v1"
        /// A25.
        case dischargePlanCancelled = "encounter.discharge-plan-cancelled.v1"
        /// A21.
        case leaveStarted = "encounter.leave-started.v1"
        /// A52.
        case leaveStartCancelled = "encounter.leave-start-cancelled.v1"
        /// A22.
        case leaveEnded = "encounter.leave-ended.v1"
        /// A53.
        case leaveEndCancelled = "encounter.leave-end-cancelled.v1"
        /// A23: entered in error.
        case deleted = "encounter.deleted.v1"
        /// A27, A38.
        case preadmissionCancelled = "encounter.preadmission-cancelled.v1"
        /// A54, A61.
        case clinicianChanged = "encounter.clinician-changed.v1"
        /// A55, A62.
        case clinicianChangeCancelled = "encounter.clinician-change-cancelled.v1"
        /// A35, A36, A42: another encounter (`prior.encounter`) is this one.
        case merged = "encounter.merged.v1"
        /// A50: the encounter had another number before (`prior.encounter`).
        case renumbered = "encounter.renumbered.v1"
        /// A44, A45: the encounter is this patient's, not that one's (`prior.patients`).
        case moved = "encounter.moved.v1"
        /// A28.
        case patientAdded = "patient.added.v1"
        /// A31, and an A08 without a visit.
        case patientUpdated = "patient.updated.v1"
        /// A29: the hospital took the record out of use.
        case patientRemoved = "patient.removed.v1"
        /// A34, A36, A40: other records (`prior.patients`) are this patient's.
        case patientMerged = "patient.merged.v1"
        /// A43: what stood under other identifiers (`prior.patients`) is this patient's.
        case patientMoved = "patient.moved.v1"
        /// A46, A47: the patient had other identifiers before (`prior.patients`).
        case patientRenumbered = "patient.renumbered.v1"
        /// Told by an operator: a merge, move or renumbering of `prior.patients` into this patient is taken back.
        case patientUnmerged = "patient.unmerged.v1"
        /// A message that was not understood.
        case messageQuarantined = "message.quarantined.v1"
        /// A message that was understood and has no effect.
        case messageKept = "message.kept.v1"
        /// A message that was refused.
        case messageRefused = "message.refused.v1"
        /// Told by an operator: a quarantined message (`about`) was read again, and its events stand in the log.
        case messageRedriven = "message.redriven.v1"
        /// Told by an operator: a quarantined message (`about`) will not be read, for a `reason`.
        case messageDiscarded = "message.discarded.v1"
    }

    package let kind: Kind
    package let telling: Telling
    /// EVN-6.
    package let happened: Moment?
    /// Where the time at which the event took place stood (domain.md 1.2, the chain of effective times).
    package let occurredField: TimeField?
    package let patient: PatientDetails?
    package let encounter: EncounterDetails?
    /// Who or what it was before: MRG.
    package let prior: PriorIdentity?
    /// What was odd about the message, as codes, ascending.
    package let flags: [String]
    /// Why a message was quarantined, kept or refused: a code. Of an operator's act the words of the operator.
    package let reason: String?
    /// Where in the message the reason lies: `PV1-19`.
    package let place: String?
    /// What an operator's act is about: the position of a quarantined message.
    package let about: Int64?
    /// Whose act it is; `nil` where a message told it.
    package let by: String?
    /// Digest of all but `telling`: a message made anew with the same content gives the same.
    package let digest: UInt64
    /// The encounter it is about. Kept, like `patientKey`: a fold asks for them again and again.
    package let encounterKey: EncounterKey?
    /// The patient it is about.
    package let patientKey: PatientKey?

    /// Makes an event.
    package init(
        kind: Kind, telling: Telling, happened: Moment? = nil, occurredField: TimeField? = nil,
        patient: PatientDetails? = nil, encounter: EncounterDetails? = nil, prior: PriorIdentity? = nil,
        flags: [String] = [], reason: String? = nil, place: String? = nil, about: Int64? = nil, by: String? = nil
    ) {
        var json = JSONWriter()
        json.beginObject()
        Self.encodeContent(
            about: about, by: by, happened: happened, occurredField: occurredField, patient: patient,
            encounter: encounter, prior: prior, flags: flags, reason: reason, into: &json)
        self.init(
            kind: kind, telling: telling, happened: happened, occurredField: occurredField, patient: patient,
            encounter: encounter, prior: prior, flags: flags, reason: reason, place: place, about: about, by: by,
            digest: ContentDigest.of(json.bytes[...]))
    }

    init(
        kind: Kind, telling: Telling, happened: Moment?, occurredField: TimeField?, patient: PatientDetails?,
        encounter: EncounterDetails?, prior: PriorIdentity?, flags: [String], reason: String?, place: String?,
        about: Int64?, by: String?, digest: UInt64
    ) {
        self.kind = kind
        self.telling = telling
        self.happened = happened
        self.occurredField = occurredField
        self.patient = patient
        self.encounter = encounter
        self.prior = prior
        self.flags = flags
        self.reason = reason
        self.place = place
        self.about = about
        self.by = by
        self.digest = digest
        encounterKey = encounter?.key
        patientKey = patient?.key
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

    /// The stream it belongs to: of the quarantined message it is about, else the encounter's, else the patient's, else
    /// `message`.
    package var stream: StreamName {
        if let about { return StreamName("quarantine:\(about)") }
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
        case .patientAdded, .patientUpdated, .patientRemoved, .patientMerged, .patientMoved, .patientRenumbered,
            .patientUnmerged, .messageQuarantined, .messageKept, .messageRefused, .messageRedriven, .messageDiscarded:
            false
        default: true
        }
    }

    /// Whether it takes something back: the segments of such a message may be stubs (domain.md 1.6).
    package var isCancel: Bool {
        switch self {
        case .admissionCancelled, .transferCancelled, .dischargeCancelled, .transferPlanCancelled,
            .dischargePlanCancelled, .leaveStartCancelled, .leaveEndCancelled, .deleted, .preadmissionCancelled,
            .clinicianChangeCancelled, .patientRemoved:
            true
        default: false
        }
    }

    /// Whether it says that two identities are one, or no longer: carries `prior`, and no news of the patient or the
    /// stay.
    package var isAboutIdentity: Bool {
        switch self {
        case .merged, .renumbered, .moved, .continued, .patientMerged, .patientMoved, .patientRenumbered,
            .patientUnmerged:
            true
        default: false
        }
    }

    /// Whether it says that what stands under `prior.patients` is this patient's.
    package var joinsPatients: Bool {
        switch self {
        case .patientMerged, .patientMoved, .patientRenumbered: true
        default: false
        }
    }

    /// The order of kinds recorded at the same moment: what opens, what changes, what closes, what takes back.
    ///
    /// Kept in stored states; numbers lie apart so that kinds to come find room.
    var rank: UInt8 {
        switch self {
        case .messageQuarantined, .messageKept, .messageRefused, .messageRedriven, .messageDiscarded: 0
        case .patientAdded: 10
        case .patientUpdated: 20
        case .patientRemoved: 24
        case .preadmitted: 30
        case .registered: 40
        case .admitted: 60
        case .becameInpatient: 70
        case .becameOutpatient: 75
        case .transferPlanned: 90
        case .transferred: 100
        case .leaveStarted: 104
        case .leaveEnded: 108
        case .clinicianChanged: 112
        case .dischargePlanned: 116
        case .updated: 120
        case .discharged: 160
        case .continued: 170
        case .transferPlanCancelled: 180
        case .dischargePlanCancelled: 182
        case .clinicianChangeCancelled: 184
        case .leaveStartCancelled: 186
        case .leaveEndCancelled: 188
        case .transferCancelled: 190
        case .dischargeCancelled: 200
        case .preadmissionCancelled: 210
        case .admissionCancelled: 220
        case .deleted: 230
        case .moved: 240
        case .merged: 242
        case .renumbered: 244
        case .patientRenumbered: 246
        case .patientMoved: 248
        case .patientMerged: 250
        case .patientUnmerged: 252
        }
    }
}
