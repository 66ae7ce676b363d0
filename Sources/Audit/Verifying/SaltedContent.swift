import EventSourcing
import Postgres

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

    /// Reads two columns of a row; `nil` if either is NULL.
    init?(_ row: PostgresRow, salt: Int, content: Int, plain isPlainAsked: Bool = false) throws(PostgresError) {
        let made = try row.withBytes(salt, content) { salt, content in
            SaltedContent(
                digest: Digest(of: salt, content), plain: isPlainAsked ? Digest(of: content) : nil,
                isSalted: salt.byteCount == Salt.byteCount, isGone: salt.byteCount + content.byteCount == 0)
        }
        guard let made else { return nil }
        self = made
    }

    private init(digest: Digest, plain: Digest?, isSalted: Bool, isGone: Bool) {
        self.digest = digest
        self.plain = plain
        self.isSalted = isSalted
        self.isGone = isGone
    }
}
