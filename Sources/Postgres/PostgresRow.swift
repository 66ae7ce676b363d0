/// One row of a result.
package struct PostgresRow: Sendable {
    let result: PostgresResult
    let index: Int

    /// Reads the column at an index from 0.
    package func decode<T: PostgresDecodable>(_ column: Int, as type: T.Type = T.self) throws(PostgresError) -> T {
        try checkColumn(column)
        do throws(PostgresDecodingFailure) {
            return try result.decode(index, column)
        } catch {
            throw PostgresError(
                .decoding, message: "column \(column) (\(result.columnName(column))) as \(T.self): \(error.rawValue)")
        }
    }

    /// Reads the first column of a name.
    package func decode<T: PostgresDecodable>(_ name: String, as type: T.Type = T.self) throws(PostgresError) -> T {
        guard let column = result.column(named: name) else {
            throw PostgresError(.decoding, message: "no column \(name)")
        }
        return try decode(column)
    }

    private func checkColumn(_ column: Int) throws(PostgresError) {
        guard column >= 0, column < result.columnCount else {
            throw PostgresError(.decoding, message: "no column \(column) among \(result.columnCount)")
        }
    }

    /// Reads the leading columns in order: `let (log, position) = try row.decode(String.self, Int64.self)`.
    package func decode<First: PostgresDecodable, each T: PostgresDecodable>(
        _ first: First.Type, _ types: repeat (each T).Type
    ) throws(PostgresError) -> (First, repeat each T) {
        var column = 0
        func next<V: PostgresDecodable>(_ type: V.Type) throws(PostgresError) -> V {
            defer { column += 1 }
            return try decode(column)
        }
        return (try next(first), repeat try next((each T).self))
    }
}
