import Yams

/// The description of the API in the forms in which it is given out: YAML as written, JSON, and a page to read.
struct APIDocument: Sendable {
    let yaml: [UInt8]
    let json: [UInt8]
    /// What the page of documentation is made from, and the tests read.
    let root: DocumentNode

    /// Reads the description. One that is no YAML would be a mistake of ours, which a test finds; then nothing is described.
    init(yaml text: String = APIDescription.yaml) {
        yaml = Array(text.utf8)
        root = DocumentNode(yaml: text) ?? .null
        var writer = JSONAnswer(capacity: yaml.count)
        root.write(to: &writer)
        json = writer.bytes
    }
}

/// A value of a YAML document, as JSON would have it.
indirect enum DocumentNode: Sendable, Equatable {
    case null
    case bool(Bool)
    case integer(Int64)
    case text(String)
    case list([DocumentNode])
    /// In the order in which it is written.
    case map([Member])

    struct Member: Sendable, Equatable {
        let name: String
        let value: DocumentNode
    }

    /// Reads YAML, and so JSON; `nil` for what is neither.
    init?(yaml text: String) {
        guard let node = try? Yams.compose(yaml: text) else { return nil }
        self.init(node)
    }

    /// Plain words of YAML 1.2's core schema are null, truth or a whole number; what is quoted is text.
    init(_ node: Node) {
        switch node {
        case .mapping(let mapping):
            self = .map(mapping.map { Member(name: $0.key.string ?? "", value: DocumentNode($0.value)) })
        case .sequence(let sequence):
            self = .list(sequence.map { DocumentNode($0) })
        case .scalar(let scalar) where scalar.style == .plain:
            switch scalar.string {
            case "", "~", "null": self = .null
            case "true": self = .bool(true)
            case "false": self = .bool(false)
            default: self = Int64(scalar.string).map { .integer($0) } ?? .text(scalar.string)
            }
        case .scalar(let scalar): self = .text(scalar.string)
        case .alias: self = .null
        }
    }

    subscript(name: String) -> DocumentNode? {
        guard case .map(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    var members: [Member] {
        guard case .map(let members) = self else { return [] }
        return members
    }

    var elements: [DocumentNode] {
        guard case .list(let elements) = self else { return [] }
        return elements
    }

    var text: String? {
        guard case .text(let text) = self else { return nil }
        return text
    }

    /// The part that a reference within the document (`#/components/schemas/List`) names; itself where it is none.
    func resolved(in root: DocumentNode) -> DocumentNode {
        guard let reference = self["$ref"]?.text, reference.hasPrefix("#/") else { return self }
        var found: DocumentNode? = root
        for step in reference.dropFirst(2).split(separator: "/") { found = found?[String(step)] }
        return found?.resolved(in: root) ?? .null
    }

    func write(to json: inout JSONAnswer) {
        switch self {
        case .null: json.null()
        case .bool(let value): json.bool(value)
        case .integer(let value): json.integer(value)
        case .text(let value): json.string(value)
        case .list(let elements):
            json.beginArray()
            for element in elements { element.write(to: &json) }
            json.endArray()
        case .map(let members):
            json.beginObject()
            for member in members {
                json.key(member.name)
                member.value.write(to: &json)
            }
            json.endObject()
        }
    }
}
