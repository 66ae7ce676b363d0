import Admissions
import EventSourcing

/// Reads the content of a command, strictly: one JSON object, each member known and given once.
enum ActContent {
    /// Calls `member` for each member; `false` from it says that the member is not known.
    ///
    /// - Throws: `Problem.contentUnreadable`, or what `member` throws as a problem.
    static func read(
        _ bytes: [UInt8], _ member: (JSONKey, inout JSONReader) throws -> Bool
    ) throws {
        do {
            var json = JSONReader(bytes)
            var seen: Set<String> = []
            try json.beginObject()
            while let key = try json.nextKey() {
                guard seen.insert(key.string).inserted, try member(key, &json) else { throw Problem.contentUnreadable }
            }
            try json.readEnd()
        } catch is JSONError {
            throw Problem.contentUnreadable
        } catch let rejection as ActRejection {
            throw Problem(rejection)
        }
    }
}

extension JSONReader {
    /// A text, or nothing for `null`.
    mutating func readOptional() throws -> String? {
        try readIfNull() ? nil : try readString()
    }

    /// A note, or nothing for `null` and for blanks.
    mutating func readNote(_ field: ActRejection.Field) throws -> StaffNote? {
        guard let text = try readOptional() else { return nil }
        return try StaffNote.reading(text, in: field)
    }

    /// A day `yyyy-mm-dd`, or nothing for `null`.
    mutating func readDay(_ field: ActRejection.Field) throws -> LondonDay? {
        guard let text = try readOptional() else { return nil }
        guard let day = LondonDay(text) else { throw ActRejection(.valueOutOfRange, field) }
        return day
    }

    /// `{"person":"kay"}` or `{"role":"practice-coach"}`, or nothing for `null`.
    mutating func readAssignee() throws -> Assignee? {
        if try readIfNull() { return nil }
        var assignee: Assignee?
        var count = 0
        try beginObject()
        while let key = try nextKey() {
            count += 1
            switch key {
            case "person": assignee = .person(try readString())
            case "role": assignee = StaffRole(rawValue: try readString()).map { .role($0) }
            default: throw Problem.contentUnreadable
            }
        }
        guard count == 1, let assignee else { throw ActRejection(.valueOutOfRange, .owner) }
        return assignee
    }
}

extension JSONAnswer {
    /// Who is to do something, as `readAssignee` reads it; `null` for nobody.
    mutating func field(_ name: StaticString, _ assignee: Assignee?) {
        key(name)
        switch assignee {
        case .person(let person):
            beginObject()
            field("person", person)
            endObject()
        case .role(let role):
            beginObject()
            field("role", role.rawValue)
            endObject()
        case nil: null()
        }
    }

    /// `{"at":…,"by":…}`; `null` for what has not been done.
    mutating func field(_ name: StaticString, at: Instant?, by: String?) {
        key(name)
        guard let at else { return null() }
        beginObject()
        field("at", systemTime: at)
        field("by", by)
        endObject()
    }
}
