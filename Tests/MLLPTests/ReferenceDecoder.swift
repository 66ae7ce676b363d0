import MLLP

/// The rules of `FrameDecoder` once more, a byte at a time and as plainly as they can be written.
struct ReferenceDecoder {
    private enum State { case seeking, inside, ending, stopped }

    let frameBytesMax: Int
    let noiseBytesMax: Int
    let headBytesMax: Int
    private var state = State.seeking
    private var content: [UInt8] = []
    private var noise = 0
    private(set) var outputs: [FrameDecoder.Output] = []

    init(frameBytesMax: Int, noiseBytesMax: Int, headBytesMax: Int) {
        self.frameBytesMax = frameBytesMax
        self.noiseBytesMax = noiseBytesMax
        self.headBytesMax = headBytesMax
    }

    mutating func feed(_ byte: UInt8) {
        switch state {
        case .stopped:
            break
        case .seeking:
            if byte == 0x0B { state = .inside } else if byte != 0x0D && byte != 0x0A { noise += 1 }
            if noise > noiseBytesMax { stop(.fault(.noise, head: [])) }
        case .inside:
            if byte == 0x0B {
                if !content.isEmpty { outputs.append(.fault(.torn, head: head)) }
                content = []
            } else if byte == 0x1C {
                state = .ending
            } else {
                add(byte)
            }
        case .ending:
            if [0x0D, 0x0A, 0x0B].contains(byte) {
                finish()
                if byte == 0x0B { state = .inside }
            } else {
                state = .inside
                add(0x1C)
                feed(byte)
            }
        }
    }

    mutating func end() {
        switch state {
        case .ending: finish()
        case .inside: stop(.fault(.cutOff, head: head))
        case .seeking, .stopped: break
        }
    }

    private var head: [UInt8] { Array(content.prefix(headBytesMax)) }

    private mutating func add(_ byte: UInt8) {
        content.append(byte)
        if content.count > frameBytesMax { stop(.fault(.oversize, head: head)) }
    }

    private mutating func finish() {
        outputs.append(content.isEmpty ? .keepAlive : .frame(content))
        content = []
        noise = 0
        state = .seeking
    }

    private mutating func stop(_ output: FrameDecoder.Output) {
        outputs.append(output)
        state = .stopped
    }
}
