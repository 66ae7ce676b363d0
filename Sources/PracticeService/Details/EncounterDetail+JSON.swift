import Admissions
import EventSourcing
import Projections

extension JSONAnswer {
    /// All that is known of one encounter, without its patient: members of an object.
    ///
    /// Of a restricted patient there is neither place, reason, specialty nor clinician (product.md section 4.9). What
    /// is not known is `null`: `departed` of a stay, `admitted` of an attendance.
    mutating func encounterMembers(_ row: EncounterRow, providers: ProviderDirectory, now: Instant) {
        let row = row.withholdingLocation()
        field("encounter", row.encounterRef)
        field("version", row.version)
        field("class", row.encounterClass)
        field("status", row.status)
        key("arrived")
        happening(row.arrived)
        key("departed")
        if row.isAttendance { departure(row) } else { null() }
        key("admitted")
        if row.isAttendance && !row.becameStay { null() } else { admission(row) }
        key("discharged")
        if row.isAttendance && !row.becameStay { null() } else { discharge(row) }
        key("location")
        location(row, providers: providers)
        field("nights", row.nights(at: now))
        field("expected_discharge", DayText.day(of: row.expectedDischarge))
        key("specialty")
        coded(row.specialty, UKCodes.treatmentFunction.label(for: row.specialty))
        key("consultant")
        clinician(code: row.consultant, name: row.consultantName)
        field("reason", row.reason)
        key("medically_fit")
        if let isFit = row.isMedicallyFit { bool(isFit) } else { null() }
        field("ready_at", systemTime: row.readyAt)
        field("came_from", row.isAttendance ? (row.becameStay ? row.encounterRef : nil) : row.linkedRef)
        field("led_to", row.isAttendance ? row.linkedEncounterRef : nil)
        field("standing", EncounterStanding.of(row, now: now).rawValue)
        field("inferred", row.isInferred)
        key("doubts")
        beginArray()
        for doubt in row.flags { string(doubt) }
        endArray()
        field("first_told_at", systemTime: row.firstToldAt)
        field("last_told_at", systemTime: row.lastToldAt)
        key("corrected")
        if row.isCorrected { correction(row) } else { null() }
    }

    /// A code and what it means; `null` where none was told.
    mutating func coded(_ code: String?, _ text: String?) {
        guard let code else { return null() }
        beginObject()
        field("code", code)
        field("text", text)
        endObject()
    }

    /// A clinician by code and name; `null` where neither was told.
    mutating func clinician(code: String?, name: String?) {
        guard code != nil || name != nil else { return null() }
        beginObject()
        field("code", code)
        field("name", name)
        endObject()
    }
}

extension EncounterRow {
    /// Whether it was cancelled, entered in error, or withdrawn from this practice.
    var isCorrected: Bool { ["cancelled", "entered-in-error", Self.withdrawnStatus].contains(status) }
}
