/// Where the fields of one segment begin: the places of its separators, found in one pass when the segment is first taken.
///
/// The first 56 places lie in the value itself, as distances from the start of the segment, so that the usual segment
/// (PV1 has 52 fields) costs no allocation; the others, and those farther than 64 KiB from the start, go to an array.
struct FieldIndex: Sendable {
    private static let inlineMax = 56

    /// How many separators the segment has.
    private(set) var count = 0
    private var inlineCount = 0
    private var near = InlineArray<56, UInt16>(repeating: 0)
    private var far: [UInt32] = []

    init(_ bytes: RawSpan, from start: Int, to end: Int, separator: UInt8) {
        let pattern = WordScan.broadcast(separator)
        let lastWord = bytes.byteCount - WordScan.wordBytes
        var base = start
        while base < end {
            guard base <= lastWord else {
                if bytes[at: base] == separator { append(base, start: start) }
                base += 1
                continue
            }
            var hits = WordScan.marks(of: pattern, in: WordScan.word(bytes, at: base))
            while hits != 0 {
                let offset = base + hits.trailingZeroBitCount >> 3
                hits &= hits &- 1
                if offset >= end { break }
                append(offset, start: start)
            }
            base += WordScan.wordBytes
        }
    }

    @inline(__always)
    private mutating func append(_ offset: Int, start: Int) {
        let distance = offset - start
        if inlineCount < Self.inlineMax, distance <= Int(UInt16.max) {
            near[inlineCount] = UInt16(truncatingIfNeeded: distance)
            inlineCount += 1
        } else {
            far.append(UInt32(truncatingIfNeeded: offset))
        }
        count += 1
    }

    /// The offset in the message of separator `place`, counted from 0; `place` is less than `count`.
    @inline(__always)
    func offset(_ place: Int, start: Int) -> Int {
        place < inlineCount ? start + Int(near[place]) : Int(far[place - inlineCount])
    }
}
