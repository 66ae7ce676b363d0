import Admissions
import EventSourcing
import Projections

/// A Patient of FHIR R4, in UK Core's systems (domain.md section 4.1), from the latest row that shows the patient.
///
/// Of a restricted patient there is `meta.security` R and no number of the hospital's own, which would tell where the
/// patient is. Whether an NHS number was traced is not in the views, so its extension is left out rather than guessed.
enum PatientResource {
    static let type: StaticString = "Patient"

    static func make(_ row: EncounterRow) -> FHIRResource {
        let patient = row.withholdingLocation().patient
        return FHIRResource(
            type, id: FHIRText.id(ref: patient.ref), lastUpdated: row.correctedAt, isRestricted: patient.isRestricted
        ) { json in
            json.objects("identifier", [nhsNumber(patient), local(patient)])
            json.objects("name", [name(patient), preferred(patient)])
            json.known("gender", patient.gender.map { (Gender(rawValue: $0) ?? .unknown).rawValue })
            json.known("birthDate", FHIRText.date(patient.born))
            if let died = patient.diedAt, patient.isDeceased {
                json.field("deceasedDateTime", FHIRText.dateTime(died, precision: patient.diedPrecision))
            } else if patient.isDeceased {
                json.field("deceasedBoolean", true)
            }
            // Who has the patient now is not told to the practice that had (domain.md section 7.3).
            if row.status != EncounterRow.withdrawnStatus {
                json.objects("generalPractitioner", [JSONAnswer.organisation(row.practice)])
            }
        }
    }

    private static func nhsNumber(_ patient: PatientSummary) -> [UInt8]? {
        patient.nhsNumber.map { number in
            JSONAnswer.object { json in
                json.field("use", "official")
                json.key("system")
                json.string(FHIRSystem.nhsNumber)
                json.field("value", number)
            }
        }
    }

    private static func local(_ patient: PatientSummary) -> [UInt8]? {
        FHIRText.string(patient.localNumber).map { number in
            JSONAnswer.object { json in
                json.field("use", "secondary")
                json.known(
                    "type",
                    JSONAnswer.object {
                        $0.objects(
                            "coding", [JSONAnswer.coding(FHIRSystem.identifierType, "MR", "Medical record number")])
                    })
                json.field("value", number)
                if let issuer = FHIRText.string(patient.localIssuer) {
                    json.known("assigner", JSONAnswer.reference(nil, display: issuer))
                }
            }
        }
    }

    private static func name(_ patient: PatientSummary) -> [UInt8]? {
        let family = FHIRText.string(patient.family)
        let given = patient.given.compactMap(FHIRText.string)
        guard family != nil || !given.isEmpty else { return nil }
        return JSONAnswer.object { json in
            json.field("use", "official")
            json.known("family", family)
            json.strings("given", given)
            json.strings("prefix", [patient.prefix].compactMap(FHIRText.string))
        }
    }

    private static func preferred(_ patient: PatientSummary) -> [UInt8]? {
        FHIRText.string(patient.preferred).map { preferred in
            JSONAnswer.object { json in
                json.field("use", "usual")
                json.field("text", preferred)
            }
        }
    }
}
