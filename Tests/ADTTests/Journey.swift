import ADT
import Admissions
import EventSourcing
import Foundation

/// What a set of messages comes to: the fold of all patients and encounters, as text to compare and to review.
struct Journey {
    private var encounters: [EncounterKey: Encounter] = [:]
    private var patients: [PatientKey: Patient] = [:]
    private var unread: Set<String> = []

    init(_ heard: [Heard]) throws {
        for one in heard {
            let told = try one.told()
            if let reason = one.reading.reason {
                unread.insert("\(one.reading.disposition.rawValue) \(one.reading.trigger) \(reason.rawValue)")
            }
            if let key = told.event.encounterKey {
                encounters[key, default: Encounter(key)].apply(told.event, toldAt: told.toldAt, position: told.position)
            }
            if let key = told.event.patientKey { patients[key, default: Patient(key)].apply(told.event) }
        }
    }

    /// Pretty JSON with sorted keys.
    func text() throws -> String {
        var json = JSONWriter()
        json.beginObject()
        json.key("encounters")
        json.beginArray()
        for key in encounters.keys.sorted() {
            if let encounter = encounters[key] { write(encounter.reading, to: &json) }
        }
        json.endArray()
        json.key("patients")
        json.beginArray()
        for key in patients.keys.sorted() {
            if let patient = patients[key] { write(patient, to: &json) }
        }
        json.endArray()
        json.field("unread", unread.sorted())
        json.endObject()
        let object = try JSONSerialization.jsonObject(with: Data(json.bytes))
        let data = try JSONSerialization.data(
            withJSONObject: object, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
        return String(decoding: data, as: UTF8.self) + "\n"
    }

    private func write(_ reading: EncounterReading, to json: inout JSONWriter) {
        json.beginObject()
        json.field("admission_method", reading.admissionMethod)
        json.field("admission_source", reading.admissionSource)
        write("admitted", reading.admitted, to: &json)
        write("arrived", reading.arrived, to: &json)
        json.field("attendance", reading.isAttendance)
        json.field("class", reading.encounterClass?.rawValue)
        json.field("consultant", reading.consultant.map { [$0.code, $0.name].compactMap(\.self).joined(separator: " ") })
        json.field("died", reading.died)
        json.field("discharge_destination", reading.dischargeDestination)
        json.field("discharge_method", reading.dischargeMethod)
        write("discharged", reading.discharged, to: &json)
        json.field("disposal", reading.disposal)
        json.field("expected_discharge", reading.expectedDischarge)
        json.field("flags", reading.flags)
        json.field("in_hospital", reading.isOpen && reading.isInpatient)
        json.field("key", reading.key.rawValue)
        json.field("location", reading.location.map(Self.text))
        let end = reading.discharged?.moment?.asEnd ?? reading.admitted?.moment?.instant
        json.field("nights", end.flatMap { reading.nights(at: $0) }.map(Int64.init))
        json.field("patient", reading.patient?.rawValue)
        json.field("reason", reading.reason)
        json.field("specialty", reading.specialty)
        json.field("status", reading.status.rawValue)
        json.key("stays")
        json.beginArray()
        for stay in reading.stays {
            json.string(
                "\(stay.location.map(Self.text) ?? "?") from \(stay.from.instant) to \(stay.to.map { "\($0.asEnd)" } ?? "now")")
        }
        json.endArray()
        json.field("version", Int64(reading.version))
        json.endObject()
    }

    private func write(_ name: StaticString, _ told: ToldMoment?, to json: inout JSONWriter) {
        guard let told else { return }
        json.key(name)
        json.beginObject()
        if let moment = told.moment {
            json.key("moment")
            moment.encode(into: &json)
        }
        json.field("told", told.toldAt)
        json.endObject()
    }

    private func write(_ patient: Patient, to json: inout JSONWriter) {
        json.beginObject()
        json.field("address", (patient.address?.lines ?? []) + [patient.address?.postcode].compactMap(\.self))
        json.field("born", patient.born)
        json.field("deceased", patient.isDeceased)
        if let died = patient.diedAt {
            json.key("died_at")
            died.encode(into: &json)
        }
        json.field("family", patient.name?.family)
        json.field("gender", patient.gender?.rawValue)
        json.field("given", patient.name?.given ?? [])
        json.field("gp", patient.gp?.code)
        json.field("identifiers", patient.identifiers.map { "\($0.issuer)|\($0.value)|\($0.type)" })
        json.field("key", patient.key.rawValue)
        json.field("nhs_number", patient.nhsNumber?.digits)
        json.field("nhs_number_status", patient.nhsNumberStatus)
        json.field("phones", patient.phones)
        json.field("practice", patient.practice?.rawValue ?? "unknown")
        json.field("prefix", patient.name?.prefix)
        json.endObject()
    }

    private static func text(_ location: HospitalLocation) -> String {
        [location.site, location.ward, location.bay, location.bed].map { $0 ?? "-" }.joined(separator: "/")
    }
}
