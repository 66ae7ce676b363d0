import EventSourcing

/// A resource as it is served: its JSON, and the version by which a client knows whether it has changed.
///
/// FHIR knows neither `null` nor empty arrays, so members without a value are left out.
struct FHIRResource: Sendable {
    let type: StaticString
    let id: String
    /// A digest of all that the resource says; of an encounter behind the number of facts told. It moves when a patient
    /// becomes restricted, though nothing new was told of the encounter.
    let versionID: String
    let json: [UInt8]

    /// `W/"14-3fa9c0d1b2e4"`: weak, as FHIR has it (R4 section 3.1.0.1.1).
    var entityTag: String { "W/\"\(versionID)\"" }

    /// - Parameters:
    init(
        _ type: StaticString, id: String, version: Int64? = nil, lastUpdated: Instant? = nil,
        isRestricted: Bool = false,
        content: (inout JSONAnswer) -> Void
    ) {
        var said = JSONAnswer(capacity: 1_024)
        said.beginObject()
        said.bool(isRestricted)
        content(&said)
        let digest = Digest(of: said.bytes).hexadecimal.prefix(16)
        let versionID = version.map { "\($0)-\(digest)" } ?? String(digest)

        var json = JSONAnswer(capacity: said.bytes.count + 256)
        json.beginObject()
        json.key("resourceType")
        json.string(type)
        json.field("id", id)
        json.key("meta")
        json.beginObject()
        json.field("versionId", versionID)
        if let lastUpdated { json.field("lastUpdated", systemTime: lastUpdated) }
        if isRestricted {
            json.objects("security", [JSONAnswer.coding(FHIRSystem.confidentiality, "R", "restricted")])
        }
        json.endObject()
        content(&json)
        json.endObject()
        self.type = type
        self.id = id
        self.versionID = versionID
        self.json = json.bytes
    }
}

extension JSONAnswer {
    /// An object on its own.
    static func object(_ content: (inout JSONAnswer) -> Void) -> [UInt8] {
        var json = JSONAnswer()
        json.beginObject()
        content(&json)
        json.endObject()
        return json.bytes
    }

    /// A Coding.
    static func coding(_ system: StaticString, _ code: String, _ display: String?) -> [UInt8] {
        object { json in
            json.key("system")
            json.string(system)
            json.field("code", code)
            json.known("display", FHIRText.string(display))
        }
    }

    /// A CodeableConcept; `nil` where nothing was told. What is no code is its text.
    static func concept(_ system: StaticString?, _ told: String?, _ label: String?) -> [UInt8]? {
        guard let code = FHIRText.code(told) else { return nil }
        return object { json in
            if let system {
                json.objects("coding", [coding(system, code, label)])
            } else {
                json.field("text", label ?? code)
            }
        }
    }

    /// An Identifier.
    static func identifier(_ system: StaticString, _ value: String) -> [UInt8] {
        object { json in
            json.key("system")
            json.string(system)
            json.field("value", value)
        }
    }

    /// An Extension with a value that is written already.
    static func extending(_ url: StaticString, _ value: StaticString, _ content: [UInt8]) -> [UInt8] {
        object { json in
            json.key("url")
            json.string(url)
            json.key(value)
            json.json(content)
        }
    }

    /// A Reference.
    static func reference(_ reference: String?, identifier: [UInt8]? = nil, display: String? = nil) -> [UInt8] {
        object { json in
            json.known("reference", reference)
            json.known("identifier", identifier)
            json.known("display", FHIRText.string(display))
        }
    }

    /// An organisation by its ODS code.
    static func organisation(_ code: String, display: String? = nil) -> [UInt8] {
        reference(
            "Organization/\(code)", identifier: identifier(FHIRSystem.odsOrganisation, code), display: display)
    }

    /// A Period; `nil` where neither end is known.
    static func period(start: String?, end: String?) -> [UInt8]? {
        guard start != nil || end != nil else { return nil }
        return object { json in
            json.known("start", start)
            json.known("end", end)
        }
    }

    // Members that are left out where there is nothing.

    mutating func known(_ name: StaticString, _ value: String?) {
        if let value { field(name, value) }
    }

    mutating func known(_ name: StaticString, _ value: [UInt8]?) {
        guard let value else { return }
        key(name)
        json(value)
    }

    mutating func objects(_ name: StaticString, _ values: [[UInt8]?]) {
        let values = values.compactMap(\.self)
        guard !values.isEmpty else { return }
        key(name)
        beginArray()
        for value in values { json(value) }
        endArray()
    }

    mutating func strings(_ name: StaticString, _ values: [String]) {
        guard !values.isEmpty else { return }
        key(name)
        beginArray()
        for value in values { string(value) }
        endArray()
    }
}
