import EventSourcing

/// What the facade can do, as `metadata` says it (R4 section 5.1), to everybody.
enum CapabilityStatement {
    /// The version of what is served here; it changes with the shape of the resources.
    static let softwareVersion = "2"
    /// When that version was made.
    private static let date = "2026-11-23"

    /// A parameter of a search.
    private struct Parameter {
        let name: String
        let type: String
        let documentation: String

        init(_ name: String, _ type: String, _ documentation: String) {
            self.name = name
            self.type = type
            self.documentation = documentation
        }
    }

    static func body() -> [UInt8] {
        JSONAnswer.object { json in
            json.field("resourceType", "CapabilityStatement")
            json.field("status", "active")
            json.field("date", date)
            json.field("kind", "instance")
            json.key("software")
            json.beginObject()
            json.field("name", "Primary Conect")
            json.field("version", softwareVersion)
            json.endObject()
            json.key("implementation")
            json.beginObject()
            json.field("description", "Which patients of a practice are in hospital, read only")
            json.endObject()
            json.field("fhirVersion", "4.0.1")
            json.strings("format", ["json"])
            json.objects("rest", [rest])
        }
    }

    private static var rest: [UInt8] {
        JSONAnswer.object { json in
            json.field("mode", "server")
            json.field(
                "documentation",
                """
                An answer is of one practice: the token's, or of several the one that NHSD-End-User-Organisation-ODS \
                names. Ids are those of /api/v1 with a hyphen for the underscore. Unknown parameters are refused \
                unless Prefer: handling=lenient. A Bundle with an OperationOutcome of code incomplete must not be \
                taken as whole.
                """
            )
            json.key("security")
            json.beginObject()
            json.field("cors", false)
            json.field(
                "description",
                "OAuth 2.0 client credentials with private_key_jwt; a bearer token on every call but this.")
            json.endObject()
            json.objects(
                "resource",
                [
                    resource(
                        "Encounter",
                        [
                            Parameter("_id", "token", "Alternatives between commas"),
                            Parameter("status", "token", "Alternatives between commas"),
                            Parameter("class", "token", "IMP, SS, EMER, AMB, PRENC, OTH, UNK"),
                            Parameter("date", "date", "eq ne gt lt ge le sa eb; may come twice"),
                            Parameter("patient", "reference", "Patient/pt-...; never an NHS number"),
                            Parameter(
                                "service-provider:identifier", "token",
                                "ODS code of the hospital; finds no restricted patient"),
                            Parameter("_lastUpdated", "date", "A filter, not a cursor: use /changes to follow"),
                        ], include: "Encounter:patient"),
                    resource(
                        "Patient",
                        [Parameter("identifier", "token", "NHS number; by POST Patient/_search alone")]),
                    resource(
                        "Flag",
                        [
                            Parameter("patient", "reference", "Patient/pt-..."),
                            Parameter("category", "token", "clinical, admin"),
                            Parameter("status", "token", "All flags are active"),
                            Parameter("date", "date", "Since when it holds"),
                        ]),
                    resource("Organization", []), resource("Location", []),
                    resource(
                        "AuditEvent",
                        [
                            Parameter("date", "date", "eq gt lt ge le sa eb; may come twice"),
                            Parameter("agent", "reference", "The user or the client, as the token names them"),
                            Parameter("entity", "reference", "Patient/pt-...; never an NHS number"),
                            Parameter("action", "token", "R for a read, E for a search"),
                        ]),
                ])
        }
    }

    private static func resource(_ type: String, _ parameters: [Parameter], include: String? = nil) -> [UInt8] {
        JSONAnswer.object { json in
            json.field("type", type)
            let interactions = parameters.isEmpty ? ["read"] : ["read", "search-type"]
            json.objects("interaction", interactions.map { code in JSONAnswer.object { $0.field("code", code) } })
            json.field("versioning", "versioned")
            json.field("readHistory", false)
            json.strings("searchInclude", [include].compactMap(\.self))
            json.objects(
                "searchParam",
                parameters.map { parameter in
                    JSONAnswer.object { json in
                        json.field("name", parameter.name)
                        json.field("type", parameter.type)
                        json.field("documentation", parameter.documentation)
                    }
                })
        }
    }
}
