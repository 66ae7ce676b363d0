import EventSourcing
import Projections

/// A Flag of FHIR R4: one for each flag of the board.
enum FlagResource {
    static let type: StaticString = "Flag"

    static func make(_ flag: PatientFlag) -> FHIRResource {
        let patient = flag.row.patient
        return FHIRResource(
            type, id: flag.id, lastUpdated: flag.row.correctedAt, isRestricted: patient.isRestricted
        ) { json in
            json.field("status", "active")
            json.objects("category", [concept(FHIRSystem.flagCategory, flag.code.category, nil)])
            json.known("code", concept(FHIRSystem.flag, flag.code.rawValue, flag.text))
            json.known("subject", JSONAnswer.reference("Patient/\(FHIRText.id(ref: patient.ref))"))
            json.known("period", JSONAnswer.period(start: flag.since, end: nil))
            if flag.code != .deceased {
                json.known("encounter", JSONAnswer.reference("Encounter/\(FHIRText.id(ref: flag.row.encounterRef))"))
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
