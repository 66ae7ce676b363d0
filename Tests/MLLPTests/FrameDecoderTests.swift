import MLLP
import NIOCore
import Testing

struct FrameDecoderTests {
    /// All finds in the stream, read in the given pieces.
    private func decode(
        _ pieces: [[UInt8]], frameBytesMax: Int = 100, noiseBytesMax: Int = 50, headBytesMax: Int = 10,
        ends: Bool = false
    ) -> [FrameDecoder.Output] {
        var decoder = FrameDecoder(
            frameBytesMax: frameBytesMax, noiseBytesMax: noiseBytesMax, headBytesMax: headBytesMax)
        var outputs: [FrameDecoder.Output] = []
        for piece in pieces {
            var buffer = ByteBuffer(bytes: piece)
            while let output = decoder.next(from: &buffer) { outputs.append(output) }
            #expect(buffer.readableBytes == 0)
        }
        if ends, let output = decoder.endOfStream() { outputs.append(output) }
        return outputs
    }

    private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    private func frame(_ text: String) -> FrameDecoder.Output { .frame(Array(text.utf8)) }

    @Test func `several frames in one read are several messages`() {
        #expect(decode([bytes("\u{0B}one\u{1C}\r\u{0B}two\u{1C}\r")]) == [frame("one"), frame("two")])
    }

    @Test func `one frame in many reads is one message`() {
        #expect(decode(bytes("\u{0B}MSH|a\rPID|b\r\u{1C}\r").map { [$0] }) == [frame("MSH|a\rPID|b\r")])
    }

    @Test func `noise before the start and line feeds behind the end are passed over`() {
        var decoder = FrameDecoder(frameBytesMax: 100)
        var buffer = ByteBuffer(string: "noise\u{0B}one\u{1C}\r\n\u{0B}two\u{1C}\r\n")
        expect(decoder.next(from: &buffer), is: frame("one"))
        expect(decoder.next(from: &buffer), is: frame("two"))
        expect(decoder.next(from: &buffer), is: nil)
        #expect(decoder.noiseBytes == 5)
    }

    @Test func `an empty frame is a keep-alive`() {
        #expect(decode([bytes("\u{0B}\u{1C}\r\u{0B}a\u{1C}\r")]) == [.keepAlive, frame("a")])
    }

    @Test func `a start inside a frame never glues two messages together`() {
        #expect(
            decode([bytes("\u{0B}half\u{0B}whole\u{1C}\r")]) == [.fault(.torn, head: bytes("half")), frame("whole")])
        #expect(decode([bytes("\u{0B}\u{0B}whole\u{1C}\r")]) == [frame("whole")])
    }

    @Test func `an end without its return ends the frame before a start, a line feed and silence`() {
        #expect(
            decode([bytes("\u{0B}a\u{1C}\u{0B}b\u{1C}\n\u{0B}c\u{1C}")], ends: true) == [
                frame("a"), frame("b"), frame("c"),
            ])
        var decoder = FrameDecoder(frameBytesMax: 100)
        var buffer = ByteBuffer(string: "\u{0B}a\u{1C}")
        expect(decoder.next(from: &buffer), is: nil)
        #expect(decoder.isAtEndMark)
        expect(decoder.endAtSilence(), is: frame("a"))
        #expect(decoder.endsWithoutReturn == 1)
        var late = ByteBuffer(string: "\r\u{0B}b\u{1C}\r")
        expect(decoder.next(from: &late), is: frame("b"))
        #expect(decoder.noiseBytes == 0)
    }

    @Test func `an end mark before any other byte is content, so that no message is cut short`() {
        #expect(decode([bytes("\u{0B}a\u{1C}b\u{1C}\r")]) == [frame("a\u{1C}b")])
    }

    @Test func `a frame of the limit passes and one byte more does not`() {
        #expect(decode([bytes("\u{0B}12345\u{1C}\r")], frameBytesMax: 5) == [frame("12345")])
        #expect(
            decode([bytes("\u{0B}123456\u{1C}\r\u{0B}a\u{1C}\r")], frameBytesMax: 5, headBytesMax: 3)
                == [.fault(.oversize, head: bytes("123"))])
    }

    @Test func `a gigabyte without an end is counted, not kept`() {
        var decoder = FrameDecoder(frameBytesMax: 1 << 20)
        var buffer = ByteBuffer(bytes: [0x0B])
        expect(decoder.next(from: &buffer), is: nil)
        let piece = ByteBuffer(repeating: 0x41, count: 1 << 20)
        var faults: [FrameDecoder.Output] = []
        for _ in 0..<1024 {
            var read = piece
            while let output = decoder.next(from: &read) { faults.append(output) }
        }
        #expect(faults == [.fault(.oversize, head: Array(repeating: 0x41, count: 1024))])
        #expect(decoder.isStopped)
    }

    @Test func `noise without a start is given up`() {
        #expect(decode([bytes("GET / HTTP/1.1\r\n")], noiseBytesMax: 10) == [.fault(.noise, head: [])])
        #expect(decode([bytes("\r\n\r\n\r\n\r\n\r\n\r\n\r\n")], noiseBytesMax: 10) == [])
    }

    @Test func `the end of the stream inside a frame is told`() {
        #expect(decode([bytes("\u{0B}half")], ends: true) == [.fault(.cutOff, head: bytes("half"))])
        #expect(decode([bytes("\u{0B}whole\u{1C}\r")], ends: true) == [frame("whole")])
    }

    @Test func `any bytes in any pieces give what the plain rules give`() {
        var random = SeededGenerator(seed: 2575)
        let alphabet: [UInt8] = [0x0B, 0x0B, 0x1C, 0x1C, 0x0D, 0x0A, 0x41, 0x42, 0x00, 0xFF]
        for round in 0..<10_000 {
            let wild = round % 3 == 0
            let length = Int.random(in: 0...80, using: &random)
            let stream = (0..<length).map { _ in
                wild
                    ? alphabet.randomElement(using: &random) ?? 0
                    : Int.random(in: 0..<8, using: &random) == 0
                        ? alphabet.randomElement(using: &random) ?? 0 : UInt8.random(in: 0x20...0xFF, using: &random)
            }
            let max = Int.random(in: 1...24, using: &random)
            let headMax = Int.random(in: 1...max, using: &random)
            var reference = ReferenceDecoder(frameBytesMax: max, noiseBytesMax: 20, headBytesMax: headMax)
            for byte in stream { reference.feed(byte) }
            reference.end()

            var pieces: [[UInt8]] = []
            var rest = stream[...]
            while !rest.isEmpty {
                let size = Int.random(in: 1...(round % 2 == 0 ? 3 : 40), using: &random)
                pieces.append(Array(rest.prefix(size)))
                rest = rest.dropFirst(size)
            }
            let found = decode(
                pieces, frameBytesMax: max, noiseBytesMax: 20, headBytesMax: headMax, ends: true)
            #expect(found == reference.outputs, "stream \(stream) in \(pieces.map(\.count)), limit \(max)")
        }
    }
}
