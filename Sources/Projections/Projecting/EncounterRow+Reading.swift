import Admissions
import EventSourcing

extension EncounterRow {
    /// The row that shows what the facts of an encounter mean, beside what is known of its patient.
    init(
        practice: String, hospital: LogName, ref: String, patient: PatientSummary, visit: LogReading.Visit,
        shownSince: Instant
    ) {
        let reading = visit.reading
        let firstTold = reading.firstTold ?? Instant(microseconds: 0)
        let admitted = Happening(reading.admitted)
        let arrived = Happening(reading.arrived)
        self.init(
            practice: practice, hospital: hospital, encounterRef: ref, version: Int64(reading.version),
            patient: patient, encounterClass: reading.encounterClass?.rawValue ?? "unknown",
            status: reading.status.rawValue, isAttendance: reading.isAttendance, isInferred: reading.isInferred,
            startedAt: admitted.at ?? arrived.at ?? firstTold,
            admitted: reading.isInpatient ? admitted.told(atLatest: firstTold) : admitted,
            admissionMethod: reading.admissionMethod.map(Self.clipped),
            admissionSource: reading.admissionSource.map(Self.clipped),
            arrived: reading.isAttendance ? arrived.told(atLatest: firstTold) : arrived,
            arrivalMode: reading.arrivalMode.map(Self.clipped),
            endedAt: reading.discharged.map { $0.moment?.asEnd ?? $0.toldAt },
            discharged: Happening(reading.discharged), dischargeMethod: reading.dischargeMethod.map(Self.clipped),
            dischargeDestination: reading.dischargeDestination.map(Self.clipped),
            disposal: reading.disposal.map(Self.clipped),
            location: PlaceOfCare(
                site: reading.location?.site.map(Self.clipped), ward: reading.location?.ward.map(Self.clipped),
                bay: reading.location?.bay.map(Self.clipped), bed: reading.location?.bed.map(Self.clipped),
                text: reading.location?.description.map(Self.clipped)),
            expectedDischarge: reading.expectedDischarge.map(Self.clipped),
            specialty: reading.specialty.map(Self.clipped), consultant: reading.consultant?.code.map(Self.clipped),
            consultantName: reading.consultant?.name.map(Self.clipped), reason: reading.reason.map(Self.clipped),
            isMedicallyFit: reading.medicallyFit, readyAt: reading.readyForDischarge?.instant,
            firstToldAt: firstTold, lastToldAt: reading.lastTold ?? firstTold, flags: Self.listed(visit.flags),
            shownSince: shownSince)
    }

    /// Joins a stay and the attendance that it came out of: they are one line (domain.md 1.2, ED to ward).
    ///
    /// A stay shows when the person arrived; an attendance is linked only with a stay that inpatient lists show, so nobody
    /// falls between the lists.
    mutating func link(_ other: EncounterReading, ref: String) {
        if isAttendance {
            if other.isInpatient { linkedRef = ref }
        } else if other.isAttendance {
            linkedRef = ref
            if arrived == .unknown {
                arrived = Happening(other.arrived).told(atLatest: other.firstTold ?? firstToldAt)
                arrivalMode = other.arrivalMode.map(Self.clipped)
            }
        }
    }

    /// What is left with a practice of a row that has gone: whom it showed and which stay, not where it went nor anything told
    /// since (domain.md 7.3).
    func withdrawn(at told: Instant, because reason: WithdrawalReason) -> EncounterRow {
        var row = self
        row.status = Self.withdrawnStatus
        row.version += 1
        row.withdrawnAt = told
        row.withdrawnReason = reason
        row.location = PlaceOfCare()
        row.specialty = nil
        row.consultant = nil
        row.consultantName = nil
        row.reason = nil
        row.expectedDischarge = nil
        row.isMedicallyFit = nil
        row.readyAt = nil
        row.linkedRef = nil
        return row
    }

    /// The longest text of a column, in bytes of UTF-8: a message may carry a megabyte in one field.
    static let textBytesMax = 4_096

    /// Text as a column can hold it: without NUL, and not endless.
    static func clipped(_ text: String) -> String {
        StorableText.clip(text, bytesMax: textBytesMax)
    }

    /// Texts as a column of several can hold them: none empty, none with the separator under which they are written.
    static func listed(_ texts: [String]) -> [String] {
        texts.filter { !$0.isEmpty }.map { text in
            clipped(
                text.contains(EncounterTable.separator) ? text.replacing(EncounterTable.separator, with: " ") : text)
        }
    }
}

extension Happening {
    /// What happened, and when we heard; `nil` gives `unknown`.
    init(_ told: ToldMoment?) {
        self.init(
            at: told?.moment?.instant, precision: told?.moment?.precision.rawValue,
            isAmbiguous: told?.moment.map { $0.isAmbiguous || $0.wasShifted } ?? false, toldAt: told?.toldAt)
    }

    /// The same, told at this time if nothing told it as such: of an inferred encounter the news is that it exists.
    func told(atLatest first: Instant) -> Happening {
        var happening = self
        happening.toldAt = toldAt ?? first
        return happening
    }
}
