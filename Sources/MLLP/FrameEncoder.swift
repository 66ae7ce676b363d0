package import NIOCore

/// Puts messages into frames.
package enum FrameEncoder {
    /// Adds the frame of `message` to `buffer`: 0B, the bytes, 1C 0D.
    ///
    /// A framing byte inside the message leaves as `?`; use `firstFramingByte(in:)` where that must not happen.
    package static func append(_ message: [UInt8], to buffer: inout ByteBuffer) {
        buffer.reserveCapacity(minimumWritableBytes: message.count + 3)
        buffer.writeInteger(FrameMark.start)
        if FrameMark.first(in: message.span.bytes, from: 0) == message.count {
            buffer.writeBytes(message)
        } else {
            buffer.writeBytes(message.map { $0 == FrameMark.start || $0 == FrameMark.end ? UInt8(ascii: "?") : $0 })
        }
        buffer.writeInteger(FrameMark.end)
        buffer.writeInteger(FrameMark.carriageReturn)
    }

    /// The offset of the first byte that cannot be carried (0B or 1C), or nil.
    package static func firstFramingByte(in message: [UInt8]) -> Int? {
        let offset = FrameMark.first(in: message.span.bytes, from: 0)
        return offset == message.count ? nil : offset
    }
}
