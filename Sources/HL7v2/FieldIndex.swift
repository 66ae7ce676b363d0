/// Where the field separators of a message are: one bit for each byte, and a count every 64 bytes.
///
/// ```
/// bytes   P I D | 1 | | 9 9 9 …          64 bytes a block, from `base` on
/// marks   0 0 0 1 0 1 1 0 0 0 …          bit i of a block is its byte i
/// before  how many separators stand before the block
/// ```
///
/// Writing it costs no branch on what the bytes are, and a numbered field is found by looking at the blocks of its
/// segment only, so that reading every field of a segment of any length takes time in proportion to its length.
struct FieldIndex: Sendable {
    struct Block: Sendable {
        let marks: UInt64
        let before: UInt32
    }

    static let blockBytes = 64

    private var blocks: [Block] = []
    private var total: UInt32 = 0
    private let base: Int

    /// An empty index of `count` bytes from `base` on.
    init(base: Int, count: Int) {
        self.base = base
        blocks.reserveCapacity(count / Self.blockBytes + 1)
    }

    /// Adds the next 64 bytes.
    @inline(__always)
    mutating func append(_ marks: UInt64) {
        blocks.append(Block(marks: marks, before: total))
        total &+= UInt32(truncatingIfNeeded: marks.nonzeroBitCount)
    }

    /// How many separators stand before `offset`.
    @inline(__always)
    func rank(of offset: Int) -> Int {
        let block = (offset - base) / Self.blockBytes
        guard block < blocks.count else { return Int(total) }
        let lower = blocks[block].marks & ((1 << UInt64((offset - base) % Self.blockBytes)) - 1)
        return Int(blocks[block].before) + lower.nonzeroBitCount
    }

    /// The separator of that rank, and the one after it; `end` for what is not there or not before `end`.
    ///
    /// `start` is a place at or before the separator sought: the nearer, the quicker.
    @inline(__always)
    func separators(rank: Int, from start: Int, to end: Int) -> (first: Int, second: Int) {
        guard rank < total else { return (end, end) }
        let block = block(holding: rank, from: (start - base) / Self.blockBytes)
        var marks = blocks[block].marks
        var left = rank - Int(blocks[block].before)
        while left > 0 {
            marks &= marks &- 1
            left -= 1
        }
        let first = base + block * Self.blockBytes + marks.trailingZeroBitCount
        guard first < end else { return (end, end) }
        return (first, next(after: marks, in: block, to: end))
    }

    /// The block in which the separator of that rank lies, which there is.
    @inline(__always)
    private func block(holding rank: Int, from start: Int) -> Int {
        var block = start
        // A segment seldom has more than a few blocks, so the next ones are tried first.
        let near = min(start + 8, blocks.count - 1)
        while block < near, blocks[block + 1].before <= rank { block += 1 }
        guard block == near, block + 1 < blocks.count else { return block }
        var low = block
        var high = blocks.count
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if blocks[middle].before <= rank { low = middle } else { high = middle }
        }
        return low
    }

    /// The first separator after the lowest of `marks`, which are what is left of a block.
    @inline(__always)
    private func next(after marks: UInt64, in block: Int, to end: Int) -> Int {
        var rest = marks & (marks &- 1)
        var block = block
        while rest == 0 {
            block += 1
            guard block < blocks.count, base + block * Self.blockBytes < end else { return end }
            rest = blocks[block].marks
        }
        return min(base + block * Self.blockBytes + rest.trailingZeroBitCount, end)
    }
}
