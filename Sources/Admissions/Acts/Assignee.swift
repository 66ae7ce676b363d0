import EventSourcing

/// Who is to do something: a person, or anybody of a role.
package enum Assignee: Hashable, Sendable {
    /// As a token names them.
    case person(String)
    case role(StaffRole)

    /// Refuses nobody, a name longer than a token's, or the service.
    func check(_ field: ActRejection.Field) throws(ActRejection) {
        switch self {
        case .person(let name): try Self.check(name, field)
        case .role(let role): if role == .service { throw ActRejection(.valueOutOfRange, field) }
        }
    }

    /// Refuses a name that no token could hold: 1 to 255 printable ASCII characters.
    static func check(_ name: String, _ field: ActRejection.Field) throws(ActRejection) {
        let isPrintable = name.utf8.allSatisfy { (0x20...0x7E).contains($0) }
        guard isPrintable, (1...StaffAct.personBytesMax).contains(name.utf8.count) else {
            throw ActRejection(.valueOutOfRange, field)
        }
    }

    /// `{"person":"kay"}` or `{"role":"practice-coach"}`
    func encode(into json: inout JSONWriter) {
        json.beginObject()
        switch self {
        case .person(let name): json.field("person", name)
        case .role(let role): json.field("role", role.rawValue)
        }
        json.endObject()
    }

    init(reading json: inout JSONReader) throws(JSONError) {
        let start = json.offset
        var read: Assignee?
        try json.beginObject()
        while let key = try json.nextKey() {
            switch key {
            case "person": read = .person(try json.readString())
            case "role": read = .role(try json.readEnum())
            default: try json.skipValue()
            }
        }
        guard let read else { throw JSONError(.missingField, offset: start) }
        self = read
    }
}
