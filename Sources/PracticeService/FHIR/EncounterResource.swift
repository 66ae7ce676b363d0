import Admissions
import EventSourcing
import Projections

/// An Encounter of FHIR R4, in UK Core's codes (domain.md section 4.1).
///
/// `meta.profile` is not claimed, since we do not validate against it. A restricted patient's has `meta.security` R and
/// neither place, provider, reason, specialty, clinician, source nor destination (product.md section 4.9). A row that
/// has left the practice is `entered-in-error`, or `unknown` where the patient is registered elsewhere now.
enum EncounterResource {
    static let type: StaticString = "Encounter"

    static func make(_ row: EncounterRow, providers: ProviderDirectory) -> FHIRResource {
        let row = row.withholdingLocation()
        return FHIRResource(
            type, id: FHIRText.id(ref: row.encounterRef), version: row.version, lastUpdated: row.correctedAt,
            isRestricted: row.patient.isRestricted
        ) { json in
            write(row, providers: providers, to: &json)
        }
    }

    /// The status of FHIR.
    static func status(_ row: EncounterRow) -> String {
        guard row.status == EncounterRow.withdrawnStatus else { return row.status }
        return row.withdrawnReason == .registeredElsewhere ? "unknown" : "entered-in-error"
    }

    /// The code of `class` for each class of the view; those without one are a null flavour.
    static let classes: [String: (system: StaticString, code: String, display: String)] = [
        "inpatient": (FHIRSystem.actCode, "IMP", "inpatient encounter"),
        "daycase": (FHIRSystem.actCode, "SS", "short stay"),
        "emergency": (FHIRSystem.actCode, "EMER", "emergency"),
        "outpatient": (FHIRSystem.actCode, "AMB", "ambulatory"),
        "preadmit": (FHIRSystem.actCode, "PRENC", "pre-admission"),
        "other": (FHIRSystem.nullFlavor, "OTH", "other"),
        "unknown": (FHIRSystem.nullFlavor, "UNK", "unknown"),
    ]

    private static func write(_ row: EncounterRow, providers: ProviderDirectory, to json: inout JSONAnswer) {
        json.objects("extension", extensions(row))
        json.objects("identifier", [JSONAnswer.identifier(FHIRSystem.encounterRef, row.encounterRef)])
        json.field("status", status(row))
        json.known("class", encounterClass(row.encounterClass))
        json.objects("classHistory", classHistory(row))
        json.known(
            "serviceType",
            JSONAnswer.concept(
                FHIRSystem.treatmentFunction, row.specialty, UKCodes.treatmentFunction.label(for: row.specialty)))
        json.known("subject", subject(row.patient))
        json.objects("participant", [participant(row)])
        json.known("period", period(row))
        json.objects(
            "reasonCode", [FHIRText.string(row.reason).map { text in JSONAnswer.object { $0.field("text", text) } }])
        json.known("hospitalization", hospitalization(row))
        json.objects("location", [location(row, providers: providers)])
        if let hospital = row.hospital?.rawValue {
            json.known(
                "serviceProvider",
                JSONAnswer.organisation(hospital, display: providers.siteName(site: nil, hospital: hospital)))
        }
    }

    private static func extensions(_ row: EncounterRow) -> [[UInt8]?] {
        [
            JSONAnswer.concept(
                FHIRSystem.dischargeMethod, row.dischargeMethod, UKCodes.dischargeMethod.label(for: row.dischargeMethod)
            ).map { JSONAnswer.extending(FHIRSystem.dischargeMethodExtension, "valueCodeableConcept", $0) },
            disposal(row).map {
                JSONAnswer.extending(
                    FHIRSystem.emergencyCareDischargeStatusExtension, "valueCodeableConcept", $0)
            },
            FHIRText.date(DayText.day(of: row.expectedDischarge)).map { day in
                JSONAnswer.object { json in
                    json.key("url")
                    json.string(FHIRSystem.expectedDischargeExtension)
                    json.field("valueDate", day)
                }
            },
            // Its own where the hospital went on under one number; that is said by classHistory.
            row.linkedRef.map { ref in
                JSONAnswer.extending(
                    row.isAttendance ? FHIRSystem.ledToExtension : FHIRSystem.cameFromExtension, "valueReference",
                    JSONAnswer.reference("Encounter/\(FHIRText.id(ref: ref))"))
            },
        ]
    }

    /// How an attendance ended: a code of SNOMED CT, or the words for one of the digits that UK Core does not have.
    private static func disposal(_ row: EncounterRow) -> [UInt8]? {
        let code = FHIRText.code(row.disposal)
        let isSNOMED = UKCodes.emergencyCareDischargeStatus.entry(for: code) != nil
        return JSONAnswer.concept(isSNOMED ? FHIRSystem.snomed : nil, code, UKCodes.disposalLabel(for: code))
    }

