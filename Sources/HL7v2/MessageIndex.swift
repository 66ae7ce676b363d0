/// Where the segments and the fields of a message begin: all that is worked out before somebody asks.
///
/// Two bits for each byte, in blocks of 64 bytes, and a running count:
///
/// ```
/// bytes       P I D | 1 | | 9 9 9 CR P V 1 |     from `start` on
/// starts      1 0 0 0 0 0 0 0 0 0 0  1 0 0 0     first byte of a segment
/// separators  0 0 0 1 0 1 1 0 0 0 0  0 0 0 1     field separators
/// before                                         how many separators stand before the block
/// ```
///
/// Writing it takes no branch on most bytes, and a numbered field is found by looking at the blocks of its own segment, or
/// by bisection in a long one: reading all fields of a segment, however long, is never quadratic. `MessageIndex+Scan` says
/// what counts as a segment.
struct MessageIndex: Sendable {
    struct Block: Sendable {
        var starts: UInt64
        let separators: UInt64
        let before: UInt32
    }

    static let blockBytes = 64

    /// First byte of the message: the M of MSH.
    let start: Int
    /// After the last byte that is not blank.
    let end: Int
    let delimiters: HL7Delimiters
    /// No byte above 0x7F.
    var isASCII = true
    var blocks: [Block] = []
    /// How many separators there are.
    var separatorCount: UInt32 = 0

    // MARK: Segments

    /// The segment of that name (see `SegmentName`), `occurrence` counted from 0; nil if there are fewer.
    func segment(_ name: UInt32, _ occurrence: Int, _ bytes: RawSpan) -> Range<Int>? {
        var left = occurrence
        for block in blocks.indices {
            var starts = blocks[block].starts
            while starts != 0 {
                let offset = start + block << 6 + starts.trailingZeroBitCount
                starts &= starts &- 1
                guard isNamed(name, at: offset, bytes) else { continue }
                if left == 0 { return offset..<segmentEnd(from: offset, bytes) }
                left -= 1
            }
        }
        return nil
    }

    /// Where the segments of that name lie, of any name if nil.
    func segments(_ name: UInt32?, _ bytes: RawSpan) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var next = nextStart(from: start)
        while let offset = next {
            if name.map({ isNamed($0, at: offset, bytes) }) ?? true {
                ranges.append(offset..<segmentEnd(from: offset, bytes))
            }
            next = nextStart(from: offset + 1)
        }
        return ranges
    }

    /// Whether the segment at `offset` has that name: three characters, and a separator or a line break behind.
    @inline(__always)
    private func isNamed(_ name: UInt32, at offset: Int, _ bytes: RawSpan) -> Bool {
        guard offset + 3 <= end, SegmentName.packed(bytes, from: offset) == name else { return false }
        guard offset + 3 < end else { return true }
        let next = bytes[at: offset + 3]
        return next == delimiters.field || next == 0x0D || next == 0x0A
    }

    /// The end of the segment that begins at `offset`: before its line break, and before the blank lines if there are more.
    private func segmentEnd(from offset: Int, _ bytes: RawSpan) -> Int {
        guard let next = nextStart(from: offset + 1) else { return end }
        var segmentEnd = next
        var place = next
        // Blanks before the line break belong to the last field.
        while place > offset, bytes[at: place - 1] <= 0x20 {
            place -= 1
            if bytes[at: place] == 0x0D || bytes[at: place] == 0x0A { segmentEnd = place }
        }
        return segmentEnd
    }

    /// The first byte of the next segment at or after `offset`.
    @inline(__always)
    func nextStart(from offset: Int) -> Int? {
        let distance = UInt(bitPattern: offset &- start)
        var block = Int(distance >> 6)
        guard block < blocks.count else { return nil }
        var starts = blocks[block].starts & (UInt64.max << UInt64(distance & 63))
        while starts == 0 {
            block += 1
            guard block < blocks.count else { return nil }
            starts = blocks[block].starts
        }
        return start + block << 6 + starts.trailingZeroBitCount
    }

    // MARK: Fields

    /// How many separators stand before `offset`, which lies in the message.
    @inline(__always)
    func rank(of offset: Int) -> Int {
        let distance = UInt(bitPattern: offset &- start)
        let block = Int(distance >> 6)
        guard block < blocks.count else { return Int(separatorCount) }
        let lower = blocks[block].separators & ((1 << UInt64(distance & 63)) - 1)
        return Int(blocks[block].before) + lower.nonzeroBitCount
    }

    /// The separator of that rank and the one after it; `end` for what is not there or not before `end`.
    ///
    /// `offset` is a place at or before the separator sought: the nearer, the quicker.
    @inline(__always)
    func separators(rank: Int, from offset: Int, to end: Int) -> (first: Int, second: Int) {
        guard rank < separatorCount else { return (end, end) }
        var block = self.block(holding: rank, from: Int(UInt(bitPattern: offset &- start) >> 6))
        var marks = blocks[block].separators
        var left = rank - Int(blocks[block].before)
        while left > 0 {
            marks &= marks &- 1
            left -= 1
        }
        let first = start + block << 6 + marks.trailingZeroBitCount
        guard first < end else { return (end, end) }
        var rest = marks & (marks &- 1)
        while rest == 0 {
            block += 1
            guard block < blocks.count else { return (first, end) }
            rest = blocks[block].separators
        }
        return (first, min(start + block << 6 + rest.trailingZeroBitCount, end))
    }

    /// The block in which the separator of that rank lies, which there is.
    @inline(__always)
    private func block(holding rank: Int, from first: Int) -> Int {
        var block = first
        // A segment seldom has more than a few blocks, so the next ones are tried first.
        while block + 1 < blocks.count, blocks[block + 1].before <= rank {
            block += 1
            if block == first + 8 { return bisect(rank, from: block) }
        }
        return block
    }

    private func bisect(_ rank: Int, from first: Int) -> Int {
        var low = first
        var high = blocks.count
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if blocks[middle].before <= rank { low = middle } else { high = middle }
        }
        return low
    }
}
