import EventSourcing

/// The digest of a salt and what it blinds, made where libpq holds the bytes: they are not copied.
struct SaltedContent {
    /// SHA-256(salt || content).
    let digest: Digest
    /// SHA-256(content), where it was asked for.
    let plain: Digest?
    /// Whether the salt has the length of a salt: a byte that went from one to the other would not show in the digest of
    /// both.
    let isSalted: Bool
    /// Whether both were taken out.
    let isGone: Bool

    /// Hashes bytes that are lent for the call.
    init(salt: UnsafeRawBufferPointer, content: UnsafeRawBufferPointer, isPlainAsked: Bool = false) {
        digest = Digest(of: salt.bytes, content.bytes)
        plain = isPlainAsked ? Digest(of: content.bytes) : nil
        isSalted = salt.count == Salt.byteCount
        isGone = salt.isEmpty && content.isEmpty
    }
}
