package import FoundationEssentials

/// A type that has one PostgreSQL type of its own, and so can also be an element of an array.
package protocol PostgresScalar: PostgresEncodable, PostgresDecodable, PostgresArrayElement {
    /// The type of an array of it.
    static var postgresArrayType: PostgresType { get }
}

/// `bool`.
extension Bool: PostgresScalar {
    package static var postgresType: PostgresType { .bool }
    package static var postgresArrayType: PostgresType { .boolArray }

    package func encode(into bytes: inout [UInt8]) {
        bytes.append(self ? 1 : 0)
    }

    package static func decode(_ bytes: RawSpan, type: PostgresType) throws(PostgresDecodingFailure) -> Bool {
        guard type == .bool else { throw .unexpectedType }
        guard bytes.byteCount == 1, let byte = bytes.bigEndian(at: 0, as: UInt8.self) else { throw .malformed }
        return byte != 0
    }
}

/// `int4`; also reads `int2`.
extension Int32: PostgresScalar {
    package static var postgresType: PostgresType { .int4 }
    package static var postgresArrayType: PostgresType { .int4Array }

    package func encode(into bytes: inout [UInt8]) {
        bytes.appendBigEndian(self)
    }

    package static func decode(_ bytes: RawSpan, type: PostgresType) throws(PostgresDecodingFailure) -> Int32 {
        guard let value = Int32(exactly: try Int64.decode(bytes, type: type)) else { throw .outOfRange }
        return value
    }
}

/// `int8`; also reads `int4` and `int2`.
extension Int64: PostgresScalar {
    package static var postgresType: PostgresType { .int8 }
    package static var postgresArrayType: PostgresType { .int8Array }

    package func encode(into bytes: inout [UInt8]) {
        bytes.appendBigEndian(self)
    }

    package static func decode(_ bytes: RawSpan, type: PostgresType) throws(PostgresDecodingFailure) -> Int64 {
        let value: Int64?
        switch type {
        case .int8: value = bytes.byteCount == 8 ? bytes.bigEndian(at: 0) : nil
        case .int4: value = bytes.byteCount == 4 ? bytes.bigEndian(at: 0, as: Int32.self).map(Int64.init) : nil
        case .int2: value = bytes.byteCount == 2 ? bytes.bigEndian(at: 0, as: Int16.self).map(Int64.init) : nil
        default: throw .unexpectedType
        }
        guard let value else { throw .malformed }
        return value
    }
}

/// `int8`, as `Int64`: for counts.
extension Int: PostgresScalar {
    package static var postgresType: PostgresType { .int8 }
    package static var postgresArrayType: PostgresType { .int8Array }

    package func encode(into bytes: inout [UInt8]) {
        bytes.appendBigEndian(Int64(self))
    }

    package static func decode(_ bytes: RawSpan, type: PostgresType) throws(PostgresDecodingFailure) -> Int {
        Int(try Int64.decode(bytes, type: type))
    }
}

/// `text`; also reads `varchar`, `bpchar` and `name`.
///
/// PostgreSQL's text cannot hold U+0000: the server refuses such a parameter with SQLSTATE 22021.
extension String: PostgresScalar {
    package static var postgresType: PostgresType { .text }
    package static var postgresArrayType: PostgresType { .textArray }

    package func encode(into bytes: inout [UInt8]) {
        bytes.append(contentsOf: utf8)
    }

    package static func decode(_ bytes: RawSpan, type: PostgresType) throws(PostgresDecodingFailure) -> String {
        switch type {
        case .text, .varchar, .bpchar, .name, .unknown: break
        default: throw .unexpectedType
        }
        // The unsafe view does not outlive the call. The server checks its text, and client_encoding is UTF8.
        return bytes.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
    }
}

/// `bytea`.
extension Array: PostgresArrayElement, PostgresScalar where Element == UInt8 {
    package static var postgresArrayType: PostgresType { .byteaArray }
}

/// `uuid`.
extension UUID: PostgresScalar {
    package static var postgresType: PostgresType { .uuid }
    package static var postgresArrayType: PostgresType { .uuidArray }

    package func encode(into bytes: inout [UInt8]) {
        // The unsafe view is of a local tuple of sixteen bytes and does not outlive the call.
        Swift.withUnsafeBytes(of: uuid) { bytes.append(contentsOf: $0) }
    }

    package static func decode(_ bytes: RawSpan, type: PostgresType) throws(PostgresDecodingFailure) -> UUID {
        guard type == .uuid else { throw .unexpectedType }
        guard bytes.byteCount == 16 else { throw .malformed }
        // Sixteen bytes, counted above, of which any value is a uuid.
        return UUID(uuid: bytes.unsafeLoadUnaligned(as: uuid_t.self))
    }
}
