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
        var data: [UInt8] = []
        data.reserveCapacity(256)
        append(
            log: log, position: position, stream: stream.rawValue.utf8Span.span.bytes, type: type.utf8Span.span.bytes,
            occurredAt: occurredAt, recordedAt: recordedAt, payloadDigest: payloadDigest, message: message, to: &data)
        return data
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
        scratch.removeAll(keepingCapacity: true)
        scratch.append(0x00)
        append(
            log: log, position: position, stream: stream, type: type, occurredAt: occurredAt, recordedAt: recordedAt,
            payloadDigest: payloadDigest, message: message, to: &scratch)
        return Digest(of: scratch)
    }

    private static let header: StaticString = "primary-conect leaf 1\n"

    private static func append(
        log: LogName, position: Position, stream: RawSpan, type: RawSpan, occurredAt: Instant?, recordedAt: Instant,
        payloadDigest: Digest, message: (position: Position, digest: Digest)?, to data: inout [UInt8]
    ) {
        header.withUTF8Buffer { data.append(contentsOf: $0) }
        append(log.rawValue.utf8Span.span.bytes, to: &data)
        append(position.rawValue, to: &data)
        append(stream, to: &data)
        append(type, to: &data)
        if let occurredAt {
            data.append(0x01)
            append(occurredAt.microseconds, to: &data)
        } else {
            data.append(0x00)
        }
        append(recordedAt.microseconds, to: &data)
        payloadDigest.append(to: &data)
        if let message {
            data.append(0x01)
            append(message.position.rawValue, to: &data)
            message.digest.append(to: &data)
        } else {
            data.append(0x00)
        }
    }

    private static func append(_ value: Int64, to data: inout [UInt8]) {
        // The unsafe view is of a local integer and does not outlive the call.
        withUnsafeBytes(of: value.bigEndian) { data.append(contentsOf: $0) }
    }

    private static func append(_ text: RawSpan, to data: inout [UInt8]) {
        // As above, and of the text, which outlives the call.
        withUnsafeBytes(of: UInt32(truncatingIfNeeded: text.byteCount).bigEndian) { data.append(contentsOf: $0) }
        text.withUnsafeBytes { data.append(contentsOf: $0) }
    }
}
