import EventSourcing
import Testing

struct MerkleTests {
    /// The vectors of the certificate-transparency reference implementation: leaf data, and the root of the tree that
    /// ends with it.
    static let vectors: [(leaf: String, root: String)] = [
        ("", "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
        ("00", "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
        ("10", "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
        ("2021", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"),
        ("3031", "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"),
        ("40414243", "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"),
        ("5051525354555657", "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"),
        ("606162636465666768696a6b6c6d6e6f", "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"),
    ]

    @Test func `roots are those of RFC 6962`() {
        var range = CompactRange()
        #expect(range.root().hexadecimal == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        for (leaf, root) in Self.vectors {
            range.append(MerkleHash.leaf(bytes(leaf)))
            #expect(range.root().hexadecimal == root)
        }
    }

    @Test func `a compact range tells the same root as the whole tree`() {
        var generator = SeededGenerator(seed: 1)
        var leaves: [Digest] = []
        var range = CompactRange()
        for size in 1...300 {
            let leaf = MerkleHash.leaf((0..<8).map { _ in UInt8.random(in: 0...255, using: &generator) })
            leaves.append(leaf)
            range.append(leaf)
            #expect(range.size == Int64(size))
            #expect(range.hashes.count == size.nonzeroBitCount)
            #expect(range.root() == Self.root(leaves[...]))
        }
    }

    @Test func `a stored range goes on as if it had never been stored`() throws {
        var range = CompactRange()
        for size in 0..<70 {
            let stored = try #require(CompactRange(size: range.size, concatenated: range.concatenated))
            #expect(stored == range)
            range.append(Digest(of: [UInt8(size)]))
        }
    }

    @Test func `a range that does not fit its size is refused`() {
        #expect(CompactRange(size: -1, concatenated: []) == nil)
        #expect(CompactRange(size: 1, concatenated: []) == nil)
        #expect(CompactRange(size: 3, concatenated: [UInt8](repeating: 0, count: 63)) == nil)
        #expect(CompactRange(size: 3, concatenated: [UInt8](repeating: 0, count: 64)) != nil)
        #expect(CompactRange(size: 0, concatenated: []) == CompactRange())
    }

    @Test func `a leaf's bytes are as documented`() throws {
        // Computed with Python's hashlib and struct from the documentation of LeafEncoding.
        let salt = try #require(Salt(bytes: Array(0..<16)))
        let messageSalt = try #require(Salt(bytes: Array(16..<32)))
        let data = LeafEncoding.data(
            log: try #require(LogName("RH5")), position: Position(7), stream: StreamName("encounter:RH5|SP1"),
            type: "encounter.admitted.v1", occurredAt: Instant(microseconds: 1_772_524_751_000_000),
            recordedAt: Instant(microseconds: 1_772_524_800_000_001),
            payloadDigest: salt.digest(of: Array(#"{"a":1}"#.utf8)),
            message: (Position(6), messageSalt.digest(of: Array(#"MSH|^~\&|"#.utf8))))
        #expect(data.count == 173)
        #expect(
            MerkleHash.leaf(data).hexadecimal == "8716d4cfff07af0fa76a8a0ca3058127dba3275b76c2ff1b7e6e2f8adc8ca348")
        var scratch: [UInt8] = [1, 2, 3]
        let bare = LeafEncoding.hash(
            log: try #require(LogName("ZX901")), position: Position(1), stream: StreamName("message"),
            type: "message.quarantined.v1", occurredAt: nil, recordedAt: Instant(microseconds: -1),
            payloadDigest: salt.digest(of: Array("{}".utf8)), message: nil, scratch: &scratch)
        #expect(bare.hexadecimal == "e0a0ce2a648f2b980b55f6ae9444a0ca545c38ad40ffc392cbf06687b57040c4")
    }

    @Test func `a digest is 32 bytes and nothing else`() {
        let digest = Digest(of: Array("x".utf8))
        #expect(Digest(bytes: digest.bytes) == digest)
        #expect(Digest(bytes: digest.bytes.dropLast()) == nil)
        #expect(Digest(bytes: digest.bytes + [0]) == nil)
        #expect(Digest(hashing: [1], [2, 3]) == Digest(of: [1, 2, 3]))
    }

    /// RFC 6962 section 2.1 word for word.
    private static func root(_ leaves: ArraySlice<Digest>) -> Digest {
        guard leaves.count > 1 else { return leaves.first ?? MerkleHash.emptyRoot }
        var split = 1
        while split * 2 < leaves.count { split *= 2 }
        return MerkleHash.node(root(leaves.prefix(split)), root(leaves.dropFirst(split)))
    }
}
