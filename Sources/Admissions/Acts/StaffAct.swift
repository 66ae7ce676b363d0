package import EventSourcing

/// Who does something, in what capacity, when, and by which command.
///
/// `{"at":"2026-03-03T08:01:00Z","by":"kay","command":{"digest":"…","id":"…"},"role":"practice-coach"}`; the service's
/// own acts have no command: it works them out anew and finds that there is nothing more to do.
package struct StaffAct: Sendable, Equatable {
    /// The person or system account, as the token names it; `service` for the service itself.
    package let by: String
    package let role: StaffRole
    /// When it was done.
    package let at: Instant
    /// `nil` for acts of the service.
    package let command: CommandKey?

    /// An act of a person, or of another system.
    package init(by person: String, role: StaffRole, at time: Instant, command: CommandKey) {
        by = StorableText.clip(person, bytesMax: Self.personBytesMax)
        self.role = role
        at = time
        self.command = command
    }

    private init(stored by: String, _ role: StaffRole, _ at: Instant, _ command: CommandKey?) {
        self.by = by
        self.role = role
        self.at = at
        self.command = command
    }

    /// An act of the service itself.
    package static func ofService(at time: Instant) -> StaffAct {
        StaffAct(stored: "service", .service, time, nil)
    }

    /// The longest name of a person or account in bytes of UTF-8, as in a token.
    package static let personBytesMax = 255

    func encode(into json: inout JSONWriter) {
        json.beginObject()
        json.field("at", at)
        json.field("by", by)
        if let command {
            json.key("command")
            json.beginObject()
            json.field("digest", command.digest.hexadecimal)
            json.field("id", command.id)
            json.endObject()
        }
        json.field("role", role.rawValue)
        json.endObject()
    }

    init(reading json: inout JSONReader) throws(JSONError) {
        let start = json.offset
        var at: Instant?
        var by: String?
        var role: StaffRole?
        var command: CommandKey?
        try json.beginObject()
        while let key = try json.nextKey() {
            switch key {
            case "at": at = try json.readInstant()
            case "by": by = try json.readString()
            case "command": command = try CommandKey(reading: &json)
            case "role": role = try json.readEnum()
            default: try json.skipValue()
            }
        }
        guard let at, let by, let role else { throw JSONError(.missingField, offset: start) }
        self.init(stored: by, role, at, command)
    }
}

extension CommandKey {
    fileprivate init(reading json: inout JSONReader) throws(JSONError) {
        let start = json.offset
        var id = ""
        var digest: Digest?
        try json.beginObject()
        while let key = try json.nextKey() {
            switch key {
            case "digest": digest = Digest(hexadecimal: try json.readString())
            case "id": id = try json.readString()
            default: try json.skipValue()
            }
        }
        guard let digest, let command = CommandKey(id: id, digest: digest) else {
            throw JSONError(.unexpectedValue, offset: start)
        }
        self = command
    }
}
