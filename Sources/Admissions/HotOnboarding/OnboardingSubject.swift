package import EventSourcing

/// Whom a case is about, and in which encounter they were found.
package struct OnboardingSubject: Hashable, Sendable {
    package let who: PatientSubject
    package let encounter: EncounterKey

    package init(hospital: LogName, patient: PatientKey, encounter: EncounterKey) {
        who = PatientSubject(hospital: hospital, patient: patient)
        self.encounter = encounter
    }

    /// `{"encounter":"RH5|SP1","patient":{…}}`
    func encode(into json: inout JSONWriter) {
        json.beginObject()
        json.field("encounter", encounter.rawValue)
        json.key("patient")
        who.encode(into: &json)
        json.endObject()
    }

    init(reading json: inout JSONReader) throws(JSONError) {
        let start = json.offset
        var encounter: String?
        var who: PatientSubject?
        try json.beginObject()
        while let key = try json.nextKey() {
            switch key {
            case "encounter": encounter = try json.readString()
            case "patient": who = try PatientSubject(reading: &json)
            default: try json.skipValue()
            }
        }
        guard let encounter, let who else { throw JSONError(.missingField, offset: start) }
        self.init(hospital: who.hospital, patient: who.patient, encounter: EncounterKey(encounter))
    }
}
