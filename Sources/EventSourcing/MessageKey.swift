/// What makes two messages the same one: sender, control id and the digest of the bytes.
///
/// Sender and control id are clipped (`StorableText`) to what an index can hold. An empty control id counts like any
/// other: only equal bytes make it the same message.
package struct MessageKey: Hashable, Sendable {
    /// `MSH-3|MSH-4`, at most 255 bytes.
    package let sender: String
    /// MSH-10, at most 255 bytes (HL7 allows 199).
    package let controlID: String
    /// SHA-256 of the message's bytes.
    package let digest: Digest

    /// The key of a message.
    package init(_ message: ReceivedMessage) {
        sender = StorableText.clip(message.sender, bytesMax: Self.textBytesMax)
        controlID = StorableText.clip(message.controlID, bytesMax: Self.textBytesMax)
        digest = Digest(of: message.bytes)
    }

    /// The longest sender or control id in bytes of UTF-8.
    package static let textBytesMax = 255
}
