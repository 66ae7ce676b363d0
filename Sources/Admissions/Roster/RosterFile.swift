/// The file by which a practice tells its list.
///
/// Comma-separated, as `CSVReader` has it; rows of empty cells are passed over.
package struct RosterFile: Sendable {
    /// The largest file in bytes.
    package static let bytesMax = 64 * 1_048_576
    /// The longest record in bytes.
    package static let recordBytesMax = CSVReader.recordBytesMax
    /// The most records that are read of a file: a practice of 30,000 patients many times over.
    package static let rowsMax = 500_000

    private var csv: CSVReader

    /// Takes the bytes of a file.
    ///
    /// - Throws: `RosterRefusal.tooLarge`, `.notCSV`.
    package init(_ bytes: [UInt8]) throws(RosterRefusal) {
        guard bytes.count <= Self.bytesMax else { throw .tooLarge }
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { throw .notCSV }
        csv = CSVReader(bytes)
    }

    /// Reads the next record that is not empty; `nil` at the end of the file.
    mutating func next(_ cells: inout [CSVReader.Cell]) -> CSVReader.Record? {
        while let record = csv.next(&cells) {
            if record.broken != nil || cells.contains(where: { !csv.isBlank($0.range) }) { return record }
        }
        return nil
    }

    /// What a cell says (`CSVReader.text`).
    func text(_ cell: CSVReader.Cell) -> String { csv.text(cell) }

    /// NHS numbers that stand anywhere in a record: of one that cannot be read, whose it may be.
    func numbers(in record: CSVReader.Record) -> [NHSNumber] {
        var numbers: [NHSNumber] = []
        var start = record.range.lowerBound
        for index in record.range.lowerBound...record.range.upperBound {
            let isWithin = index < record.range.upperBound && Self.isOfNumber(csv.bytes[index])
            if isWithin { continue }
            if index - start >= 10, let number = NHSNumber(bytes: csv.bytes.span.extracting(start..<index)) {
                numbers.append(number)
            }
            start = index + 1
        }
        return numbers
    }

    private static func isOfNumber(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: " ") || byte == UInt8(ascii: "-")
    }
}
