package import EventSourcing

/// The origin lines of one installation's checkpoints: `primary-conect/<installation>/<log>`.
///
/// Also the name under which each is signed, so that every log has a verifier key of its own (`NoteKey`), made of the
/// one public key.
package struct LogOrigin: Hashable, Sendable {
    /// Eight hexadecimal digits of the SHA-256 of the public key.
    package let installation: String
    private let publicKey: [UInt8]

    /// The origins under a key.
    package init(publicKey: [UInt8]) {
        self.publicKey = publicKey
        installation = String(Digest(of: publicKey).hexadecimal.prefix(8))
    }

    /// The origin of a log's checkpoints.
    package func line(_ log: LogName) -> String { "primary-conect/\(installation)/\(log)" }

    /// What a log's checkpoints are held against; `nil` unless the public key has 32 bytes.
    package func key(_ log: LogName) -> NoteKey? { NoteKey(name: line(log), publicKey: publicKey) }
}
