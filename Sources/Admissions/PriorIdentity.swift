import EventSourcing

/// Who a patient, or what an encounter, was before: MRG.
package struct PriorIdentity: Sendable, Equatable {
    /// The hospital's own numbers: MRG-1, those of the kind that names the patient now.
    package var identifiers: [Identifier]
    /// An NHS number in MRG-1; names a patient only where no other number does.
    package var nhsNumber: NHSNumber?
    /// MRG-5, else MRG-3: the visit.
    package var encounter: EncounterKey?

    package init(identifiers: [Identifier] = [], nhsNumber: NHSNumber? = nil, encounter: EncounterKey? = nil) {
        self.identifiers = identifiers
        self.nhsNumber = nhsNumber
        self.encounter = encounter
    }

    /// The patients it names.
    package var patients: [PatientKey] {
        identifiers.isEmpty ? nhsNumber.map { [PatientKey($0)] } ?? [] : identifiers.map(PatientKey.init)
    }
}

/// The JSON of a prior identity: `{"encounter":"RXX|SP1","ids":[…],"nhs":"9990000018"}`, what is not told left out.
extension PriorIdentity {
    func encode(into json: inout JSONWriter) {
        json.beginObject()
        json.field("encounter", encounter?.rawValue)
        json.field("ids", identifiers)
        json.field("nhs", nhsNumber?.digits)
        json.endObject()
    }

    init(reading json: inout JSONReader) throws(JSONError) {
        self.init()
        try json.beginObject()
        while let key = try json.nextKey() {
            switch key {
            case "encounter": encounter = EncounterKey(try json.readString())
            case "ids": identifiers += try json.readIdentifiers()
            case "nhs": nhsNumber = try NHSNumber(reading: &json)
            default: try json.skipValue()
            }
        }
    }
}
