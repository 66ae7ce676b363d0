import Testing

@testable import HL7v2

@Suite struct CharacterSetTests {
    private func message(label: String, _ name: [UInt8]) throws -> HL7Message {
        try HL7Message(Array("MSH|^~\\&|A|||||||||||||||\(label)\rPID|1||||".utf8) + name + Array("^X\r".utf8))
    }

    private let utf8Name = Array("Zoë O’Neill".utf8)
    private let windowsName: [UInt8] = Array("Zo".utf8) + [0xEB] + Array(" O".utf8) + [0x92] + Array("Neill".utf8)
    private let latin1Name: [UInt8] = Array("Jos".utf8) + [0xE9]

    @Test(arguments: ["UNICODE UTF-8", "UNICODE", "utf-8"])
    func `UTF-8 is read as such and is as labelled`(label: String) throws {
        let message = try message(label: label, utf8Name)
        #expect(message.value("PID-5.1") == "Zoë O’Neill")
        #expect(message.characterSet == HL7CharacterSet(label: label, decoder: .utf8))
        #expect(message.characterSet.isAsLabelled)
    }

    @Test(arguments: ["", "8859/1", "ASCII"])
    func `UTF-8 under another label is UTF-8 and said to be mislabelled`(label: String) throws {
        let message = try message(label: label, utf8Name)
        #expect(message.value("PID-5.1") == "Zoë O’Neill")
        #expect(message.characterSet.decoder == .utf8)
        #expect(!message.characterSet.isAsLabelled)
    }

    @Test(arguments: ["", "8859/1", "UNICODE UTF-8"])
    func `what is not UTF-8 is read byte by byte as Windows has it`(label: String) throws {
        let message = try message(label: label, windowsName)
        #expect(message.value("PID-5.1") == "Zoë O’Neill")
        #expect(message.characterSet == HL7CharacterSet(label: label, decoder: .windows1252))
        #expect(!message.characterSet.isAsLabelled)
    }

    @Test func `ISO 8859-1 is told apart where it is labelled and fits`() throws {
        let labelled = try message(label: "8859/1", latin1Name)
        #expect(labelled.value("PID-5.1") == "José")
        #expect(labelled.characterSet.decoder == .latin1)
        #expect(labelled.characterSet.isAsLabelled)
        #expect(try message(label: "", latin1Name).characterSet.decoder == .windows1252)
    }

    @Test(arguments: ["", "ASCII", "8859/1", "UNICODE UTF-8", "8859/15"])
    func `plain ASCII fits every label`(label: String) throws {
        let message = try message(label: label, Array("Smith".utf8))
        #expect(message.characterSet.decoder == .ascii)
        #expect(message.characterSet.isAsLabelled)
    }

    @Test(arguments: [
        [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xC3], [0x80], [0xE2, 0x82],
    ] as [[UInt8]])
    func `malformed UTF-8 is not UTF-8`(bytes: [UInt8]) throws {
        let message = try message(label: "UNICODE UTF-8", bytes)
        #expect(message.characterSet.decoder == .windows1252)
        #expect(message.value("PID-5.1")?.unicodeScalars.count == bytes.count)
    }

    @Test func `every byte is a character of the fallback and is written back`() throws {
        for byte in UInt8(0x80)...0xFF {
            var text: [UInt8] = []
            Windows1252.append(byte, to: &text)
            let scalar = try #require(String(decoding: text, as: UTF8.self).unicodeScalars.first)
            #expect(Windows1252.byte(of: scalar) == byte)
        }
        #expect(Windows1252.byte(of: "😀") == nil)
    }

    @Test func `escapes work in every character set`() throws {
        let message = try message(label: "8859/1", latin1Name + Array(#" A\T\E \XE9\"#.utf8))
        #expect(message.value("PID-5.1") == "José A&E é")
    }

    @Test(arguments: [
        (HL7CharacterSet.Decoder.utf8, "é€😀"), (.latin1, "é??"), (.windows1252, "é€?"), (.ascii, "???"),
    ])
    func `a builder writes what the character set has`(decoder: HL7CharacterSet.Decoder, text: String) throws {
        var builder = HL7MessageBuilder(characterSet: decoder)
        builder.segment("MSH")
        builder.segment("ZZZ")
        builder.set(field: 1, to: "é€😀")
        #expect(try HL7Message(builder.bytes).value("ZZZ-1") == text)
    }
}
