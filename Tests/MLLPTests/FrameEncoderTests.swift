import MLLP
import NIOCore
import Testing

struct FrameEncoderTests {
    @Test func `a message is carried between 0B and 1C 0D`() {
        var buffer = ByteBuffer()
        FrameEncoder.append(Array("MSH|".utf8), to: &buffer)
        #expect(Array(buffer.readableBytesView) == [0x0B] + Array("MSH|".utf8) + [0x1C, 0x0D])
    }

    @Test func `a framing byte inside a message does not reach the wire`() {
        var buffer = ByteBuffer()
        FrameEncoder.append([0x41, 0x0B, 0x42, 0x1C, 0x43], to: &buffer)
        #expect(Array(buffer.readableBytesView) == [0x0B] + Array("A?B?C".utf8) + [0x1C, 0x0D])
    }

    @Test(arguments: [0, 1, 7, 8, 9, 15, 16, 40])
    func `the first framing byte is found wherever it stands`(offset: Int) {
        for mark in [UInt8(0x0B), 0x1C] {
            var message = [UInt8](repeating: 0x0C, count: 41)
            message[offset] = mark
            #expect(FrameEncoder.firstFramingByte(in: message) == offset)
        }
        #expect(FrameEncoder.firstFramingByte(in: [UInt8](repeating: 0x1B, count: 41)) == nil)
    }
}
