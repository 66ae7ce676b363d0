package import EventSourcing

/// A row of `practice.encounter`: one stay or attendance with all that a list shows of it.
///
/// A pure function of the hospital's facts about the encounter and its patient, the practice in force, and the
/// installation's key: the same after every rebuild, whatever the order in which the messages came.
package struct EncounterRow: Sendable, Hashable {
    /// The practice in force, or `EncounterRow.unknownPractice`.
    package var practice: String
    /// The hospital's log; `nil` when the location is withheld.
    package var hospital: LogName?
    /// Opaque ref, `enc_…`.
    package var encounterRef: String
    /// Number of distinct facts told.
    package var version: Int64
    /// The patient.
    package var patient: PatientSummary
    /// `inpatient`, `daycase`, `emergency`, `outpatient`, `preadmit`, `other`, or `unknown`.
    package var encounterClass: String
    /// `planned`, `arrived`, `in-progress`, `onleave`, `finished`, `cancelled`, `entered-in-error`, or `withdrawn`.
    package var status: String
    /// Whether the person came to the emergency department, whether or not a bed followed.
    package var isAttendance: Bool
    /// Whether we know it only from messages that told something else.
    package var isInferred: Bool
    /// Lists sort by this: admitted, else arrived, else first told.
    package var startedAt: Instant
    /// The admission.
    package var admitted: Happening
    /// NHS Data Dictionary admission method.
    package var admissionMethod: String?
    /// NHS Data Dictionary source of admission.
    package var admissionSource: String?
    /// The arrival of an attendance.
    package var arrived: Happening
    /// How the patient arrived (PV2-38).
    package var arrivalMode: String?
    /// Discharges sort by this: discharged, else discharge told; `nil` while open.
    package var endedAt: Instant?
    /// The end of the stay or attendance.
    package var discharged: Happening
    /// NHS Data Dictionary discharge method.
    package var dischargeMethod: String?
    /// NHS Data Dictionary discharge destination.
    package var dischargeDestination: String?
    /// Outcome of an attendance: A&E attendance disposal.
    package var disposal: String?
    /// Where; all `nil` when the location is withheld.
    package var location: PlaceOfCare
    /// Expected discharge as told (PV2-9).
    package var expectedDischarge: String?
    /// Treatment function; `nil` when the location is withheld.
    package var specialty: String?
    /// Code of the consultant in charge; `nil` when the location is withheld.
    package var consultant: String?
    /// Name of the consultant in charge; `nil` when the location is withheld.
    package var consultantName: String?
    /// Reason; `nil` when the location is withheld.
    package var reason: String?
    /// Whether the patient is fit to leave (ZU1-22); `nil` if nobody said.
    package var isMedicallyFit: Bool?
    /// When the patient was ready for discharge (ZU1-24).
    package var readyAt: Instant?
    /// When we first heard of it.
    package var firstToldAt: Instant
    /// When we last learned something of it.
    package var lastToldAt: Instant
    /// Codes of doubt about the data, in ascending order.
    package var flags: [String]
    /// Of a stay: ref of the A&E attendance it came out of. Of an attendance: ref of the inpatient stay it led to.
    package var linkedRef: String? = nil
    /// Since when, by our clock, the row has stood under this practice.
    package var shownSince: Instant
    /// When we learned that the row is not this practice's to see; `nil` while it is.
    package var withdrawnAt: Instant? = nil
    /// Why it is not.
    package var withdrawnReason: WithdrawalReason? = nil
    /// The hospital's key of the encounter, as the state tables hold it: finds its facts from its ref. Shown to nobody.
    package var encounterKey = ""
    /// The hospital's key of the patient; empty if no message named anybody. Shown to nobody.
    package var patientKey = ""

    /// The practice of those of whom no practice is known.
    package static let unknownPractice = "UNKNOWN"
    /// The status of what is left of a row that has gone to another practice.
    package static let withdrawnStatus = "withdrawn"
}

extension EncounterRow {
    /// Whether the encounter has begun and not ended.
    package var isOpen: Bool { ["arrived", "in-progress", "onleave"].contains(status) }

    /// Whether it was cancelled, entered in error, or is this practice's no more.
    var isCorrected: Bool { ["cancelled", "entered-in-error", Self.withdrawnStatus].contains(status) }

    /// Whether it has gone to another practice, and this is what is left.
    package var isWithdrawn: Bool { status == Self.withdrawnStatus }

    /// Whether an attendance went on as a stay under the same number.
    package var becameStay: Bool { isAttendance && encounterClass != "emergency" }

    /// The attendance that a stay came out of, or the stay that an attendance led to (domain.md 1.2, ED to ward); its own
    /// where the hospital went on under one number.
    package var linkedEncounterRef: String? { linkedRef ?? (becameStay ? encounterRef : nil) }

    /// When what is cancelled, or withdrawn from this practice, was told to be so.
    package var correctedAt: Instant { withdrawnAt ?? lastToldAt }

    /// The row as a list may show it: of a restricted patient without hospital, place, reason, and what would give
    /// these away (issuer of the local number, specialty, consultant) (product.md 4.9).
    package func withholdingLocation() -> EncounterRow {
        guard patient.isRestricted else { return self }
        var row = self
        row.hospital = nil
        row.location = PlaceOfCare()
        row.reason = nil
        row.specialty = nil
        row.consultant = nil
        row.consultantName = nil
        row.patient.localNumber = nil
        row.patient.localIssuer = nil
        return row
    }
}
