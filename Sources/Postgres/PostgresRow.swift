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

    /// Lends the bytes of two columns of type `bytea` or `text`, which are not copied; `nil` if either is NULL.
    package func withBytes<R>(_ first: Int, _ second: Int, _ body: (RawSpan, RawSpan) -> R) throws(PostgresError) -> R? {
        try checkBytes(first)
        try checkBytes(second)
        // The result, which keeps the bytes, outlives the call, and the spans cannot leave it.
        return withExtendedLifetime(result) {
            guard let first = result.bytes(index, first), let second = result.bytes(index, second) else { return nil }
            return body(first.bytes, second.bytes)
        }
    }

    private func checkColumn(_ column: Int) throws(PostgresError) {
        guard column >= 0, column < result.columnCount else {
            throw PostgresError(.decoding, message: "no column \(column) among \(result.columnCount)")
        }
    }

    private func checkBytes(_ column: Int) throws(PostgresError) {
        try checkColumn(column)
        let type = result.type(ofColumn: column)
        guard type == .bytea || type == .text else {
            throw PostgresError(.decoding, message: "column \(column) (\(result.columnName(column))) is not of bytes")
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
