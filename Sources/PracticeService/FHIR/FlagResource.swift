import Admissions
import EventSourcing
import Projections

/// A Flag of FHIR R4: one for each flag of the board. It is there while its rule holds, so none is ever inactive.
enum FlagResource {
    static let type: StaticString = "Flag"

    static func make(_ flag: BoardFlag) -> FHIRResource {
        FHIRResource(type, id: flag.fhirID, lastUpdated: flag.toldAt, isRestricted: flag.isRestricted) { json in
            json.field("status", "active")
            json.objects("category", [concept(FHIRSystem.flagCategory, flag.category, nil)])
            json.known("code", concept(FHIRSystem.flag, flag.flag.rule.rawValue, flag.text))
            json.known("subject", JSONAnswer.reference("Patient/\(FHIRText.id(ref: flag.patientRef))"))
            json.known("period", JSONAnswer.period(start: flag.since?.text, end: nil))
            if !flag.isOfPerson {
                json.known("encounter", JSONAnswer.reference("Encounter/\(FHIRText.id(ref: flag.encounterRef))"))
            }
        }
    }

    private static func concept(_ system: StaticString, _ code: String, _ text: String?) -> [UInt8] {
        JSONAnswer.object { json in
            json.objects("coding", [JSONAnswer.coding(system, code, nil)])
            json.known("text", text)
        }
    }
}
