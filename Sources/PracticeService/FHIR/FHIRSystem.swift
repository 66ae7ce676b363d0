/// The systems of the codes and identifiers that the FHIR facade writes (domain.md section 4.1).
///
/// Those of HL7, of UK Core R4 and of the NHS are theirs; what nobody has published has a system of our own, under a
/// name that is reserved for examples (RFC 2606) and leads nowhere.
enum FHIRSystem {
    // Identifiers.
    static let nhsNumber: StaticString = "https://fhir.nhs.uk/Id/nhs-number"
    static let odsOrganisation: StaticString = "https://fhir.nhs.uk/Id/ods-organization-code"
    static let odsSite: StaticString = "https://fhir.nhs.uk/Id/ods-site-code"
    static let gmcNumber: StaticString = "https://fhir.hl7.org.uk/Id/gmc-number"
    /// Our opaque ref. A visit number is the hospital's, and the views do not have it.
    static let encounterRef: StaticString = "https://primary-conect.example/fhir/Id/encounter-ref"

    // Codes of HL7.
    static let actCode: StaticString = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
    static let nullFlavor: StaticString = "http://terminology.hl7.org/CodeSystem/v3-NullFlavor"
    static let confidentiality: StaticString = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality"
    static let participationType: StaticString = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType"
    static let identifierType: StaticString = "http://terminology.hl7.org/CodeSystem/v2-0203"
    static let physicalType: StaticString = "http://terminology.hl7.org/CodeSystem/location-physical-type"
    static let organisationType: StaticString = "http://terminology.hl7.org/CodeSystem/organization-type"
    static let flagCategory: StaticString = "http://terminology.hl7.org/CodeSystem/flag-category"
    static let snomed: StaticString = "http://snomed.info/sct"

    // Codes of the NHS.
    static let admissionMethod: StaticString = "https://fhir.hl7.org.uk/CodeSystem/UKCore-AdmissionMethodEngland"
    static let admissionSource: StaticString = "https://fhir.hl7.org.uk/CodeSystem/UKCore-SourceOfAdmissionEngland"
    static let dischargeMethod: StaticString = "https://fhir.hl7.org.uk/CodeSystem/UKCore-DischargeMethodEngland"
    static let dischargeDestination: StaticString =
        "https://fhir.hl7.org.uk/CodeSystem/UKCore-DischargeDestinationEngland"
    static let treatmentFunction: StaticString =
        "https://fhir.nhs.uk/CodeSystem/NHSDataModelAndDictionary-treatment-function"

    // Our own codes.
    static let problem: StaticString = "/fhir/CodeSystem/problem"
    static let flag: StaticString = "https://primary-conect.example/fhir/CodeSystem/flag"

    // Extensions of UK Core, and our own.
    static let admissionMethodExtension: StaticString =
        "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-AdmissionMethod"
    static let dischargeMethodExtension: StaticString =
        "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-DischargeMethod"
    static let emergencyCareDischargeStatusExtension: StaticString =
        "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-EmergencyCareDischargeStatus"
    static let expectedDischargeExtension: StaticString =
        "https://primary-conect.example/fhir/StructureDefinition/expected-discharge"
    static let cameFromExtension: StaticString = "https://primary-conect.example/fhir/StructureDefinition/came-from"
    static let ledToExtension: StaticString = "https://primary-conect.example/fhir/StructureDefinition/led-to"
}
