package import EventSourcing

/// Whom an act is about: a patient of a hospital, by the hospital's own key.
///
/// A key stays what it was when the hospital merges records; who is meant by it now, the identities say.
package struct PatientSubject: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The hospital's log.
    package let hospital: LogName
    package let patient: PatientKey

    package init(hospital: LogName, patient: PatientKey) {
        self.hospital = hospital
        self.patient = patient
    }

    /// Nothing of the key: it is patient data, and descriptions end in logs.
    package var description: String { "PatientSubject" }

    package static func < (lhs: PatientSubject, rhs: PatientSubject) -> Bool {
        (lhs.hospital, lhs.patient) < (rhs.hospital, rhs.patient)
    }

    /// `{"hospital":"RH5","key":"RH5|100"}`
    func encode(into json: inout JSONWriter) {
        json.beginObject()
        json.field("hospital", hospital.rawValue)
        json.field("key", patient.rawValue)
        json.endObject()
    }

    init(reading json: inout JSONReader) throws(JSONError) {
        let start = json.offset
        var hospital: LogName?
        var patient: PatientKey?
        try json.beginObject()
        while let key = try json.nextKey() {
            switch key {
            case "hospital": hospital = LogName(try json.readString())
            case "key": patient = PatientKey(try json.readString())
            default: try json.skipValue()
            }
        }
        guard let hospital, let patient else { throw JSONError(.missingField, offset: start) }
        self.init(hospital: hospital, patient: patient)
    }
}
