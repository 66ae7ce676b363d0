/// Reads a comma-separated file record by record (RFC 4180).
///
/// Lines end in CRLF, LF or CR; a cell in quotes may hold commas, line breaks and doubled quotes. A byte order mark is
/// passed over; bytes that are not UTF-8 as a whole are Windows-1252, as spreadsheets write them. Blank lines are
/// passed over. A row whose quotes are wrong is a row of one line: what follows is read on its own, so a stray quote
/// costs one row and not the rest of the file.
///
/// ```
/// line ─▶ cell ─▶ plain ──────────────▶ , ─▶ cell …
///                 quoted ─▶ closed ───▶ ⏎ ─▶ record
///                    └─ never, or within a cell ─▶ broken: goes on with the next line
/// ```
struct CSVReader: Sendable {
    /// The longest record in bytes.
    static let recordBytesMax = 16 * 1_024
    /// The most cells of a record.
    static let cellsMax = 512

    /// Why a record cannot be cut into cells.
    enum Fault: Sendable {
        /// A quote that is not closed, or closed within a cell.
        case quotes
        /// More than `recordBytesMax` or `cellsMax`.
        case tooLong
    }

    /// One row of the file.
    struct Record {
        /// The line on which it begins, from 1.
        let line: Int
        /// Its bytes, without the line's end.
        let range: Range<Int>
        /// Why there are no cells.
        let broken: Fault?
    }

    /// One cell: its content, within the quotes if it has them.
    struct Cell {
        let range: Range<Int>
        /// Whether quotes in it are doubled.
        let hasDoubledQuotes: Bool
    }

    let bytes: [UInt8]
    private let isUTF8: Bool
    private let comment: UInt8?
    private var offset: Int
    private var line = 1

    /// Takes the bytes of a file.
    ///
    /// - Parameter comment: what begins a line that is passed over, be it behind blanks.
    init(_ bytes: [UInt8], comment: UInt8? = nil) {
        self.bytes = bytes
        self.comment = comment
        isUTF8 = (try? UTF8Span(validating: bytes.span)) != nil
        offset = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    // MARK: Records

    /// Reads the next record that is no blank line; `nil` at the end of the file.
    mutating func next(_ cells: inout [Cell]) -> Record? {
        while offset < bytes.count {
            if isAtComment {
                finishLine(at: lineEnd(from: offset))
                continue
            }
            let record = read(&cells)
            if record.broken != nil || !isBlank(record.range) { return record }
        }
        return nil
    }

    private var isAtComment: Bool {
        guard let comment else { return false }
        return bytes[offset...].first { !Self.isBlank($0) } == comment
    }

    private mutating func read(_ cells: inout [Cell]) -> Record {
        cells.removeAll(keepingCapacity: true)
        let (start, firstLine) = (offset, line)
        var index = start
        while true {
            guard let end = readCell(at: index, &cells) else { return broken(start, firstLine, .quotes) }
            guard end - start <= Self.recordBytesMax, cells.count <= Self.cellsMax else {
                return broken(start, firstLine, .tooLong)
            }
            guard end < bytes.count, bytes[end] == UInt8(ascii: ",") else {
                finishLine(at: end)
                return Record(line: firstLine, range: start..<end, broken: nil)
            }
            index = end + 1
        }
    }

    /// Reads the cell that begins at `start`; gives where it ends, `nil` for one whose quotes are wrong.
    private mutating func readCell(at start: Int, _ cells: inout [Cell]) -> Int? {
        var index = start
        while index < bytes.count, Self.isBlank(bytes[index]) { index += 1 }
        guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else {
            index = bytes[index...].firstIndex(where: Self.endsCell) ?? bytes.count
            cells.append(Cell(range: start..<index, hasDoubledQuotes: false))
            return index
        }
        index += 1
        let content = index
        var hasDoubledQuotes = false
        var breaks = 0
        // Past the longest record nobody will close it.
        let limit = min(bytes.count, start + Self.recordBytesMax)
        while index < limit {
            switch bytes[index] {
            case UInt8(ascii: "\""):
                if index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "\"") {
                    hasDoubledQuotes = true
                    index += 2
                    continue
                }
                let close = index
                index += 1
                while index < bytes.count, Self.isBlank(bytes[index]) { index += 1 }
                guard index == bytes.count || Self.endsCell(bytes[index]) else { return nil }
                cells.append(Cell(range: content..<close, hasDoubledQuotes: hasDoubledQuotes))
                line += breaks
                return index
            case UInt8(ascii: "\n"): breaks += 1
            case UInt8(ascii: "\r") where index + 1 < bytes.count && bytes[index + 1] != UInt8(ascii: "\n"): breaks += 1
            default: break
            }
            index += 1
        }
        return nil
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }

