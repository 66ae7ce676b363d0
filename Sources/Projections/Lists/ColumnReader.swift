import Postgres

/// Reads the columns of a row one after another.
struct ColumnReader {
    private let row: PostgresRow
    private var column: Int

    init(_ row: PostgresRow, first: Int = 0) {
        self.row = row
        column = first
    }

    /// The next column.
    mutating func next<T: PostgresDecodable>() throws(PostgresError) -> T {
        defer { column += 1 }
        return try row.decode(column, as: T.self)
    }
}
