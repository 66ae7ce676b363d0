import EventSourcing
import Postgres

/// The digest of a salt and what it blinds, made where libpq holds the bytes: they are not copied.
///
/// The column is `salt || content`, of type `bytea`.
struct SaltedContent: PostgresDecodable {
    /// SHA-256(salt || content).
    let digest: Digest
    /// The bytes of both; 0 for what was taken out.
    let byteCount: Int

    static func decode(_ bytes: RawSpan, type: PostgresType) throws(PostgresDecodingFailure) -> SaltedContent {
        guard type == .bytea else { throw .unexpectedType }
        return SaltedContent(digest: Digest(of: bytes), byteCount: bytes.byteCount)
    }
}

/// The same of a message, whose own digest is also kept.
struct SaltedMessage: PostgresDecodable {
    let salted: SaltedContent
    /// SHA-256(content).
    let plain: Digest

    static func decode(_ bytes: RawSpan, type: PostgresType) throws(PostgresDecodingFailure) -> SaltedMessage {
        let salted = try SaltedContent.decode(bytes, type: type)
        let content = bytes.extracting(min(Salt.byteCount, bytes.byteCount)...)
        return SaltedMessage(salted: salted, plain: Digest(of: content))
    }
}