    private static func endsCell(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
    }

    /// Gives the line up, and goes on behind it.
    private mutating func broken(_ start: Int, _ firstLine: Int, _ fault: Fault) -> Record {
        line = firstLine
        let end = lineEnd(from: start)
        finishLine(at: end)
        return Record(line: firstLine, range: start..<end, broken: fault)
    }

    private func lineEnd(from start: Int) -> Int {
        bytes[start...].firstIndex { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") } ?? bytes.count
    }

    private mutating func finishLine(at end: Int) {
        offset = end
        guard offset < bytes.count else { return }
        let isCRLF =
            bytes[offset] == UInt8(ascii: "\r") && offset + 1 < bytes.count
            && bytes[offset + 1] == UInt8(ascii: "\n")
        offset += isCRLF ? 2 : 1
        line += 1
    }

    /// Whether nothing but blanks and control characters stands there.
    func isBlank(_ range: Range<Int>) -> Bool {
        bytes[range].allSatisfy { $0 <= 0x20 }
    }

    // MARK: Text

    /// What a cell says, without blanks around it; control characters and no-break spaces within are blanks.
    func text(_ cell: Cell) -> String {
        var range = cell.range
        while let first = range.first, bytes[first] <= 0x20 { range = (first + 1)..<range.upperBound }
        while let last = range.last, bytes[last] <= 0x20 { range = range.lowerBound..<last }
        guard cell.hasDoubledQuotes || bytes[range].contains(where: { !(0x20..<0x7F).contains($0) }) else {
            return String(decoding: bytes[range], as: UTF8.self)
        }
        return tidied(isUTF8 ? String(decoding: bytes[range], as: UTF8.self) : fromWindows1252(bytes[range]))
            .replacingDoubledQuotes(cell.hasDoubledQuotes)
    }

    private func tidied(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let isBlank = scalar.value <= 0x20 || (0x7F...0xA0).contains(scalar.value) || scalar.value == 0xFEFF
            if isBlank, scalars.last ?? " " == " " { continue }
            scalars.append(isBlank ? " " : scalar)
        }
        if scalars.last == " " { scalars.removeLast() }
        return String(scalars)
    }

    private func fromWindows1252(_ bytes: ArraySlice<UInt8>) -> String {
        var scalars = String.UnicodeScalarView()
        for byte in bytes {
            let code = (0x80...0x9F).contains(byte) ? Self.upperControls[Int(byte) - 0x80] : UInt16(byte)
            // No code of the set is a surrogate.
            scalars.append(Unicode.Scalar(code) ?? "\u{FFFD}")
        }
        return String(scalars)
    }

    /// The characters of 0x80 to 0x9F (WHATWG encoding standard, windows-1252).
    private static let upperControls: [UInt16] = [
        0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
        0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D, 0x017D, 0x008F,
        0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
        0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178,
    ]
}

extension String {
    fileprivate func replacingDoubledQuotes(_ isNeeded: Bool) -> String {
        guard isNeeded else { return self }
        var scalars = UnicodeScalarView()
        var isFirst = false
        for scalar in unicodeScalars {
            isFirst = scalar == "\"" && !isFirst
            if scalar != "\"" || isFirst { scalars.append(scalar) }
        }
        return String(scalars)
    }
}
