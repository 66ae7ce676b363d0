/// A `jsonb` value as its JSON text in UTF-8.
///
/// PostgreSQL keeps the meaning, not the bytes: it comes back with keys in jsonb's own order and its own spacing.
package struct PostgresJSONB: Hashable, Sendable {
    package var bytes: [UInt8]

    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }
}

extension PostgresJSONB: PostgresScalar {
    package static var postgresType: PostgresType { .jsonb }
    package static var postgresArrayType: PostgresType { .jsonbArray }

    package func encode(into bytes: inout [UInt8]) {
        bytes.append(Self.formatVersion)
        bytes.append(contentsOf: self.bytes)
    }

    package static func decode(_ bytes: RawSpan, type: PostgresType) throws(PostgresDecodingFailure) -> PostgresJSONB {
        guard type == .jsonb else { throw .unexpectedType }
        guard bytes.bigEndian(at: 0, as: UInt8.self) == formatVersion else { throw .malformed }
        // The unsafe view is copied and does not outlive the call.
        return PostgresJSONB(bytes.withUnsafeBytes { [UInt8]($0.dropFirst()) })
    }

    /// The first byte of the binary format (`jsonb_send`).
    private static let formatVersion: UInt8 = 1
}
