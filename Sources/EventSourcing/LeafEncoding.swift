/// The bytes of an event's leaf in its log's Merkle tree.
///
/// A stranger can verify a log from this alone. The data of the leaf at position *n* (the *n*-th leaf, counted from 1)
/// is
///
/// ```
/// "primary-conect leaf 1" 0x0A     ASCII, 22 bytes with the line feed; the digit is the version of this encoding
/// u32 length, log                  the log's name, ASCII
/// i64 position
/// u32 length, stream               UTF-8
/// u32 length, type                 UTF-8
/// 0x00 | 0x01 i64 occurred_at      microseconds since 1970-01-01T00:00:00Z
/// i64 recorded_at                  the same
/// 32 bytes                         SHA-256(event salt || payload)
/// 0x00 | 0x01 i64 32 bytes         position of the first event of the message that told it, and
///                                  SHA-256(message salt || message bytes)
/// ```
///
/// with integers in big-endian order, and its hash is SHA-256(0x00 || data) (RFC 6962 section 2.1). Everything an
/// auditor is shown is thereby committed to; payload and message bytes only through salted digests, so erasing them
/// with their salts (keeping the digests) leaves the tree standing and tells nothing.
package enum LeafEncoding {
    /// The data of one leaf.
    ///
    /// - Parameters:
    ///   - payloadDigest: SHA-256(event salt || payload).
    ///   - message: the position of the first event of the message that told it, and
    ///     SHA-256(message salt || message bytes).
    package static func data(
        log: LogName, position: Position, stream: StreamName, type: String, occurredAt: Instant?, recordedAt: Instant,
        payloadDigest: Digest, message: (position: Position, digest: Digest)?
    ) -> [UInt8] {
        var room: [UInt8] = []
        let end = write(
            log: log, position: position, stream: stream.rawValue.utf8Span.span.bytes, type: type.utf8Span.span.bytes,
            occurredAt: occurredAt, recordedAt: recordedAt, payloadDigest: payloadDigest, message: message, to: &room)
        return Array(room[1..<end])
    }

    /// The hash of one leaf: SHA-256(0x00 || data), with `scratch` as the room to build it in.
    package static func hash(
        log: LogName, position: Position, stream: StreamName, type: String, occurredAt: Instant?, recordedAt: Instant,
        payloadDigest: Digest, message: (position: Position, digest: Digest)?, scratch: inout [UInt8]
    ) -> Digest {
        hash(
            log: log, position: position, stream: stream.rawValue.utf8Span.span.bytes, type: type.utf8Span.span.bytes,
            occurredAt: occurredAt, recordedAt: recordedAt, payloadDigest: payloadDigest, message: message,
            scratch: &scratch)
    }

    /// The same where stream and type lie elsewhere, as UTF-8.
    package static func hash(
        log: LogName, position: Position, stream: RawSpan, type: RawSpan, occurredAt: Instant?, recordedAt: Instant,
        payloadDigest: Digest, message: (position: Position, digest: Digest)?, scratch: inout [UInt8]
    ) -> Digest {
        let end = write(
            log: log, position: position, stream: stream, type: type, occurredAt: occurredAt, recordedAt: recordedAt,
            payloadDigest: payloadDigest, message: message, to: &scratch)
        // The unsafe view is read and does not outlive the call.
        return scratch.withUnsafeBytes { Digest(of: UnsafeRawBufferPointer(rebasing: $0[..<end]).bytes) }
    }

    private static let header: StaticString = "primary-conect leaf 1\n"

    /// Writes 0x00 and the data to the beginning of an array, which grows if it must; gives where they end.
    private static func write(
        log: LogName, position: Position, stream: RawSpan, type: RawSpan, occurredAt: Instant?, recordedAt: Instant,
        payloadDigest: Digest, message: (position: Position, digest: Digest)?, to room: inout [UInt8]
    ) -> Int {
        let log = log.rawValue.utf8Span.span.bytes
        let end =
            1 + header.utf8CodeUnitCount + 4 + log.byteCount + 8 + 4 + stream.byteCount + 4 + type.byteCount
            + (occurredAt == nil ? 1 : 9) + 8 + Digest.byteCount + (message == nil ? 1 : 9 + Digest.byteCount)
        if room.count < end { room = [UInt8](repeating: 0, count: max(end, 512)) }
        room.withUnsafeMutableBytes { room in
            var writer = Writer(room: room)
            writer.write(0x00 as UInt8)
            header.withUTF8Buffer { writer.write(UnsafeRawBufferPointer($0)) }
            writer.write(counted: log)
            writer.write(position.rawValue)
            writer.write(counted: stream)
            writer.write(counted: type)
            if let occurredAt {
                writer.write(0x01 as UInt8)
                writer.write(occurredAt.microseconds)
            } else {
                writer.write(0x00 as UInt8)
            }
            writer.write(recordedAt.microseconds)
            payloadDigest.withBytes { writer.write($0) }
            if let message {
                writer.write(0x01 as UInt8)
                writer.write(message.position.rawValue)
                message.digest.withBytes { writer.write($0) }
            } else {
                writer.write(0x00 as UInt8)
            }
            assert(writer.end == end)
        }
        return end
    }

    /// Writes one thing behind the other.
    ///
    /// Unsafe in that nothing is checked in a release: there is room, for it was counted just before, and a leaf is made
    /// of each event that is appended or verified.
    private struct Writer {
        let room: UnsafeMutableRawBufferPointer
        var end = 0

        mutating func write(_ value: some FixedWidthInteger & BitwiseCopyable) {
            room.storeBytes(of: value.bigEndian, toByteOffset: end, as: type(of: value))
            end += value.bitWidth / 8
        }

        mutating func write(_ bytes: UnsafeRawBufferPointer) {
            UnsafeMutableRawBufferPointer(rebasing: room[end...]).copyMemory(from: bytes)
            end += bytes.count
        }

        mutating func write(counted text: RawSpan) {
            write(UInt32(truncatingIfNeeded: text.byteCount))
            text.withUnsafeBytes { write($0) }
        }
    }
}
