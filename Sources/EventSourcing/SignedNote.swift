/// A text with signatures under it (C2SP signed-note).
///
/// ```
/// primary-conect/3f9a12c4/RH5                      the text: lines, each ended by a line feed
/// 1284311
/// CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
///                                                  an empty line
/// — primary-conect/3f9a12c4/RH5 Vg8m…==            U+2014, name, base64 of key identifier || signature
/// ```
package struct SignedNote: Hashable, Sendable {
    /// One line under the text.
    package struct Signature: Hashable, Sendable {
        /// Who signed.
        package let name: String
        /// Four bytes that identify the key, and the signature.
        package let bytes: [UInt8]
    }

    /// What is signed, with its last line feed.
    package let text: String
    /// At least one.
    package let signatures: [Signature]

    init(text: String, signatures: [Signature]) {
        self.text = text
        self.signatures = signatures
    }

    /// Reads one note; `nil` for what is none.
    package init?(_ note: String) {
        var lines = note.split(separator: "\n", omittingEmptySubsequences: false)
        // The last empty line parts text and signatures; the text may have empty lines of its own.
        guard lines.popLast() == "", let gap = lines.lastIndex(of: ""), gap > 0, gap < lines.count - 1 else { return nil }
        var signatures: [Signature] = []
        for line in lines[(gap + 1)...] {
            let parts = line.split(separator: " ", omittingEmptySubsequences: false)
            guard parts.count == 3, parts[0] == "\u{2014}", !parts[1].isEmpty, let bytes = Base64.decode(parts[2]),
                bytes.count > NoteKey.identifierByteCount, signatures.count < Self.signaturesMax
            else { return nil }
            signatures.append(Signature(name: String(parts[1]), bytes: bytes))
        }
        text = lines[..<gap].map { $0 + "\n" }.joined()
        self.signatures = signatures
    }

    /// The note as it is sent and kept.
    package var description: String {
        text + "\n" + signatures.map { "\u{2014} \($0.name) \(Base64.encode($0.bytes))\n" }.joined()
    }

    /// The checkpoint in it, if this key signed it and its origin is the key's name.
    package func checkpoint(signedBy key: NoteKey) -> Checkpoint? {
        let identifier = key.identifier
        let isSigned = signatures.contains { signature in
            signature.name == key.name && signature.bytes.prefix(identifier.count) == identifier[...]
                && key.accepts(signature.bytes.dropFirst(identifier.count), of: text)
        }
        guard isSigned, let checkpoint = Checkpoint(text: text), checkpoint.origin == key.name else { return nil }
        return checkpoint
    }

    /// Signatures under one note; more are no note of ours or of its witnesses.
    private static let signaturesMax = 64
}

extension SignedNote: CustomStringConvertible {}
