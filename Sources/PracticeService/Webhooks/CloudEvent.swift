import EventSourcing
import Projections

/// The body of a webhook's call: CloudEvents 1.0 in JSON, signal only (product.md 5.5).
///
/// Refs, a practice and a class; neither a hospital nor anything of the patient.
enum CloudEvent {
    static func body(_ delivery: WebhookDelivery, practice: String, source: String) -> [UInt8] {
        var json = JSONAnswer(capacity: 384)
        json.beginObject()
        json.field("specversion", "1.0")
        json.field("id", delivery.event)
        json.field("source", source)
        json.field("type", type(of: delivery.type))
        json.field("time", systemTime: delivery.toldAt)
        if let patient = delivery.patientRef { json.field("subject", patient) }
        if let encounter = delivery.encounterRef {
            json.field("dataref", "/api/v1/encounters/\(encounter)")
        } else if let patient = delivery.patientRef {
            json.field("dataref", "/api/v1/patients/\(patient)")
        }
        json.key("filtering")
        json.beginObject()
        json.field("generalpractitioner", practice)
        if let code = delivery.encounterClass.flatMap(actCode) { json.field("class", code) }
        json.endObject()
        json.endObject()
        return json.bytes
    }

    /// `encounter.admitted` as `primary-conect-encounter-admitted-1`.
    static func type(of change: String) -> String {
        "primary-conect-\(String(change.map { $0 == "." || $0 == "_" ? "-" : $0 }))-1"
    }

    /// The class as HL7's v3 ActCode has it, which UK Core uses.
    private static func actCode(_ encounterClass: String) -> String? {
        switch encounterClass {
        case "inpatient": "IMP"
        case "daycase": "SS"
        case "emergency": "EMER"
        case "outpatient": "AMB"
        case "preadmit": "PRENC"
        default: nil
        }
    }
}
