/// What a log says of itself at one size: the text that is signed (C2SP tlog-checkpoint).
///
/// ```
/// primary-conect/3f9a12c4/RH5                      origin: which log, of which installation
/// 1284311                                          size: the number of leaves, which is the newest position
/// CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=     root of the tree (RFC 6962 section 2.1)
/// time 2026-03-03T08:00:00.000Z                    extension lines, none empty
/// ```
///
/// each line ended by a line feed. Two checkpoints of one origin, each true, are always consistent: `ConsistencyProof`.
package struct Checkpoint: Hashable, Sendable {
    /// Which log: not empty, one line. Also the name of the key that signs it.
    package let origin: String
    /// The number of leaves.
    package let size: Int64
    /// The root of the tree of that many leaves.
    package let root: Digest
    /// Lines behind the root; each not empty, of one line.
    package let extensions: [String]

    /// Says that a log of `size` leaves has this root.
    package init(origin: String, size: Int64, root: Digest, extensions: [String] = []) {
        self.origin = origin
        self.size = size
        self.root = root
        self.extensions = extensions
    }

    /// Reads what `text` gives; `nil` for anything else.
    package init?(text: String) {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.popLast() == "", lines.count >= 3, lines.allSatisfy({ !$0.isEmpty }),
            let size = Int64(lines[1]), size >= 0, String(size) == lines[1],
            let root = Base64.decode(lines[2]).flatMap({ Digest(bytes: $0) })
        else { return nil }
        self.init(
            origin: String(lines[0]), size: size, root: root, extensions: lines.dropFirst(3).map(String.init))
    }

    /// The text that is signed.
    package var text: String {
        ([origin, String(size), Base64.encode(root.bytes)] + extensions).map { $0 + "\n" }.joined()
    }
}
