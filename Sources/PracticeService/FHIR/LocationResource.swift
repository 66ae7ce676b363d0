import EventSourcing
import Projections

/// A Location of FHIR R4: a ward, or a site where no ward was told.
enum LocationResource {
    static let type: StaticString = "Location"

    static func make(_ place: PlaceKey, id: String, providers: ProviderDirectory) -> FHIRResource {
        FHIRResource(type, id: id) { json in
            if place.ward == nil, let site = FHIRText.string(place.site) {
                json.objects("identifier", [JSONAnswer.identifier(FHIRSystem.odsSite, site)])
            }
            json.field("status", "active")
            let site = providers.siteName(site: place.site, hospital: place.hospital.rawValue) ?? place.site
            json.known("name", FHIRText.string(place.ward) ?? FHIRText.string(site))
            if place.ward != nil { json.known("description", FHIRText.string(site)) }
            json.field("mode", "instance")
            json.known("physicalType", physicalType(hasWard: place.ward != nil))
            json.known(
                "managingOrganization",
                JSONAnswer.organisation(
                    place.hospital.rawValue,
                    display: providers.siteName(site: nil, hospital: place.hospital.rawValue)))
        }
    }

    /// Ward, or site.
    static func physicalType(hasWard: Bool) -> [UInt8] {
        JSONAnswer.object { json in
            json.objects(
                "coding",
                [JSONAnswer.coding(FHIRSystem.physicalType, hasWard ? "wa" : "si", hasWard ? "Ward" : "Site")])
        }
    }
}
