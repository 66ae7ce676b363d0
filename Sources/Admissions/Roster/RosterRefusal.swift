/// Why a file as a whole changes nothing.
package enum RosterRefusal: Error, Sendable, Equatable, CustomStringConvertible {
    /// More than `RosterFile.bytesMax`.
    case tooLarge
    /// More than `RosterFile.rowsMax` rows.
    case tooManyRows
    /// UTF-16: saved as "Unicode text" in place of CSV.
    case notCSV
    /// Among the first rows none is headed by an NHS number.
    case headingsMissing
    case columnMissing(RosterColumn)
    case columnTwice(RosterColumn)
    /// A mapping file names a column that there is none of.
    case columnUnknown(String)
    /// A mapping file gives one heading to two columns.
    case headingTwice
    /// No row is sound.
    case nothingRead
    /// More would leave than is allowed.
    case tooManyLeft(left: Int, listed: Int)

    /// The code, as scripts get it.
    package var code: String {
        switch self {
        case .tooLarge: "too-large"
        case .tooManyRows: "too-many-rows"
        case .notCSV: "not-csv"
        case .headingsMissing: "headings-missing"
        case .columnMissing: "column-missing"
        case .columnTwice: "column-twice"
        case .columnUnknown: "column-unknown"
        case .headingTwice: "heading-twice"
        case .nothingRead: "nothing-read"
        case .tooManyLeft: "too-many-left"
        }
    }

    package var description: String {
        switch self {
        case .columnMissing(let column), .columnTwice(let column): "roster.\(code): \(column.rawValue)"
        case .tooManyLeft(let left, let listed): "roster.\(code): \(left) of \(listed)"
        default: "roster.\(code)"
        }
    }
}
