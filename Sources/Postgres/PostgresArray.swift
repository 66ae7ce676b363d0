/// A type of which an array can be bound and read.
///
/// An array of bytes is `bytea`; an array of anything else is an array of its type, in one dimension, where an optional
/// element may be NULL.
package protocol PostgresArrayElement: Sendable {
    /// The type of the whole array.
    static var postgresTypeOfArray: PostgresType { get }

    /// Appends the array in the binary format.
    static func encodeArray(_ array: [Self], into bytes: inout [UInt8])

    /// Reads the array.
    static func decodeArray(_ bytes: RawSpan, type: PostgresType) throws(PostgresDecodingFailure) -> [Self]
}

extension Array: PostgresEncodable where Element: PostgresArrayElement {
    package static var postgresType: PostgresType { Element.postgresTypeOfArray }

    package func encode(into bytes: inout [UInt8]) {
        Element.encodeArray(self, into: &bytes)
    }
}

extension Array: PostgresDecodable where Element: PostgresArrayElement {
    package static func decode(_ bytes: RawSpan, type: PostgresType) throws(PostgresDecodingFailure) -> [Element] {
        try Element.decodeArray(bytes, type: type)
    }
}

extension UInt8: PostgresArrayElement {
    package static var postgresTypeOfArray: PostgresType { .bytea }

    package static func encodeArray(_ array: [UInt8], into bytes: inout [UInt8]) {
        bytes.append(contentsOf: array)
    }

    package static func decodeArray(_ bytes: RawSpan, type: PostgresType) throws(PostgresDecodingFailure) -> [UInt8] {
        guard type == .bytea else { throw .unexpectedType }
        // The unsafe view is copied and does not outlive the call.
        return bytes.withUnsafeBytes { [UInt8]($0) }
    }
}

extension PostgresScalar {
    package static var postgresTypeOfArray: PostgresType { postgresArrayType }

    package static func encodeArray(_ array: [Self], into bytes: inout [UInt8]) {
        ArrayFormat.encode(array, elementType: postgresType, into: &bytes)
    }

    package static func decodeArray(_ bytes: RawSpan, type: PostgresType) throws(PostgresDecodingFailure) -> [Self] {
        try ArrayFormat.decode(bytes)
    }
}

extension Optional: PostgresArrayElement where Wrapped: PostgresScalar {
    package static var postgresTypeOfArray: PostgresType { Wrapped.postgresArrayType }

    package static func encodeArray(_ array: [Wrapped?], into bytes: inout [UInt8]) {
        ArrayFormat.encode(array, elementType: Wrapped.postgresType, into: &bytes)
    }

    package static func decodeArray(_ bytes: RawSpan, type: PostgresType) throws(PostgresDecodingFailure) -> [Wrapped?]
    {
        try ArrayFormat.decode(bytes)
    }
}

/// The binary format of an array (`array_send` in PostgreSQL's `arrayfuncs.c`).
///
/// ```
/// dimensions int4 · has NULLs int4 · element type int4 · (length int4 · lower bound int4) each dimension
///   then each element: length int4 (-1 is NULL) · bytes
/// ```
private enum ArrayFormat {
    static func encode<E: PostgresEncodable>(_ array: [E], elementType: PostgresType, into bytes: inout [UInt8]) {
        bytes.appendBigEndian(Int32(array.isEmpty ? 0 : 1))
        bytes.appendBigEndian(Int32(array.contains { $0.isPostgresNull } ? 1 : 0))
        bytes.appendBigEndian(elementType.rawValue)
        guard !array.isEmpty else { return }
        bytes.appendBigEndian(Int32(truncatingIfNeeded: array.count))
        bytes.appendBigEndian(Int32(1))
        for element in array {
            if element.isPostgresNull {
                bytes.appendBigEndian(Int32(-1))
            } else {
                bytes.appendCounted { element.encode(into: &$0) }
            }
        }
    }

    static func decode<E: PostgresDecodable>(_ bytes: RawSpan) throws(PostgresDecodingFailure) -> [E] {
        guard let dimensions = bytes.bigEndian(at: 0, as: Int32.self),
            let elementType = bytes.bigEndian(at: 8, as: UInt32.self)
        else { throw .malformed }
        if dimensions == 0 { return [] }
        guard dimensions == 1 else { throw .severalDimensions }
        // Each element takes at least the four bytes of its length: a count beyond that is not believed.
        guard let count = bytes.bigEndian(at: 12, as: Int32.self), count >= 0, Int(count) <= bytes.byteCount / 4 else {
            throw .malformed
        }
        var array: [E] = []
        array.reserveCapacity(Int(count))
        var offset = 20
        for _ in 0..<count {
            guard let length = bytes.bigEndian(at: offset, as: Int32.self) else { throw .malformed }
            offset += 4
            if length < 0 {
                array.append(try E.decodeNull())
            } else {
                guard Int(length) <= bytes.byteCount - offset else { throw .malformed }
                let element = bytes.extracting(offset..<offset + Int(length))
                array.append(try E.decode(element, type: PostgresType(rawValue: elementType)))
                offset += Int(length)
            }
        }
        return array
    }
}
