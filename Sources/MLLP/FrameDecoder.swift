package import NIOCore

/// Finds the frames in a stream of bytes, whatever the pieces it comes in.
///
///                      ┌──────── other: noise, dropped, counted ────────┐
///                      ▼                                                │
///     ──▶ seeking ── 0B ──▶ inside ── 1C ──▶ ending ── 0D or 0A ─▶ (frame) ─▶ seeking
///                           ▲  │  ▲            ├── 0B ──────────▶ (frame) ─▶ inside
///              0B: (torn) ──┘  │  └─── other ──┘  the 1C was content after all
///                              │
///     more than frameBytesMax ─┴─▶ stopped ◀── more than noiseBytesMax in seeking
///
/// - Bytes before a start mark are noise; CR and LF there are not even that, for many senders end a block with
///   1C 0D 0A. A block without content (0B 1C 0D) is a keep-alive.
/// - A start mark inside a frame begins a new frame. The part before it is reported as `torn` and never joined to what
///   follows: two messages are never glued together. A doubled start mark (0B 0B) is one.
/// - 1C without 0D: before 0B or 0A, or when the sender falls silent (`endAtSilence`), it ends the frame, as senders
///   that forget the CR mean it to. Before any other byte it is content, so that a message is never cut short in its
///   middle and accepted as if it were whole.
/// - Bytes are counted as they come; nothing is reserved from a claim. At most `frameBytesMax` bytes are held.
/// - The outputs depend on the bytes alone, not on how they were split over reads. Each byte is looked at once.
package struct FrameDecoder: Sendable {
    /// One find in the stream.
    package enum Output: Sendable, Hashable {
        case frame([UInt8])
        case fault(MLLPFault, head: [UInt8])
        case keepAlive
    }

    private enum State { case seeking, inside, ending, stopped }

    private let frameBytesMax: Int
    private let noiseBytesMax: Int
    private let headBytesMax: Int
    private var state = State.seeking
    /// The content of the frame under way that came with earlier reads.
    private var gathered: [UInt8] = []
    private var noiseBytesSinceFrame = 0

    /// How many start marks began a frame. Tells one half frame from the next.
    package private(set) var framesBegun = 0
    /// Bytes outside frames, CR and LF left aside.
    package private(set) var noiseBytes = 0
    /// Frames that ended with 1C and not 1C 0D.
    package private(set) var endsWithoutReturn = 0

    /// Makes a decoder at the beginning of a stream.
    ///
    /// - Parameters:
    ///   - frameBytesMax: the longest content of a frame, in bytes.
    ///   - noiseBytesMax: the most bytes outside frames between two frames.
    ///   - headBytesMax: how much of a spoilt frame a fault shows, in bytes.
    package init(frameBytesMax: Int, noiseBytesMax: Int = 64 << 10, headBytesMax: Int = 1 << 10) {
        self.frameBytesMax = frameBytesMax
        self.noiseBytesMax = noiseBytesMax
        self.headBytesMax = min(headBytesMax, frameBytesMax)
    }

    /// Whether a frame was begun and not ended.
    package var isInsideFrame: Bool { state == .inside || state == .ending }

    /// Whether the last byte was an end mark that awaits its CR.
    package var isAtEndMark: Bool { state == .ending }

    /// Whether an oversize frame or too much noise ended the reading of this stream for good.
    package var isStopped: Bool { state == .stopped }

    /// Takes bytes from the front of `buffer` up to the next find, or all of them and returns nil.
    package mutating func next(from buffer: inout ByteBuffer) -> Output? {
        while buffer.readableBytes > 0 {
            let output: Output? =
                switch state {
                case .inside: gather(&buffer)
                case .seeking: seek(&buffer)
                case .ending: end(&buffer)
                case .stopped: discard(&buffer)
                }
            if let output { return output }
        }
        return nil
    }

    /// The sender has said nothing since an end mark: it forgot the CR, and the frame is whole.
    package mutating func endAtSilence() -> Output? {
        guard state == .ending else { return nil }
        endsWithoutReturn += 1
        return finish(takeGathered())
    }

    /// The sender will say nothing more: the frame under way is whole if its end mark came, else cut off.
    package mutating func endOfStream() -> Output? {
        let wasInside = state == .inside
        if state == .ending { return endAtSilence() }
        state = .stopped
        return wasInside ? .fault(.cutOff, head: takeHead()) : nil
    }

    /// Gives up the frame under way, which took too long.
    package mutating func giveUp() -> Output? {
        guard isInsideFrame else { return nil }
        state = .stopped
        return .fault(.halfFrame, head: takeHead())
    }

    private mutating func seek(_ buffer: inout ByteBuffer) -> Output? {
        let (skipped, noise, foundStart) = Self.skipNoise(buffer.readableBytesUInt8Span)
        buffer.moveReaderIndex(forwardBy: skipped)
        noiseBytes += noise
        noiseBytesSinceFrame += noise
        if noiseBytesSinceFrame > noiseBytesMax {
            state = .stopped
            return .fault(.noise, head: [])
        }
        if foundStart { begin() }
        return nil
    }

    /// Counts the bytes up to and with the first start mark, and those of them that are noise.
    private static func skipNoise(_ bytes: Span<UInt8>) -> (skipped: Int, noise: Int, foundStart: Bool) {
        var noise = 0
        for index in bytes.indices {
            let byte = bytes[index]
            if byte == FrameMark.start { return (index + 1, noise, true) }
            if byte != FrameMark.carriageReturn && byte != FrameMark.lineFeed { noise += 1 }
        }
        return (bytes.count, noise, false)
    }

    private mutating func begin() {
        state = .inside
        framesBegun += 1
    }

    private enum Stop {
        case oversize, start(Int), end(Int, marks: Int, next: UInt8), endOfRead(Int), endMarkOfRead(Int)
    }

    /// Looks for the end of the content that starts at the front of `bytes`, of which `room` more bytes are allowed.
    private static func scan(_ bytes: RawSpan, room: Int) -> Stop {
        let count = bytes.byteCount
        var offset = 0
        while true {
            let index = FrameMark.first(in: bytes, from: offset)
            if index > room { return .oversize }
            if index == count { return .endOfRead(count) }
            // unsafe: any byte is a UInt8, and the loads are bounds-checked.
            if bytes.unsafeLoad(fromByteOffset: index, as: UInt8.self) == FrameMark.start { return .start(index) }
            if index + 1 == count { return .endMarkOfRead(index) }
            let next = bytes.unsafeLoad(fromByteOffset: index + 1, as: UInt8.self)
            switch next {
            case FrameMark.carriageReturn, FrameMark.lineFeed: return .end(index, marks: 2, next: next)
            case FrameMark.start: return .end(index, marks: 1, next: next)
            default: offset = index + 1
            }
        }
    }

    private mutating func gather(_ buffer: inout ByteBuffer) -> Output? {
        switch Self.scan(buffer.readableBytesSpan, room: frameBytesMax - gathered.count) {
        case .end(let length, let marks, let next):
            let content = takeContent(length, &buffer)
            buffer.moveReaderIndex(forwardBy: marks)
            if next != FrameMark.carriageReturn { endsWithoutReturn += 1 }
            return finish(content)
        case .start(let length):
            keep(max(0, min(length, headBytesMax - gathered.count)), of: length, &buffer)
            buffer.moveReaderIndex(forwardBy: 1)
            let head = takeHead()
            begin()
            return head.isEmpty ? nil : .fault(.torn, head: head)
        case .endOfRead(let length):
            keep(length, of: length, &buffer)
            return nil
        case .endMarkOfRead(let length):
            keep(length, of: length, &buffer)
            buffer.moveReaderIndex(forwardBy: 1)
            state = .ending
            return nil
        case .oversize:
            keep(max(0, min(buffer.readableBytes, headBytesMax - gathered.count)), of: buffer.readableBytes, &buffer)
            state = .stopped
            return .fault(.oversize, head: takeHead())
        }
    }

    private mutating func end(_ buffer: inout ByteBuffer) -> Output? {
        let next = buffer.getInteger(at: buffer.readerIndex, as: UInt8.self)
        switch next {
        case FrameMark.carriageReturn, FrameMark.lineFeed:
            buffer.moveReaderIndex(forwardBy: 1)
            if next == FrameMark.lineFeed { endsWithoutReturn += 1 }
            return finish(takeGathered())
        case FrameMark.start:
            endsWithoutReturn += 1
            return finish(takeGathered())
        default:
            gathered.append(FrameMark.end)
            state = .inside
            guard gathered.count > frameBytesMax else { return nil }
            state = .stopped
            return .fault(.oversize, head: takeHead())
        }
    }

    private mutating func discard(_ buffer: inout ByteBuffer) -> Output? {
        buffer.moveReaderIndex(to: buffer.writerIndex)
        return nil
    }

    private mutating func finish(_ content: [UInt8]) -> Output {
        state = .seeking
        noiseBytesSinceFrame = 0
        return content.isEmpty ? .keepAlive : .frame(content)
    }

    /// The whole content, whose last `length` bytes are at the front of `buffer`: one copy where all came in one read.
    private mutating func takeContent(_ length: Int, _ buffer: inout ByteBuffer) -> [UInt8] {
        if gathered.isEmpty { return buffer.readBytes(length: length) ?? [] }
        keep(length, of: length, &buffer)
        return takeGathered()
    }

    /// Adds the first `kept` of `length` bytes to what is gathered, and consumes them all.
    private mutating func keep(_ kept: Int, of length: Int, _ buffer: inout ByteBuffer) {
        gathered.append(contentsOf: buffer.readableBytesView.prefix(kept))
        buffer.moveReaderIndex(forwardBy: length)
    }

    private mutating func takeGathered() -> [UInt8] {
        var taken: [UInt8] = []
        swap(&taken, &gathered)
        return taken
    }

    private mutating func takeHead() -> [UInt8] {
        let content = takeGathered()
        return content.count <= headBytesMax ? content : Array(content.prefix(headBytesMax))
    }
}
