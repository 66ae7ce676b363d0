import EventSourcing

extension ExportRow {
    /// An access record with all its fields, null where there is nothing: lines of CSV have the same columns.
    package init(_ line: AccessLine) {
        func text(_ value: String?) -> [UInt8] { value.map(Self.quoted) ?? Array("null".utf8) }
        func number(_ value: Int) -> [UInt8] { Array(String(value).utf8) }
        let refs = line.refs.map(Self.quoted).joined(separator: [UInt8(ascii: ",")])
        fields = [
            Field(name: "at", json: text(line.at.iso8601)), Field(name: "practice", json: text(line.practice)),
            Field(name: "id", json: text(line.id)), Field(name: "kind", json: text(line.kind.rawValue)),
            Field(name: "subject", json: text(line.subject)), Field(name: "role", json: text(line.role)),
            Field(name: "client", json: text(line.client)), Field(name: "organisation", json: text(line.organisation)),
            Field(name: "route", json: text(line.route)), Field(name: "purpose", json: text(line.purpose)),
            Field(name: "reason", json: text(line.reason)), Field(name: "denial", json: text(line.denial)),
            Field(name: "request_id", json: text(line.requestID.isEmpty ? nil : line.requestID)),
            Field(name: "patients", json: number(line.patients)),
            Field(name: "patient_refs", json: [UInt8(ascii: "[")] + refs + [UInt8(ascii: "]")]),
            Field(name: "count", json: number(line.count)),
            Field(name: "reviewed", json: line.isReviewed.map { Array(($0 ? "true" : "false").utf8) } ?? text(nil)),
        ]
    }
}
