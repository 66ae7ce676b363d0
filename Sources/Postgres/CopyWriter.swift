/// Writes the rows of a `copy … from stdin`.
///
/// Binary rows (PostgreSQL manual, COPY, Binary Format) need columns of exactly the types of the values: Int64 for
/// `int8`, not for `int4`.
///
/// ```
/// "PGCOPY\n\377\r\n\0" · flags int4 · extension length int4
/// each row: fields int2 · (length int4 (-1 is NULL) · bytes)…      end: -1 int2
/// ```
package struct CopyWriter {
    /// Gathered before it goes to libpq.
    static let pieceBytes = 65_536

    private let session: PostgresSession
    private let limit: Duration?
    private var buffer: [UInt8] = []
    private var isBinary = false

    init(session: PostgresSession, limit: Duration?) {
        self.session = session
        self.limit = limit
        buffer.reserveCapacity(Self.pieceBytes + 4096)
    }

    /// Appends one row in the binary format.
    package mutating func row<each T: PostgresEncodable>(_ values: repeat each T) throws(PostgresError) {
        if !isBinary {
            isBinary = true
            buffer += [0x50, 0x47, 0x43, 0x4F, 0x50, 0x59, 0x0A, 0xFF, 0x0D, 0x0A, 0x00]
            buffer.appendBigEndian(Int64(0))
        }
        let start = buffer.count
        buffer.appendBigEndian(Int16(0))
        var fields: UInt16 = 0
        for value in repeat each values {
            fields += 1
            if value.isPostgresNull {
                buffer.appendBigEndian(Int32(-1))
            } else {
                buffer.appendCounted { value.encode(into: &$0) }
            }
        }
        buffer[start] = UInt8(truncatingIfNeeded: fields >> 8)
        buffer[start + 1] = UInt8(truncatingIfNeeded: fields)
        if buffer.count >= Self.pieceBytes { try flush() }
    }

    /// Appends bytes as they are, for the text and csv formats.
    package mutating func write(_ bytes: some Sequence<UInt8>) throws(PostgresError) {
        buffer += bytes
        if buffer.count >= Self.pieceBytes { try flush() }
    }

    mutating func finish() throws(PostgresError) {
        if isBinary { buffer.appendBigEndian(Int16(-1)) }
        try flush()
    }

    private mutating func flush() throws(PostgresError) {
        try session.putCopy(buffer, within: limit)
        buffer.removeAll(keepingCapacity: true)
    }
}
