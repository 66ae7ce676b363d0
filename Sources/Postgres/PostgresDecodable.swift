/// A value that can be read from a column of a result.
///
/// Results travel in the binary format. A type decodes only the PostgreSQL types it names: a column of another type is
/// an error, never a guess.
package protocol PostgresDecodable: Sendable {
    /// Reads the value from the bytes of one column or array element.
    static func decode(_ bytes: RawSpan, type: PostgresType) throws(PostgresDecodingFailure) -> Self

    /// What NULL means for this type: an error unless the type is optional.
    static func decodeNull() throws(PostgresDecodingFailure) -> Self
}

/// Why a column could not be read; the row adds which column it was.
package enum PostgresDecodingFailure: String, Error, Sendable {
    case unexpectedNull = "unexpected-null"
    case unexpectedType = "unexpected-type"
    case malformed = "malformed"
    case outOfRange = "out-of-range"
    case severalDimensions = "several-dimensions"
}

extension PostgresDecodable {
    package static func decodeNull() throws(PostgresDecodingFailure) -> Self {
        throw .unexpectedNull
    }
}

extension Optional: PostgresDecodable where Wrapped: PostgresDecodable {
    package static func decode(_ bytes: RawSpan, type: PostgresType) throws(PostgresDecodingFailure) -> Wrapped? {
        try Wrapped.decode(bytes, type: type)
    }

    package static func decodeNull() throws(PostgresDecodingFailure) -> Wrapped? { nil }
}

extension RawSpan {
    /// Reads an integer in network byte order; nil where the span is too short.
    func bigEndian<T: FixedWidthInteger & BitwiseCopyable>(at offset: Int, as type: T.Type = T.self) -> T? {
        guard offset >= 0, offset <= byteCount - MemoryLayout<T>.size else { return nil }
        // Unsafe only in that any bytes are taken for an integer, which any bytes are; the bounds were checked above.
        return T(bigEndian: unsafeLoadUnaligned(fromByteOffset: offset, as: T.self))
    }
}
