/// One row of a `copy … to stdout (format binary)`, where libpq has it.
///
/// Lent while it is looked at, and gone then; the bytes of a column are good for no longer. Columns count from 0. The
/// statement names the columns, so nothing tells their types: each is read as the type that the statement gives it
/// (PostgreSQL manual, COPY, Binary Format).
package struct CopyRow: ~Copyable {
    private var bytes = UnsafeRawBufferPointer(start: nil, count: 0)
    /// Whether the header is still to come.
    private var isFirst = true
    /// Where each column lies; a negative count is NULL.
    private var columns: [(offset: Int, count: Int)] = []

    init() {}

    /// Takes what one piece of COPY data has; false for the end.
    mutating func take(_ piece: UnsafeRawBufferPointer) throws(PostgresError) -> Bool {
        bytes = piece
        columns.removeAll(keepingCapacity: true)
        var offset = 0
        if isFirst {
            // Behind the signature, the flags and the length of an extension, of which there is none.
            offset = 11 + 4 + 4
            isFirst = false
        }
        let count = try integer(Int16.self, at: &offset)
        guard count >= 0 else { return false }
        for _ in 0..<count {
            let length = Int(try integer(Int32.self, at: &offset))
            guard length <= piece.count - offset else { throw Self.malformed }
            columns.append((offset, length))
            offset += max(length, 0)
        }
        return true
    }

    /// The bytes of a column; an error for NULL, as for all below.
    package func bytes(_ column: Int) throws(PostgresError) -> UnsafeRawBufferPointer {
        guard let bytes = bytesIfAny(column) else { throw Self.malformed }
        return bytes
    }

    /// A column of type `int8` or `int4`.
    package func int64(_ column: Int) throws(PostgresError) -> Int64 {
        guard let value = try int64IfAny(column) else { throw Self.malformed }
        return value
    }

    /// A column of type `int8` or `int4` that may be NULL.
    package func int64IfAny(_ column: Int) throws(PostgresError) -> Int64? {
        guard let bytes = bytesIfAny(column) else { return nil }
        switch bytes.count {
        case 8: return Int64(bigEndian: bytes.loadUnaligned(as: Int64.self))
        case 4: return Int64(Int32(bigEndian: bytes.loadUnaligned(as: Int32.self)))
        default: throw Self.malformed
        }
    }

    /// A column of type `timestamptz`.
    package func timestamp(_ column: Int) throws(PostgresError) -> PostgresTimestamp {
        guard let timestamp = try timestampIfAny(column) else { throw Self.malformed }
        return timestamp
    }

    /// A column of type `timestamptz` that may be NULL.
    package func timestampIfAny(_ column: Int) throws(PostgresError) -> PostgresTimestamp? {
        guard let bytes = bytesIfAny(column) else { return nil }
        do throws(PostgresDecodingFailure) {
            return try PostgresTimestamp.decode(bytes.bytes, type: .timestamptz)
        } catch {
            throw Self.malformed
        }
    }

    /// A column of type `bool`.
    package func bool(_ column: Int) throws(PostgresError) -> Bool {
        let bytes = try bytes(column)
        guard bytes.count == 1 else { throw Self.malformed }
        return bytes[0] != 0
    }

    private func bytesIfAny(_ column: Int) -> UnsafeRawBufferPointer? {
        let (offset, count) = columns[column]
        // Held against the size of the piece when it was taken.
        return count < 0 ? nil : UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + count])
    }

    private func integer<T: FixedWidthInteger & BitwiseCopyable>(
        _ type: T.Type, at offset: inout Int
    ) throws(PostgresError) -> T {
        guard bytes.count - offset >= MemoryLayout<T>.size else { throw Self.malformed }
        defer { offset += MemoryLayout<T>.size }
        return T(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: T.self))
    }

    private static var malformed: PostgresError { PostgresError(.decoding, message: "a row of a COPY cannot be read") }
}
