import EventSourcing
import Testing

struct ProofTests {
    private static let sizeMax = 70

    /// A tree as RFC 6962 section 2.1 defines it, computed anew for each question.
    private struct NaiveTree {
        var leaves: [Digest]

        func hash(_ first: Int, _ end: Int) -> Digest {
            guard end - first > 1 else { return end == first ? MerkleHash.emptyRoot : leaves[first] }
            var middle = 1
            while middle * 2 < end - first { middle *= 2 }
            return MerkleHash.node(hash(first, first + middle), hash(first + middle, end))
        }

        func hashes(_ spans: [MerkleSpan]) -> [Digest] { spans.map { hash(Int($0.first), Int($0.end)) } }
    }

    private let tree = NaiveTree(leaves: (0..<Self.sizeMax).map { MerkleHash.leaf([UInt8($0)]) })
    private let stranger = Digest(of: [0xFF])

    @Test func `each leaf of each tree is proved, and nothing else by the same proof`() throws {
        for size in 1...Self.sizeMax {
            let root = tree.hash(0, size)
            for index in 0..<size {
                let spans = try #require(MerkleSpan.inclusion(of: Int64(index), in: Int64(size)))
                let hashes = tree.hashes(spans)
                let proof = InclusionProof(index: Int64(index), size: Int64(size), hashes: hashes)
                let holds = proof.proves(tree.leaves[index], in: root)
                let others = [
                    proof.proves(stranger, in: root), proof.proves(tree.leaves[index], in: stranger),
                    InclusionProof(index: Int64(index), size: Int64(size), hashes: hashes + [stranger])
                        .proves(tree.leaves[index], in: root),
                    InclusionProof(index: Int64(index ^ 1), size: Int64(size), hashes: hashes)
                        .proves(tree.leaves[index], in: root) && size > 1,
                    !hashes.isEmpty
                        && InclusionProof(index: Int64(index), size: Int64(size), hashes: hashes.dropLast())
                            .proves(tree.leaves[index], in: root),
                ]
                #expect(holds && !others.contains(true), "leaf \(index) of \(size)")
            }
        }
        #expect(MerkleSpan.inclusion(of: 5, in: 5) == nil)
        #expect(MerkleSpan.inclusion(of: -1, in: 5) == nil)
    }

    @Test func `each tree is proved to begin with each older one, and with no other`() throws {
        for size in 1...Self.sizeMax {
            let root = tree.hash(0, size)
            for old in 0...size {
                let oldRoot = tree.hash(0, old)
                let hashes = tree.hashes(try #require(MerkleSpan.consistency(from: Int64(old), to: Int64(size))))
                let proof = ConsistencyProof(old: Int64(old), size: Int64(size), hashes: hashes)
                let holds = proof.proves(oldRoot, in: root)
                var changed = hashes
                if !changed.isEmpty { changed[changed.count / 2] = stranger }
                let others = [
                    proof.proves(stranger, in: root),
                    old > 0 && proof.proves(oldRoot, in: stranger),
                    ConsistencyProof(old: Int64(old), size: Int64(size), hashes: hashes + [stranger])
                        .proves(oldRoot, in: root),
                    !hashes.isEmpty
                        && ConsistencyProof(old: Int64(old), size: Int64(size), hashes: changed).proves(oldRoot, in: root),
                ]
                #expect(holds && !others.contains(true), "\(old) of \(size)")
            }
        }
        #expect(MerkleSpan.consistency(from: 3, to: 2) == nil)
    }

    @Test func `a span's hash is that of its perfect subtrees`() throws {
        for size in 1...Self.sizeMax {
            for span in try #require(MerkleSpan.inclusion(of: Int64(size / 3), in: Int64(size))) {
                let parts = span.perfect
                #expect(parts.allSatisfy { $0.count.nonzeroBitCount == 1 && $0.first % $0.count == 0 })
                #expect(parts.first?.first == span.first && parts.last?.end == span.end)
                #expect(MerkleSpan.hash(perfect: tree.hashes(parts)) == tree.hash(Int(span.first), Int(span.end)))
            }
        }
    }

    @Test func `a checkpoint comes back as it was signed, and nothing changed passes`() throws {
        // The seed and public key of RFC 8032 section 7.1, test 1.
        let seed = try #require(
            Digest(hexadecimal: "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
        ).bytes
        let signer = try #require(NoteSigner(seed: seed))
        #expect(signer.publicKey.first == 0xD7 && signer.seed == seed)
        let origin = "primary-conect/test/RH5"
        let checkpoint = Checkpoint(
            origin: origin, size: 70, root: tree.hash(0, 70), extensions: ["time 2026-03-03T08:00:00.000Z"])
        let note = try #require(signer.sign(checkpoint))
        let key = try #require(signer.verifier(named: origin))
        #expect(NoteKey(key.description) == key)
        let read = try #require(SignedNote(note.description))
        #expect(read == note)
        #expect(read.checkpoint(signedBy: key) == checkpoint)

        let grown = note.description.replacing("\n70\n", with: "\n71\n")
        #expect(try #require(SignedNote(grown)).checkpoint(signedBy: key) == nil)
        let other = try #require(NoteSigner().verifier(named: origin))
        #expect(read.checkpoint(signedBy: other) == nil)
        let elsewhere = try #require(signer.verifier(named: "primary-conect/test/RD3"))
        #expect(read.checkpoint(signedBy: elsewhere) == nil)
        for broken in ["", "a\n", "a\n\n", note.text, note.description + "x", note.description.replacing("\u{2014}", with: "-")] {
            #expect(SignedNote(broken) == nil)
        }
    }

    @Test(arguments: ["a\n1\n", "a\n01\nAAA=\n", "a\n-1\nAAAA\n", "\n1\nAAAA\n", "a\n1\nAAAA"])
    func `what is no checkpoint is refused`(text: String) {
        #expect(Checkpoint(text: text) == nil)
    }

    @Test func `base64 is that of RFC 4648`() {
        let vectors = ["": "", "f": "Zg==", "fo": "Zm8=", "foo": "Zm9v", "foob": "Zm9vYg==", "fooba": "Zm9vYmE=", "foobar": "Zm9vYmFy"]
        for (plain, text) in vectors {
            #expect(Base64.encode(Array(plain.utf8)) == text)
            #expect(Base64.decode(text) == Array(plain.utf8))
        }
        for broken in ["Zg=", "Zg", "Zh==", "Zg==\n", "Zm9v=", "=", "Zm!v"] { #expect(Base64.decode(broken) == nil) }
    }
}
