/// A value that can be bound to a statement as a parameter.
///
/// Values travel in PostgreSQL's binary format with their type declared, so the server never guesses: where a column
/// has another type, the statement says the cast (`\(text)::date`).
package protocol PostgresEncodable: Sendable {
    /// The type under which the value is declared to the server.
    static var postgresType: PostgresType { get }

    /// Whether the value is SQL's NULL; then `encode` is not called.
    var isPostgresNull: Bool { get }

    /// Appends the value in the binary format, without its length.
    func encode(into bytes: inout [UInt8])
}

extension PostgresEncodable {
    package var isPostgresNull: Bool { false }
}

extension Optional: PostgresEncodable where Wrapped: PostgresEncodable {
    package static var postgresType: PostgresType { Wrapped.postgresType }

    package var isPostgresNull: Bool { self?.isPostgresNull ?? true }

    package func encode(into bytes: inout [UInt8]) {
        self?.encode(into: &bytes)
    }
}

extension [UInt8] {
    /// Appends an integer in network byte order.
    mutating func appendBigEndian(_ value: some FixedWidthInteger) {
        // The unsafe view is of a local integer and does not outlive the call.
        Swift.withUnsafeBytes(of: value.bigEndian) { append(contentsOf: $0) }
    }

    /// Appends a length as Int32 and what `body` appends; the length counts only the latter.
    mutating func appendCounted(_ body: (inout [UInt8]) -> Void) {
        let start = count
        appendBigEndian(Int32(0))
        body(&self)
        let length = UInt32(truncatingIfNeeded: count - start - 4)
        for index in 0..<4 {
            self[start + index] = UInt8(truncatingIfNeeded: length >> (24 - 8 * UInt32(index)))
        }
    }
}
