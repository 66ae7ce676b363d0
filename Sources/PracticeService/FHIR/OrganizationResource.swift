import EventSourcing

/// An Organization of FHIR R4: a hospital that tells us, or a practice of the token. Its id is its ODS code.
enum OrganizationResource {
    static let type: StaticString = "Organization"

    static func make(code: String, name: String?) -> FHIRResource {
        FHIRResource(type, id: code) { json in
            json.objects("identifier", [JSONAnswer.identifier(FHIRSystem.odsOrganisation, code)])
            json.field("active", true)
            json.objects(
                "type",
                [
                    JSONAnswer.object {
                        $0.objects(
                            "coding", [JSONAnswer.coding(FHIRSystem.organisationType, "prov", "Healthcare Provider")])
                    }
                ])
            json.known("name", FHIRText.string(name))
        }
    }
}