    private static func encounterClass(_ name: String) -> [UInt8]? {
        (classes[name] ?? classes["unknown"]).map { JSONAnswer.coding($0.system, $0.code, $0.display) }
    }

    /// Of a stay that began as an attendance under the same number: first the one, then the other.
    private static func classHistory(_ row: EncounterRow) -> [[UInt8]?] {
        guard row.becameStay, let arrived = start(row.arrived), let admitted = start(row.admitted) else { return [] }
        return [("emergency", arrived, admitted), (row.encounterClass, admitted, end(row))].map { name, start, end in
            JSONAnswer.object { json in
                json.known("class", encounterClass(name))
                json.known("period", JSONAnswer.period(start: start, end: end))
            }
        }
    }

    private static func subject(_ patient: PatientSummary) -> [UInt8] {
        JSONAnswer.reference(
            "Patient/\(FHIRText.id(ref: patient.ref))",
            identifier: patient.nhsNumber.map { JSONAnswer.identifier(FHIRSystem.nhsNumber, $0) })
    }

    private static func participant(_ row: EncounterRow) -> [UInt8]? {
        let name = FHIRText.string(row.consultantName)
        let number = gmcNumber(row.consultant)
        guard name != nil || number != nil else { return nil }
        return JSONAnswer.object { json in
            json.objects(
                "type",
                [
                    JSONAnswer.object {
                        $0.objects("coding", [JSONAnswer.coding(FHIRSystem.participationType, "ATND", "attender")])
                    }
                ])
            json.known(
                "individual",
                JSONAnswer.reference(
                    nil, identifier: number.map { JSONAnswer.identifier(FHIRSystem.gmcNumber, $0) }, display: name))
        }
    }

    /// A consultant's code is C and the GMC number; C9999998 is nobody's (NHS Data Dictionary, CONSULTANT CODE).
    private static func gmcNumber(_ code: String?) -> String? {
        guard let code, code.utf8.count == 8, code.hasPrefix("C"), code != "C9999998",
            code.utf8.dropFirst().allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        return String(code.dropFirst())
    }

    /// When it began, as `EncounterSearch` has it, and ended; where only the telling is known nothing is said.
    private static func period(_ row: EncounterRow) -> [UInt8]? {
        JSONAnswer.period(start: start(row.admitted) ?? start(row.arrived), end: end(row))
    }

    private static func start(_ happening: Happening) -> String? {
        happening.at.map { FHIRText.dateTime($0, precision: happening.precision) }
    }

    private static func end(_ row: EncounterRow) -> String? { start(row.discharged) }

    private static func hospitalization(_ row: EncounterRow) -> [UInt8]? {
        let isOpenToAll = !row.patient.isRestricted
        let method = JSONAnswer.concept(
            FHIRSystem.admissionMethod, row.admissionMethod, UKCodes.admissionMethod.label(for: row.admissionMethod))
        let source =
            isOpenToAll
            ? JSONAnswer.concept(
                FHIRSystem.admissionSource, row.admissionSource, UKCodes.admissionSource.label(for: row.admissionSource)
            )
            : nil
        let destination =
            isOpenToAll
            ? JSONAnswer.concept(
                FHIRSystem.dischargeDestination, row.dischargeDestination,
                UKCodes.dischargeDestination.label(for: row.dischargeDestination)) : nil
        guard method != nil || source != nil || destination != nil else { return nil }
        return JSONAnswer.object { json in
            json.objects(
                "extension",
                [
                    method.map {
                        JSONAnswer.extending(FHIRSystem.admissionMethodExtension, "valueCodeableConcept", $0)
                    }
                ])
            json.known("admitSource", source)
            json.known("dischargeDisposition", destination)
        }
    }

    private static func location(_ row: EncounterRow, providers: ProviderDirectory) -> [UInt8]? {
        guard !row.patient.isRestricted else { return nil }
        let place = row.location
        let site = providers.siteName(site: place.site, hospital: row.hospital?.rawValue) ?? place.site
        let words = [site, place.ward, place.bay.map { "bay \($0)" }, place.bed.map { "bed \($0)" }, place.text]
        guard [place.site, place.ward, place.bay, place.bed, place.text].contains(where: { $0 != nil }) else {
            return nil
        }
        let id = PlaceKey(row)?.text
        return JSONAnswer.object { json in
            json.known(
                "location",
                JSONAnswer.reference(
                    id.map { "Location/\($0)" }, display: words.compactMap(FHIRText.string).joined(separator: ", ")))
            if row.isOpen { json.field("status", "active") }
            if row.status == "finished" { json.field("status", "completed") }
            json.known("physicalType", LocationResource.physicalType(hasWard: place.ward != nil))
        }
    }
}
