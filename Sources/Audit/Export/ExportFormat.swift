/// How rows are written.
package enum ExportFormat: String, Sendable, CaseIterable {
    /// One object a line.
    case ndjson
    /// RFC 4180 with a line of names, safe to open in a spreadsheet.
    case csv
    /// One array.
    case json
}

/// Writes rows in a format, piece by piece.
package struct ExportWriter: Sendable {
    private let format: ExportFormat
    private var columns: [String]?
    private var isFirst = true

    /// - Parameter columns: of CSV; without them the fields of the first row.
    package init(_ format: ExportFormat, columns: [String]? = nil) {
        self.format = format
        self.columns = columns
    }

    /// The bytes of the next rows.
    package mutating func bytes(_ rows: [ExportRow]) -> [UInt8] {
        var bytes: [UInt8] = []
        for row in rows {
            switch format {
            case .ndjson: bytes += row.json + [UInt8(ascii: "\n")]
            case .json: bytes += Array((isFirst ? "[\n" : ",\n").utf8) + row.json
            case .csv:
                let names = columns ?? row.fields.map(\.name)
                if isFirst { bytes += Array(CSVText.line(names).utf8) }
                columns = names
                bytes += Array(CSVText.line(names.map(row.cell)).utf8)
            }
            isFirst = false
        }
        return bytes
    }

    /// The bytes behind the last row.
    package var end: [UInt8] {
        switch format {
        case .ndjson: []
        case .json: Array((isFirst ? "[]\n" : "\n]\n").utf8)
        case .csv: isFirst ? columns.map { Array(CSVText.line($0).utf8) } ?? [] : []
        }
    }
}
