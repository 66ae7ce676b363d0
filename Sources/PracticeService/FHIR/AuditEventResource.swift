package import Audit
import EventSourcing
import FoundationEssentials

/// An AuditEvent of FHIR R4 for one access record, in the shape of IHE Basic Audit Log Patterns (BALP 1.1: Patient Read,
/// Patient Query): a RESTful read or search, the client, the server and the user as agents, the patients, the query and
/// the request's id as entities.
///
/// A page that showed many patients is one event with many patients, as one request was made; that is more than BALP's
/// Patient Read allows, so no profile is claimed. Polls that found nothing, and grants that nothing was read under, are
/// no events of their own.
package enum AuditEventResource {
    static let type: StaticString = "AuditEvent"

    /// The records that are audit events.
    package static let kinds: Set<AccessLine.Kind> = [.look, .reveal, .breakGlass, .denial]

    /// The event as JSON, for an export.
    package static func json(_ line: AccessLine) -> [UInt8] { make(line).json }

    static func make(_ line: AccessLine) -> FHIRResource {
        FHIRResource(type, id: line.id, lastUpdated: line.at) { json in
            json.known("type", JSONAnswer.coding(Systems.eventType, "rest", "RESTful Operation"))
            json.objects(
                "subtype",
                [
                    line.isRead
                        ? JSONAnswer.coding(Systems.interaction, "read", "read")
                        : JSONAnswer.coding(Systems.interaction, "search-type", "search-type")
                ])
            json.field("action", line.isRead ? "R" : "E")
            json.field("recorded", systemTime: line.at)
            json.field("outcome", line.kind == .denial ? "4" : "0")
            json.known("outcomeDesc", line.denial)
            json.objects("purposeOfEvent", [purpose(line)])
            json.objects("agent", agents(line))
            json.known("source", source)
            json.objects("entity", entities(line))
        }
    }

    private static func purpose(_ line: AccessLine) -> [UInt8] {
        let (code, display) =
            switch line.purpose {
            case "break-glass": ("BTG", "break the glass")
            case "audit": ("HCOMPL", "health compliance")
            default: ("TREAT", "treatment")
            }
        return JSONAnswer.object { json in
            json.objects("coding", [JSONAnswer.coding(Systems.actReason, code, display)])
            json.known("text", FHIRText.string(line.reason))
        }
    }

    private static func agents(_ line: AccessLine) -> [[UInt8]?] {
        [
            agent((Systems.dicom, "110153", "Source Role ID"), isRequestor: false) { json in
                json.known("who", who(line.client))
            },
            agent((Systems.dicom, "110152", "Destination Role ID"), isRequestor: false) { json in
                json.known("who", JSONAnswer.reference(nil, display: "Primary Conect"))
            },
            agent((FHIRSystem.participationType, "IRCP", "information recipient"), isRequestor: true) { json in
                json.objects("role", [JSONAnswer.object { $0.field("text", line.role) }])
                json.known("who", who(line.subject))
            },
            line.organisation.map { organisation in
                agent((Systems.roleClass, "PROV", "healthcare provider"), isRequestor: false) { json in
                    json.known("who", JSONAnswer.organisation(organisation))
                }
            },
        ]
    }

    /// Who, by the name in the token: there is no resource of them here.
    private static func who(_ name: String) -> [UInt8] {
        JSONAnswer.reference(nil, identifier: JSONAnswer.object { $0.field("value", name) })
    }

    private static func agent(
        _ type: (system: StaticString, code: String, display: String), isRequestor: Bool,
        _ content: (inout JSONAnswer) -> Void
    ) -> [UInt8] {
        JSONAnswer.object { json in
            json.known(
                "type",
                JSONAnswer.object { $0.objects("coding", [JSONAnswer.coding(type.system, type.code, type.display)]) })
            content(&json)
            json.field("requestor", isRequestor)
        }
    }

    private static var source: [UInt8] {
        JSONAnswer.object { json in
            json.known("observer", JSONAnswer.reference(nil, display: "Primary Conect"))
            json.objects("type", [JSONAnswer.coding(Systems.sourceType, "4", "Application Server")])
        }
    }

    private static func entities(_ line: AccessLine) -> [[UInt8]?] {
        let patients = line.refs.map { ref in
            entity("Patient/\(FHIRText.id(ref: ref))", Systems.entityType, "1", "Person", role: ("1", "Patient"))
        }
        return patients + [
            line.isRead
                ? nil
                : JSONAnswer.object { json in
                    json.known("type", JSONAnswer.coding(Systems.entityType, "2", "System Object"))
                    json.known("role", JSONAnswer.coding(Systems.objectRole, "24", "Query"))
                    json.field("query", Data(line.route.utf8).base64EncodedString())
                },
            JSONAnswer.object { json in
                json.known("what", JSONAnswer.organisation(line.practice))
                json.known("type", JSONAnswer.coding(Systems.entityType, "3", "Organization"))
            },
            line.requestID.isEmpty
                ? nil
                : JSONAnswer.object { json in
                    json.known("what", who(line.requestID))
                    json.known("type", JSONAnswer.coding(Systems.basicEntityType, "XrequestId", nil))
                },
        ]
    }

    private static func entity(
        _ reference: String, _ system: StaticString, _ code: String, _ display: String, role: (String, String)
    ) -> [UInt8] {
        JSONAnswer.object { json in
            json.known("what", JSONAnswer.reference(reference))
            json.known("type", JSONAnswer.coding(system, code, display))
            json.known("role", JSONAnswer.coding(Systems.objectRole, role.0, role.1))
        }
    }

    /// Systems that audit events alone use.
    private enum Systems {
        static let eventType: StaticString = "http://terminology.hl7.org/CodeSystem/audit-event-type"
        static let interaction: StaticString = "http://hl7.org/fhir/restful-interaction"
        static let actReason: StaticString = "http://terminology.hl7.org/CodeSystem/v3-ActReason"
        static let dicom: StaticString = "http://dicom.nema.org/resources/ontology/DCM"
        static let roleClass: StaticString = "http://terminology.hl7.org/CodeSystem/v3-RoleClass"
        static let sourceType: StaticString = "http://terminology.hl7.org/CodeSystem/security-source-type"
        static let entityType: StaticString = "http://terminology.hl7.org/CodeSystem/audit-entity-type"
        static let objectRole: StaticString = "http://terminology.hl7.org/CodeSystem/object-role"
        static let basicEntityType: StaticString =
            "https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType"
    }
}
