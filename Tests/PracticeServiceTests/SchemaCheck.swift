@testable import PracticeService

/// Holds a JSON value against a JSON Schema (2020-12) of the description, as far as it uses it.
///
/// A keyword that it does not know is reported, so that nothing in the description goes unheeded.
struct SchemaCheck {
    let root: DocumentNode
    private(set) var problems: [String] = []

    init(root: DocumentNode) { self.root = root }

    private static let known: Set = [
        "$ref", "description", "type", "enum", "const", "required", "properties", "additionalProperties", "items",
        "oneOf", "anyOf", "allOf", "pattern", "format", "minimum", "maximum", "minLength", "maxLength", "minItems",
        "maxItems", "uniqueItems", "default", "examples", "title", "deprecated", "readOnly", "writeOnly",
    ]

    mutating func check(_ value: DocumentNode, against schema: DocumentNode, at path: String = "$") {
        if let reference = schema["$ref"]?.text {
            let found = schema.resolved(in: root)
            guard found != .null else { return problems.append("\(path): \(reference) is not described") }
            return check(value, against: found, at: path)
        }
        for member in schema.members where !Self.known.contains(member.name) {
            problems.append("\(path): the keyword \(member.name) is not known to the check")
        }
        checkType(value, schema, path)
        if let values = schema["enum"]?.elements, !values.contains(value) {
            problems.append("\(path): is none of the values of its enumeration")
        }
        if let only = schema["const"], only != value { problems.append("\(path): is not the one value it can have") }
        checkText(value, schema, path)
        checkNumber(value, schema, path)
        checkMembers(value, schema, path)
        if case .list(let elements) = value {
            if let items = schema["items"] {
                for (index, element) in elements.enumerated() {
                    check(element, against: items, at: "\(path)[\(index)]")
                }
            }
            if case .integer(let least) = schema["minItems"], elements.count < Int(least) {
                problems.append("\(path): too few")
            }
        }
        for part in schema["allOf"]?.elements ?? [] { check(value, against: part, at: path) }
        checkAlternatives(value, schema, path)
    }

    private mutating func checkAlternatives(_ value: DocumentNode, _ schema: DocumentNode, _ path: String) {
        let root = root
        let fits = { (alternatives: [DocumentNode]) -> Int in
            alternatives.count { alternative in
                var check = SchemaCheck(root: root)
                check.check(value, against: alternative, at: path)
                return check.problems.isEmpty
            }
        }
        if let alternatives = schema["oneOf"]?.elements, fits(alternatives) != 1 {
            problems.append("\(path): fits \(fits(alternatives)) of its alternatives, not one")
        }
        if let alternatives = schema["anyOf"]?.elements, fits(alternatives) == 0 {
            problems.append("\(path): fits none of its alternatives")
        }
    }

    private mutating func checkType(_ value: DocumentNode, _ schema: DocumentNode, _ path: String) {
        let types = schema["type"]?.text.map { [$0] } ?? (schema["type"]?.elements ?? []).map { $0.text ?? "null" }
        guard !types.isEmpty else { return }
        let type =
            switch value {
            case .null: "null"
            case .bool: "boolean"
            case .integer: "integer"
            case .text: "string"
            case .list: "array"
            case .map: "object"
            }
        if !types.contains(type), !(type == "integer" && types.contains("number")) {
            problems.append("\(path): is \(type), not \(types.joined(separator: " or "))")
        }
    }

    private mutating func checkText(_ value: DocumentNode, _ schema: DocumentNode, _ path: String) {
        guard case .text(let text) = value else { return }
        if let pattern = schema["pattern"]?.text {
            do {
                if try Regex(pattern).firstMatch(in: text) == nil { problems.append("\(path): is not like \(pattern)") }
            } catch {
                problems.append("\(path): the pattern \(pattern) cannot be read")
            }
        }
        let format =
            switch schema["format"]?.text {
            case "date-time": #"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$"#
            case "date": #"^\d{4}-\d\d-\d\d$"#
            case "uuid": "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
            default: ""
            }
        if !format.isEmpty, (try? Regex(format).firstMatch(in: text)) == nil { problems.append("\(path): format") }
        if case .integer(let most) = schema["maxLength"], text.count > Int(most) { problems.append("\(path): too long") }
        if case .integer(let least) = schema["minLength"], text.count < Int(least) {
            problems.append("\(path): too short")
        }
    }

    private mutating func checkNumber(_ value: DocumentNode, _ schema: DocumentNode, _ path: String) {
        guard case .integer(let number) = value else { return }
        if case .integer(let least) = schema["minimum"], number < least { problems.append("\(path): too small") }
        if case .integer(let most) = schema["maximum"], number > most { problems.append("\(path): too great") }
    }

    private mutating func checkMembers(_ value: DocumentNode, _ schema: DocumentNode, _ path: String) {
        guard case .map(let members) = value else { return }
        let names = Set(members.map(\.name))
        for name in (schema["required"]?.elements ?? []).compactMap(\.text) where !names.contains(name) {
            problems.append("\(path): \(name) is missing")
        }
        let properties = schema["properties"]
        for member in members {
            if let property = properties?[member.name] {
                check(member.value, against: property, at: "\(path).\(member.name)")
            } else if schema["additionalProperties"] == .bool(false) {
                problems.append("\(path): \(member.name) is not described")
            } else if let others = schema["additionalProperties"], others != .bool(true) {
                check(member.value, against: others, at: "\(path).\(member.name)")
            }
        }
    }
}
