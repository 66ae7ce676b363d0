package import EventSourcing

/// Which command it is: the identifier its sender gave it, and the digest of what it asked for.
///
/// The same identifier again with the same digest is the same command, and gets the same answer; with another digest it
/// is refused (product.md 5.7). The service takes the digest of the request's content, without the time of day.
package struct CommandKey: Hashable, Sendable, CustomStringConvertible {
    /// A UUID (RFC 9562 section 4), lower case.
    package let id: String
    /// SHA-256 of what was asked for.
    package let digest: Digest

    /// Takes a UUID in either case; `nil` for anything else.
    package init?(id: String, digest: Digest) {
        guard let id = UUIDText.lowercased(id) else { return nil }
        self.id = id
        self.digest = digest
    }

    package var description: String { id }
}
