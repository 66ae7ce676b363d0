package import EventSourcing

/// The JSON of encounter details: what is absent is left out, what is told to be gone is `null`.
extension EncounterDetails {
    /// Writes the details as one JSON object.
    package func encode(into json: inout JSONWriter) {
        json.beginObject()
        json.field("accountStatus", accountStatus)
        json.field("admitted", admittedAt)
        json.field("arrivalMode", arrivalMode)
        json.field("class", encounterClass?.rawValue)
        json.field("classText", classText)
        json.field("consultant", consultant) { $0.encode(into: &$1) }
        json.field("destination", dischargeDestination)
        json.field("dischargeMethod", dischargeMethod)
        json.field("discharged", dischargedAt)
        json.field("disposal", disposal)
        json.field("disposition", disposition)
        json.field("expectedAdmission", expectedAdmission)
        json.field("expectedDischarge", expectedDischarge)
        json.field("issuer", issuer)
        json.field("location", location) { $0.encode(into: &$1) }
        json.field("medicallyFit", medicallyFit)
        json.field("method", admissionMethod)
        json.field("number", number)
        json.field("numberType", numberType)
        json.field("patientType", patientType)
        json.field("priorLocation", Told(priorLocation)) { $0.encode(into: &$1) }
        json.field("readyForDischarge", readyForDischarge)
        json.field("reason", reason)
        json.field("source", admissionSource)
        json.field("specialty", specialty)
        json.endObject()
    }

    /// Reads what `encode(into:)` writes.
    package init(reading json: inout JSONReader) throws(JSONError) {
        self.init(number: "", issuer: "")
        let start = json.offset
        try json.beginObject()
        while let key = try json.nextKey() {
            switch key {
            case "accountStatus": accountStatus = try json.readToldString()
            case "admitted": admittedAt = try Moment(reading: &json)
            case "arrivalMode": arrivalMode = try json.readToldString()
            case "class": encounterClass = try json.readEnum()
            case "classText": classText = try json.readString()
            case "consultant": consultant = try json.readTold(Clinician.init(reading:))
            case "destination": dischargeDestination = try json.readToldString()
            case "dischargeMethod": dischargeMethod = try json.readToldString()
            case "discharged": dischargedAt = try json.readTold(Moment.init(reading:))
            case "disposal": disposal = try json.readToldString()
            case "disposition": disposition = try json.readString()
            case "expectedAdmission": expectedAdmission = try json.readToldString()
            case "expectedDischarge": expectedDischarge = try json.readToldString()
            case "issuer": issuer = try json.readString()
            case "location": location = try json.readTold(HospitalLocation.init(reading:))
            case "medicallyFit": medicallyFit = try json.readTold { json throws(JSONError) in try json.readBool() }
            case "method": admissionMethod = try json.readToldString()
            case "number": number = try json.readString()
            case "numberType": numberType = try json.readString()
            case "patientType": patientType = try json.readToldString()
            case "priorLocation": priorLocation = try HospitalLocation(reading: &json)
            case "readyForDischarge": readyForDischarge = try json.readTold(Moment.init(reading:))
            case "reason": reason = try json.readToldString()
            case "source": admissionSource = try json.readToldString()
            case "specialty": specialty = try json.readToldString()
            default: try json.skipValue()
            }
        }
        guard !number.isEmpty else { throw JSONError(.missingField, offset: start) }
    }
}

extension HospitalLocation {
    func encode(into json: inout JSONWriter) {
        json.beginObject()
        json.field("bay", bay)
        json.field("bed", bed)
        json.field("description", description)
        json.field("site", site)
        json.field("ward", ward)
        json.endObject()
    }

    init(reading json: inout JSONReader) throws(JSONError) {
        self.init()
        try json.beginObject()
        while let key = try json.nextKey() {
            switch key {
            case "bay": bay = try json.readString()
            case "bed": bed = try json.readString()
            case "description": description = try json.readString()
            case "site": site = try json.readString()
            case "ward": ward = try json.readString()
            default: try json.skipValue()
            }
        }
    }
}
