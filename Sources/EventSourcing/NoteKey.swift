internal import Crypto

/// The name and public key that signed notes are held against (C2SP signed-note, Ed25519).
///
/// Written `name+id+key`: the name without blank or plus sign, the key's identifier in eight hexadecimal digits
/// (the first four bytes of SHA-256(name || 0x0A || 0x01 || public key)), and base64 of 0x01 || public key. Go's
/// `golang.org/x/mod/sumdb/note` reads the same text.
package struct NoteKey: Hashable, Sendable, CustomStringConvertible {
    /// Who signs.
    package let name: String
    /// The public key: 32 bytes (RFC 8032).
    package let publicKey: [UInt8]

    /// Takes a name and a public key; `nil` for a name that no note could bear, or anything but 32 bytes.
    package init?(name: String, publicKey: [UInt8]) {
        guard Self.isName(name), publicKey.count == Self.byteCount else { return nil }
        self.name = name
        self.publicKey = publicKey
    }

    /// Reads what `description` gives; `nil` for anything else.
    package init?(_ text: String) {
        let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let bytes = Base64.decode(parts[2]), bytes.first == Self.algorithm,
            let key = NoteKey(name: String(parts[0]), publicKey: Array(bytes.dropFirst())), key.description == text
        else { return nil }
        self = key
    }

    package var description: String {
        "\(name)+\(Self.hexadecimal(identifier))+\(Base64.encode([Self.algorithm] + publicKey))"
    }

    /// The four bytes that lead each signature.
    package var identifier: [UInt8] {
        Array(Digest(hashing: Array(name.utf8), [0x0A, Self.algorithm] + publicKey).bytes.prefix(Self.identifierByteCount))
    }

    /// Whether a signature is this key's over these bytes.
    func accepts(_ signature: some Collection<UInt8>, of text: String) -> Bool {
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else { return false }
        return key.isValidSignature(Array(signature), for: Array(text.utf8))
    }

    static let identifierByteCount = 4
    /// Ed25519, in the list of C2SP signed-note.
    private static let algorithm: UInt8 = 0x01
    private static let byteCount = 32

    private static func isName(_ name: String) -> Bool {
        !name.isEmpty && name.unicodeScalars.allSatisfy { $0 != "+" && !$0.properties.isWhitespace }
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
