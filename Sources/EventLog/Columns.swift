package import EventSourcing
package import Postgres

/// UTF-8 bytes bound as `text`, without a string being built.
struct TextBytes: PostgresScalar {
    var bytes: [UInt8]

    static var postgresType: PostgresType { .text }
    static var postgresArrayType: PostgresType { .textArray }

    func encode(into buffer: inout [UInt8]) {
        buffer.append(contentsOf: bytes)
    }

    static func decode(_ bytes: RawSpan, type: PostgresType) throws(PostgresDecodingFailure) -> TextBytes {
        guard type == .text else { throw .unexpectedType }
        // The unsafe view is copied and does not outlive the call.
        return TextBytes(bytes: bytes.withUnsafeBytes { [UInt8]($0) })
    }
}

extension Digest: PostgresScalar {
    package static var postgresType: PostgresType { .bytea }
    package static var postgresArrayType: PostgresType { .byteaArray }

    package func encode(into bytes: inout [UInt8]) {
        append(to: &bytes)
    }

    package static func decode(_ bytes: RawSpan, type: PostgresType) throws(PostgresDecodingFailure) -> Digest {
        guard type == .bytea else { throw .unexpectedType }
        guard let digest = Digest(copying: bytes) else { throw .malformed }
        return digest
    }
}

extension Salt: PostgresScalar {
    package static var postgresType: PostgresType { .bytea }
    package static var postgresArrayType: PostgresType { .byteaArray }

    package func encode(into bytes: inout [UInt8]) {
        bytes.append(contentsOf: self.bytes)
    }

    package static func decode(_ bytes: RawSpan, type: PostgresType) throws(PostgresDecodingFailure) -> Salt {
        guard let salt = Salt(bytes: try [UInt8].decode(bytes, type: type)) else { throw .malformed }
        return salt
    }
}

extension Instant: PostgresScalar {
    package static var postgresType: PostgresType { .timestamptz }
    package static var postgresArrayType: PostgresType { .timestamptzArray }

    package func encode(into bytes: inout [UInt8]) {
        PostgresTimestamp(microseconds: microseconds).encode(into: &bytes)
    }

    package static func decode(_ bytes: RawSpan, type: PostgresType) throws(PostgresDecodingFailure) -> Instant {
        Instant(microseconds: try PostgresTimestamp.decode(bytes, type: type).microseconds)
    }
}

extension Position: PostgresScalar {
    package static var postgresType: PostgresType { .int8 }
    package static var postgresArrayType: PostgresType { .int8Array }

    package func encode(into bytes: inout [UInt8]) {
        rawValue.encode(into: &bytes)
    }

    package static func decode(_ bytes: RawSpan, type: PostgresType) throws(PostgresDecodingFailure) -> Position {
        Position(try Int64.decode(bytes, type: type))
    }
}

extension LogName: PostgresScalar {
    package static var postgresType: PostgresType { .text }
    package static var postgresArrayType: PostgresType { .textArray }

    package func encode(into bytes: inout [UInt8]) {
        rawValue.encode(into: &bytes)
    }

    package static func decode(_ bytes: RawSpan, type: PostgresType) throws(PostgresDecodingFailure) -> LogName {
        guard let log = LogName(try String.decode(bytes, type: type)) else { throw .malformed }
        return log
    }
}

extension StreamName: PostgresScalar {
    package static var postgresType: PostgresType { .text }
    package static var postgresArrayType: PostgresType { .textArray }

    package func encode(into bytes: inout [UInt8]) {
        rawValue.encode(into: &bytes)
    }

    package static func decode(_ bytes: RawSpan, type: PostgresType) throws(PostgresDecodingFailure) -> StreamName {
        StreamName(try String.decode(bytes, type: type))
    }
}
