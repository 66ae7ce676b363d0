package import EventSourcing

/// How far a verification has come, to go on from there another day.
///
/// One JSON object, `"schema":"audit-verify/1"`. Whoever resumes trusts whoever kept the file.
package struct VerificationState: Sendable, Equatable {
    /// The log.
    package let log: LogName
    /// The key that checkpoints are held against; `nil` for none.
    package let key: String?
    /// Events that were looked at.
    package internal(set) var position = Position.origin
    /// The tree, as far as no leaf was missing.
    var range = CompactRange()
    /// The tree at the end of the last inner node that was held against the one kept for proofs.
    var held = CompactRange()
    /// When the last event was recorded.
    var recordedAt: Instant?
    /// The greatest checkpoint that fits.
    var checkpoint: Int64 = 0
    /// Checkpoints that were held against the tree.
    package internal(set) var checkpoints: Int64 = 0
    /// Events whose payload was taken out.
    package internal(set) var redacted: Int64 = 0
    /// Events that say that something was taken out.
    package internal(set) var redactions: Int64 = 0
    /// What is wrong, by position; no more than `findingsMax`.
    package internal(set) var findings: [Finding] = []
    /// How much is wrong.
    package internal(set) var findingCount: Int64 = 0

    /// Inner nodes that were held against those kept for proofs.
    package var subtrees: Int64 { Subtrees.count(in: held.size) }

    /// Findings that are kept.
    package static let findingsMax = 100
    /// Findings of inner nodes among them: one leaf can tell of all behind it.
    private static let nodesMax = 50

    package init(log: LogName, key: String?) {
        self.log = log
        self.key = key
    }

    mutating func note(_ finding: Finding) {
        findingCount += 1
        guard findings.count < Self.findingsMax else { return }
        if finding.node != nil, findings.count(where: { $0.node != nil }) >= Self.nodesMax { return }
        findings.append(finding)
    }

    /// Whether something is wrong with the row at a position.
    func hasFinding(where isThere: (Int64) -> Bool) -> Bool {
        findings.contains { $0.node == nil && isThere($0.position.rawValue) }
    }

    /// The state as it is kept.
    package var json: [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        json.key("checkpoint")
        json.integer(checkpoint)
        json.key("checkpoints")
        json.integer(checkpoints)
        json.key("finding_count")
        json.integer(findingCount)
        json.key("findings")
        json.beginArray()
        for finding in findings { finding.write(to: &json) }
        json.endArray()
        json.key("held_range")
        json.string(Base64.encode(held.concatenated))
        json.key("held_size")
        json.integer(held.size)
        json.key("key")
        if let key { json.string(key) } else { json.null() }
        json.key("log")
        json.string(log.rawValue)
        json.key("position")
        json.integer(position.rawValue)
        json.key("range")
        json.string(Base64.encode(range.concatenated))
        json.key("recorded_at")
        if let recordedAt { json.instant(recordedAt) } else { json.null() }
        json.key("redacted")
        json.integer(redacted)
        json.key("redactions")
        json.integer(redactions)
        json.key("schema")
        json.string(Self.schema)
        json.key("tree_size")
        json.integer(range.size)
        json.endObject()
        return json.bytes
    }

    /// Reads what `json` gives; `nil` for anything else.
    package init?(json bytes: [UInt8]) {
        guard let state = try? Self.read(bytes) else { return nil }
        self = state
    }

    private static let schema = "audit-verify/1"

    private static func read(_ bytes: [UInt8]) throws(JSONError) -> VerificationState? {
        var numbers: [String: Int64] = [:]
        var texts: [String: String] = [:]
        var recordedAt: Instant?
        var findings: [Finding] = []
        var json = JSONReader(bytes)
        try json.beginObject()
        while let key = try json.nextKey() {
            switch key {
            case "checkpoint", "checkpoints", "finding_count", "held_size", "position", "redacted", "redactions",
                "tree_size":
                numbers[key.string] = try json.readInt64()
            case "held_range", "log", "range", "schema": texts[key.string] = try json.readString()
            case "key": if try !json.readIfNull() { texts["key"] = try json.readString() }
            case "recorded_at": if try !json.readIfNull() { recordedAt = try json.readInstant() }
            case "findings":
                try json.readArray { (json) throws(JSONError) in
                    if let finding = try Finding(from: &json) { findings.append(finding) }
                }
            default: try json.skipValue()
            }
        }
        try json.readEnd()
        guard texts["schema"] == schema, let log = texts["log"].flatMap({ LogName($0) }),
            let position = numbers["position"], position >= 0, let size = numbers["tree_size"],
            let range = tree(texts["range"], size), let held = tree(texts["held_range"] ?? "", numbers["held_size"] ?? 0),
            held.size <= size
        else { return nil }
        var state = VerificationState(log: log, key: texts["key"])
        state.position = Position(position)
        state.range = range
        state.held = held
        state.recordedAt = recordedAt
        state.checkpoint = numbers["checkpoint"] ?? 0
        state.checkpoints = numbers["checkpoints"] ?? 0
        state.redacted = numbers["redacted"] ?? 0
        state.redactions = numbers["redactions"] ?? 0
        state.findings = findings
        state.findingCount = numbers["finding_count"] ?? 0
        return state
    }

    private static func tree(_ text: String?, _ size: Int64) -> CompactRange? {
        text.flatMap { Base64.decode($0) }.flatMap { CompactRange(size: size, concatenated: $0) }
    }
}

extension Finding {
    /// Writes it as an object.
    package func write(to json: inout JSONWriter) {
        json.beginObject()
        json.key("code")
        json.string(code.rawValue)
        if let node {
            json.key("index")
            json.integer(node.index)
            json.key("level")
            json.integer(Int64(node.level))
        }
        json.key("position")
        json.integer(position.rawValue)
        json.key("through")
        json.integer(through.rawValue)
        json.endObject()
    }

    fileprivate init?(from json: inout JSONReader) throws(JSONError) {
        var code: Code?
        var position: Int64 = 0
        var through: Int64 = 0
        try json.beginObject()
        while let key = try json.nextKey() {
            switch key {
            case "code": code = Code(rawValue: try json.readString())
            case "position": position = try json.readInt64()
            case "through": through = try json.readInt64()
            default: try json.skipValue()
            }
        }
        guard let code else { return nil }
        self.init(code, at: position, through: through)
    }
}
