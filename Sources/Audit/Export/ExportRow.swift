package import EventSourcing

/// One line of an export: an object of JSON, its fields in the order of the source.
package struct ExportRow: Sendable, Equatable {
    package struct Field: Sendable, Equatable {
        package var name: String
        /// The value as JSON.
        package var json: [UInt8]
    }

    package var fields: [Field]

    /// Reads an object.
    ///
    /// - Throws: where it is none.
    package init(json: [UInt8]) throws(JSONError) {
        var fields: [Field] = []
        var reader = JSONReader(json)
        try reader.readObject { reader, key throws(JSONError) in
            fields.append(Field(name: key.string, json: Array(try reader.readRaw())))
        }
        try reader.readEnd()
        self.fields = fields
    }

    /// The object again.
    package var json: [UInt8] {
        var bytes: [UInt8] = [UInt8(ascii: "{")]
        for (index, field) in fields.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes += Self.quoted(field.name)
            bytes.append(UInt8(ascii: ":"))
            bytes += field.json
        }
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }

    /// The value of a field where it is a string.
    package func text(_ name: String) -> String? {
        guard let field = fields.first(where: { $0.name == name }) else { return nil }
        var reader = JSONReader(field.json)
        return try? reader.readString()
    }

    /// The value of a field as a cell: a string without quotes, nothing for null, all else as JSON.
    func cell(_ name: String) -> String {
        guard let field = fields.first(where: { $0.name == name }) else { return "" }
        if let text = text(name) { return text }
        let raw = String(decoding: field.json, as: UTF8.self)
        return raw == "null" ? "" : raw
    }

    static func quoted(_ text: String) -> [UInt8] {
        var json = JSONWriter(reservingCapacity: text.utf8.count + 2)
        json.string(text)
        return json.bytes
    }
}
