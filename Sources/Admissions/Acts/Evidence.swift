package import EventSourcing

/// An event that speaks for something: its log and place.
package struct Evidence: Hashable, Comparable, Sendable {
    package let log: LogName
    package let position: Position

    package init(log: LogName, position: Position) {
        self.log = log
        self.position = position
    }

    /// The most that one event names; the newest are kept.
    package static let countMax = 32

    package static func < (lhs: Evidence, rhs: Evidence) -> Bool {
        (lhs.log, lhs.position) < (rhs.log, rhs.position)
    }

    /// The newest of these, each once, ascending by log and position.
    static func kept(_ evidence: some Sequence<Evidence>) -> [Evidence] {
        Set(evidence).sorted { ($0.position, $0.log) < ($1.position, $1.log) }.suffix(countMax).sorted()
    }
}

/// `[{"at":17,"log":"RH5"}, …]`
extension JSONWriter {
    mutating func field(_ name: StaticString, _ evidence: [Evidence]) {
        guard !evidence.isEmpty else { return }
        key(name)
        beginArray()
        for item in evidence {
            beginObject()
            field("at", item.position.rawValue)
            field("log", item.log.rawValue)
            endObject()
        }
        endArray()
    }
}

extension JSONReader {
    mutating func readEvidence() throws(JSONError) -> [Evidence] {
        var evidence: [Evidence] = []
        try beginArray()
        while try nextElement() {
            let start = offset
            var log: LogName?
            var position: Int64?
            try beginObject()
            while let key = try nextKey() {
                switch key {
                case "at": position = try readInt64()
                case "log": log = LogName(try readString())
                default: try skipValue()
                }
            }
            guard let log, let position else { throw JSONError(.missingField, offset: start) }
            evidence.append(Evidence(log: log, position: Position(position)))
        }
        return evidence
    }
}
