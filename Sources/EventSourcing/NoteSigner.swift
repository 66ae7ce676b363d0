internal import Crypto

/// The key that signs checkpoints: an Ed25519 private key, which signs under any name.
///
/// Its 32 bytes are the seed of RFC 8032. Whoever has them can sign another past: they belong outside the database.
package struct NoteSigner: Sendable {
    private let key: Curve25519.Signing.PrivateKey

    /// Takes a seed of 32 bytes; `nil` for any other count.
    package init?(seed: some Collection<UInt8>) {
        guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: Array(seed)) else { return nil }
        self.key = key
    }

    /// Draws a key from the system's generator.
    package init() {
        key = Curve25519.Signing.PrivateKey()
    }

    /// The 32 bytes to keep.
    package var seed: [UInt8] { Array(key.rawRepresentation) }

    /// The public key: 32 bytes.
    package var publicKey: [UInt8] { Array(key.publicKey.rawRepresentation) }

    /// What others hold notes signed under this name against; `nil` for a name that no note could bear.
    package func verifier(named name: String) -> NoteKey? {
        NoteKey(name: name, publicKey: publicKey)
    }

    /// A checkpoint under the name of its origin; `nil` if it cannot be signed.
    package func sign(_ checkpoint: Checkpoint) -> SignedNote? {
        let text = checkpoint.text
        guard let verifier = verifier(named: checkpoint.origin), let signature = try? key.signature(for: Array(text.utf8))
        else { return nil }
        return SignedNote(text: text, signatures: [.init(name: verifier.name, bytes: verifier.identifier + signature)])
    }
}
