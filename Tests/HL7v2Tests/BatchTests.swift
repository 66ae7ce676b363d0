import Testing

@testable import HL7v2

@Suite struct BatchTests {
    private let one = "MSH|^~\\&|A|||||||1\rPID|1|a\r"
    private let two = "MSH|^~\\&|A|||||||2\rPID|1|b\rZZ1|x\r"

    private func split(_ text: String) -> [HL7Batch.Piece] { HL7Batch.split(Array(text.utf8)) }

    private func texts(_ text: String) -> [String] {
        split(text).map { String(decoding: $0.bytes, as: UTF8.self) }
    }

    @Test func `one message is one piece and its own bytes`() {
        #expect(texts(one) == [one])
        #expect(split(one).map(\.kind) == [.message])
        #expect(split(one).map(\.range) == [0..<one.utf8.count])
    }

    @Test func `two headers in one frame are two messages`() {
        #expect(texts(one + two) == [one, two])
        #expect(texts(one + "\r" + two) == [one, two])
    }

    @Test func `a batch gives its messages, each with the ids of file and batch`() {
        let batch =
            "FHS|^~\\&||ABCHS||AUSDHSV|20070101|||file.hl7|F1\rBHS|^~\\&||ABCHS||AUSDHSV|20070101||||B1|x\r\(one)\(two)BTS|2\r"
            + "BHS|^~\\&|||||||||B2\r\(one)BTS|1\rFTS|2\r\(two)"
        let pieces = split(batch)
        #expect(pieces.map { String(decoding: $0.bytes, as: UTF8.self) } == [one, two, one, two])
        #expect(pieces.map(\.fileID) == ["F1", "F1", "F1", nil])
        #expect(pieces.map(\.batchID) == ["B1", "B1", "B2", nil])
    }

    @Test func `an empty batch has no messages`() {
        #expect(split("BHS|^~\\&|A\rBTS|0\r").isEmpty)
        #expect(split("FHS:-+?*:A\rBHS:-+?*:A\rBTS:0\rFTS\r").isEmpty)
    }

    @Test func `segments without a header in a batch are kept as strays`() {
        let pieces = split("FHS|^~\\&|A\rBHS|^~\\&|A\rEVN|A04\rPID|1\r\(one)BTS|1\rhello\rFTS|1\r")
        #expect(pieces.map(\.kind) == [.stray, .message, .stray])
        #expect(String(decoding: pieces[0].bytes, as: UTF8.self) == "EVN|A04\rPID|1\r")
        #expect(String(decoding: pieces[2].bytes, as: UTF8.self) == "hello\r")
    }

    @Test func `a file of frames gives its messages`() {
        #expect(texts("\u{0B}\(one)\u{1C}\r\u{0B}\(two)\u{1C}\r") == [one, two])
        #expect(texts("\u{0B}\(one)\u{1C}\r\n\u{0B}\(two)\u{1C}\r\n") == [one, two])
        #expect(texts("\u{0B}\(one)\u{1C}\u{0B}\(two)\u{1C}") == [one, two])
        #expect(texts("\u{0B}\(one)\u{0B}\(two)") == [one, two])
        let bare = String(one.dropLast())
        #expect(texts("\u{0B}\(bare)\u{1C}\r\u{0B}\(bare)\u{1C}\r") == [bare, bare])
        #expect(texts("\u{0B}\(bare)\u{0B}\(bare)") == [bare, bare])
        #expect(texts("\u{0B}\u{1C}\r\u{0B}\(one)\u{1C}\r") == [one])
    }

    @Test func `noise between frames is kept as a stray`() {
        let pieces = split("noise\u{0B}\(one)\u{1C}\rmore\r\u{0B}\(two)\u{1C}\r")
        #expect(pieces.map(\.kind) == [.stray, .message, .stray, .message])
        #expect(String(decoding: pieces[0].bytes, as: UTF8.self) == "noise")
    }

    @Test(arguments: ["\n", "\r\n", "\n\n", "\r\n\r\n", "\n \n\n"])
    func `a text file is divided where a line begins with a header`(gap: String) {
        let lines = { (text: String) in text.split(separator: "\r").joined(separator: "\n") + "\n" }
        let pieces = split(lines(one) + gap + lines(two) + gap)
        #expect(pieces.map { String(decoding: $0.bytes, as: UTF8.self) } == [lines(one), lines(two)])
    }

    @Test func `a byte order mark and leading blanks belong to no message`() {
        #expect(texts("\u{FEFF}\(one)") == [one])
        #expect(texts("\r\n \n\(one)\u{FEFF}\(two)") == [one, two])
    }

    @Test func `text that mentions a header divides nothing`() {
        let text = "MSH|^~\\&|A\rNTE|1||see\nMSH_MRN|x\nMSH - foo\rMSHX|1\rZZ1|MSH|^~\\&\r"
        #expect(texts(text) == [text])
        #expect(texts("MSH|^~\\&|A\rNTE|FTS|BTS\rBTSX|1\r").count == 1)
    }

    @Test func `messages of different delimiters stand in one file`() {
        let other = "MSH:-+?*:A\rPID:1\r"
        #expect(texts(one + other + two) == [one, other, two])
    }

    @Test func `lower-case headers divide as well`() {
        #expect(texts("msh|^~\\&|A\rmsh|^~\\&|B\r").count == 2)
    }

    @Test(arguments: ["", " \r\n\u{0B}\u{1C}\r", "\u{FEFF}\n"])
    func `blanks alone are nothing`(text: String) {
        #expect(split(text).isEmpty)
    }

    @Test func `pieces cover everything but blanks, framing and envelopes`() {
        var generator = SplitMix64(seed: 5)
        let parts = [
            "MSH|^~\\&|A", "PID|1", "\r", "\n", "\r\n", "\u{0B}", "\u{1C}", "FHS|^~\\&", "BTS|1", "text", " ", "\u{FEFF}", "MSH", "BHS|^~\\&|",
        ]
        for _ in 0..<5_000 {
            let count = Int.random(in: 0...14, using: &generator)
            let bytes = Array((0..<count).map { _ in parts.randomElement(using: &generator) ?? "" }.joined().utf8)
            var last = 0
            for piece in HL7Batch.split(bytes) {
                #expect(piece.range.lowerBound >= last && !piece.range.isEmpty)
                #expect(Array(bytes[piece.range]) == piece.bytes)
                last = piece.range.upperBound
                if piece.kind == .message { #expect((try? HL7Message(piece.bytes)) != nil) }
            }
        }
    }
}
