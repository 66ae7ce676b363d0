package import EventSourcing

/// The JSON of patient details: what is absent is left out, what is told to be gone is `null`.
extension PatientDetails {
    /// Writes the details as one JSON object.
    package func encode(into json: inout JSONWriter) {
        json.beginObject()
        json.field("address", address) { $0.encode(into: &$1) }
        json.field("born", born)
        json.field("deceased", deceased)
        json.field("died", diedAt)
        if let name {
            json.field("family", name.family)
        }
        json.field("gender", gender) { $1.string($0.rawValue) }
        json.field("given", name?.given ?? [])
        json.field("gp", gp) { $0.encode(into: &$1) }
        json.field("ids", identifiers)
        if let local {
            json.key("local")
            local.encode(into: &json)
        }
        json.field("nhs", nhsNumber?.digits)
        json.field("nhsStatus", nhsNumberStatus)
        json.field("phones", phones) { phones, json in
            json.beginArray()
            for phone in phones { json.string(phone) }
            json.endArray()
        }
        json.field("practice", practice) { $1.string($0.rawValue) }
        json.field("practiceField", practiceField)
        json.field("preferred", preferredName)
        json.field("prefix", name?.prefix)
        json.field("restricted", restricted)
        json.endObject()
    }

    /// Reads what `encode(into:)` writes.
    package init(reading json: inout JSONReader) throws(JSONError) {
        self.init()
        var family: String?
        var given: [String] = []
        var prefix: String?
        try json.beginObject()
        while let key = try json.nextKey() {
            switch key {
            case "address": address = try json.readTold(PostalAddress.init(reading:))
            case "born": born = try json.readString()
            case "deceased": deceased = try json.readTold { json throws(JSONError) in try json.readBool() }
            case "died": diedAt = try json.readTold(Moment.init(reading:))
            case "family": family = try json.readString()
            case "gender": gender = try json.readTold { json throws(JSONError) in try json.readEnum() }
            case "given": given = try json.readStrings()
            case "gp": gp = try json.readTold(Clinician.init(reading:))
            case "ids": identifiers += try json.readIdentifiers()
            case "local": local = try Identifier(reading: &json)
            case "nhs": nhsNumber = try NHSNumber(reading: &json)
            case "nhsStatus": nhsNumberStatus = try json.readString()
            case "phones": phones = try json.readTold { json throws(JSONError) in try json.readStrings() }
            case "practice": practice = try json.readTold(ODSPracticeCode.init(reading:))
            case "practiceField": practiceField = try json.readString()
            case "preferred": preferredName = try json.readToldString()
            case "prefix": prefix = try json.readString()
            case "restricted": restricted = try json.readTold { json throws(JSONError) in try json.readBool() }
            default: try json.skipValue()
            }
        }
        if let family { name = PersonName(family: family, given: given, prefix: prefix) }
    }
}

extension NHSNumber {
    init(reading json: inout JSONReader) throws(JSONError) {
        let start = json.offset
        guard let number = NHSNumber(try json.readString()) else { throw JSONError(.unexpectedValue, offset: start) }
        self = number
    }
}

extension ODSPracticeCode {
    init(reading json: inout JSONReader) throws(JSONError) {
        let start = json.offset
        guard let code = ODSPracticeCode(try json.readString()) else {
            throw JSONError(.unexpectedValue, offset: start)
        }
        self = code
    }
}

extension Identifier {
    func encode(into json: inout JSONWriter) {
        json.beginObject()
        json.field("issuer", issuer)
        json.field("type", type.isEmpty ? nil : type)
        json.field("value", value)
        json.endObject()
    }

    init(reading json: inout JSONReader) throws(JSONError) {
        self.init(value: "", issuer: "")
        try json.beginObject()
        while let key = try json.nextKey() {
            switch key {
            case "issuer": issuer = try json.readString()
            case "type": type = try json.readString()
            case "value": value = try json.readString()
            default: try json.skipValue()
            }
        }
    }
}

extension JSONWriter {
    /// Writes an array of identifiers unless it is empty.
    mutating func field(_ name: StaticString, _ identifiers: [Identifier]) {
        guard !identifiers.isEmpty else { return }
        key(name)
        self.identifiers(identifiers)
    }

    mutating func identifiers(_ identifiers: [Identifier]) {
        beginArray()
        for identifier in identifiers { identifier.encode(into: &self) }
        endArray()
    }
}

extension JSONReader {
    mutating func readIdentifiers() throws(JSONError) -> [Identifier] {
        var identifiers: [Identifier] = []
        try beginArray()
        while try nextElement() { identifiers.append(try Identifier(reading: &self)) }
        return identifiers
    }
}

extension PersonName {
    func encode(into json: inout JSONWriter) {
        json.beginObject()
        json.field("family", family)
        json.field("given", given)
        json.field("prefix", prefix)
        json.endObject()
    }

    init(reading json: inout JSONReader) throws(JSONError) {
        self.init(family: "")
        try json.beginObject()
        while let key = try json.nextKey() {
            switch key {
            case "family": family = try json.readString()
            case "given": given = try json.readStrings()
            case "prefix": prefix = try json.readString()
            default: try json.skipValue()
            }
        }
    }
}

extension PostalAddress {
    func encode(into json: inout JSONWriter) {
        json.beginObject()
        json.field("lines", lines)
        json.field("postcode", postcode)
        json.endObject()
    }

    init(reading json: inout JSONReader) throws(JSONError) {
        self.init(lines: [])
        try json.beginObject()
        while let key = try json.nextKey() {
            switch key {
            case "lines": lines = try json.readStrings()
            case "postcode": postcode = try json.readString()
            default: try json.skipValue()
            }
        }
    }
}

extension Clinician {
    func encode(into json: inout JSONWriter) {
        json.beginObject()
        json.field("code", code)
        json.field("name", name)
        json.endObject()
    }

    init(reading json: inout JSONReader) throws(JSONError) {
        self.init()
        try json.beginObject()
        while let key = try json.nextKey() {
            switch key {
            case "code": code = try json.readString()
            case "name": name = try json.readString()
            default: try json.skipValue()
            }
        }
    }
}
