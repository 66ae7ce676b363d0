import EventSourcing
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

    /// The next column, a `timestamptz`.
    mutating func nextInstant() throws(PostgresError) -> Instant {
        let timestamp: PostgresTimestamp = try next()
        return Instant(microseconds: timestamp.microseconds)
    }

    /// The next column, a `timestamptz` that may be NULL.
    mutating func nextInstantIfAny() throws(PostgresError) -> Instant? {
        let timestamp: PostgresTimestamp? = try next()
        return timestamp.map { Instant(microseconds: $0.microseconds) }
    }
}
