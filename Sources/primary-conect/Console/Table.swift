/// A table for people: a heading line, columns as wide as their widest cell, two blanks between.
struct Table {
    let headings: [String]
    /// Columns that hold numbers, set to the right.
    var numeric: Set<Int> = []
    private(set) var rows: [[String]] = []

    init(_ headings: String..., numeric: Set<Int> = []) {
        self.headings = headings
        self.numeric = numeric
    }

    mutating func add(_ cells: String...) { rows.append(cells) }

    var text: String {
        let lines = [headings] + rows
        let widths = headings.indices.map { column in
            lines.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
        }
        return lines.map { cells in
            var line = ""
            for (column, cell) in cells.enumerated() {
                let pad = String(repeating: " ", count: max(0, widths[column] - cell.count))
                line += numeric.contains(column) ? pad + cell : cell + pad
                line += "  "
            }
            while line.last == " " { line.removeLast() }
            return line
        }.joined(separator: "\n")
    }
}
