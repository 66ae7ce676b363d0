import Testing

@testable import HL7v2

@Suite struct EscapeTests {
    private func read(_ text: String) throws -> String {
        try #require(try Sample.message("ZZZ|\(text)|end").segment("ZZZ")).field(1).string
    }

    @Test(arguments: [
        (#"a\F\b"#, "a|b"), (#"a\S\b"#, "a^b"), (#"A\T\E"#, "A&E"), (#"a\R\b"#, "a~b"), (#"a\E\b"#, #"a\b"#),
        (#"\F\\S\\T\\R\\E\"#, #"|^&~\"#), (#"\H\bold\N\ plain"#, "bold plain"),
        (#"a\.br\b"#, "a\nb"), (#"a\.BR\b"#, "a\nb"), (#"a\.ce\b"#, "a\nb"), (#"a\.sp\b"#, "a\nb"), (#"a\.sp3\b"#, "a\n\n\nb"),
        (#"a\.sp+2\b"#, "a\n\nb"), (#"a\.sk2\b"#, "a  b"), (#"a\.in+4\b"#, "ab"), (#"a\.ti-2\b"#, "ab"), (#"a\.fi\\.nf\b"#, "ab"),
        (#"\X41\"#, "A"), (#"\X4869\"#, "Hi"), (#"\x41\"#, "A"), (#"\XC3A9\"#, "é"), (#"\XC3\\XA9\"#, "é"), (#"\Xc3a9\"#, "é"),
        (#"\XE9\"#, "é"), (#"\X93\"#, "\u{201C}"), (#"a\X00\b"#, "ab"), (#"a\X0D\\X0A\b"#, "a\r\nb"),
    ])
    func `each escape sequence gives its text`(escaped: String, text: String) throws {
        #expect(try read(escaped) == text)
    }

    @Test(arguments: [
        #"C:\temp"#, #"a\"#, #"a\\b"#, #"a\Q\b"#, #"a\t\b"#, #"a\Zlocal\b"#, #"a\C2842\b"#, #"a\M2842\b"#, #"a\X4\b"#, #"a\X4G\b"#,
        #"a\X\b"#, #"a\.xx\b"#, #"a\.br2\b"#, #"a\.spx\b"#, #"a\.sp-\b"#, #"a\.\b"#, #"a\.b\b"#, #"\"#, #"\\"#, #"a\P\b"#, #"a\FF\b"#,
    ])
    func `what is unknown or unterminated stands as it is`(text: String) throws {
        #expect(try read(text) == text)
    }

    @Test func `a closing character may open the next sequence`() throws {
        #expect(try read(#"C:\temp\T\x"#) == #"C:\temp&x"#)
        #expect(try read(#"\\T\"#) == #"\&"#)
    }

    @Test func `text escaped twice is unescaped once`() throws {
        #expect(try read(#"A\E\T\E\E"#) == #"A\T\E"#)
    }

    @Test func `a formatting command gives no more than a page`() throws {
        #expect(try read(#"\.sp9999\"#).count == 80)
        #expect(try read(#"\.sk-5\"#) == "")
    }

    @Test func `an escaped delimiter does not divide`() throws {
        let message = try Sample.message(#"ZZZ|a\S\b^c\T\d"#)
        #expect(message.value("ZZZ-1.1") == "a^b")
        #expect(message.value("ZZZ-1.2") == "c&d")
        #expect(message.value("ZZZ-1.2.2") == nil)
    }

    @Test func `NUL never reaches a text and stays in the bytes`() throws {
        let message = try HL7Message("MSH|^~\\&|A\u{0}B\rZZZ|\u{0}\u{0}|x\u{0}\r")
        #expect(message.header.sendingApplication == "AB")
        #expect(message.segment("ZZZ")?.field(1).isEmpty == true)
        #expect(message.segment("ZZZ")?.field(1).value == nil)
        #expect(message.value("ZZZ-2") == "x")
        #expect(message.bytes.contains(0))
    }

    @Test func `what is written is read again as it was`() throws {
        var generator = SplitMix64(seed: 7)
        let alphabet: [Character] = ["a", "B", "9", " ", "|", "^", "~", "\\", "&", "#", "\n", "\r", "\t", "é", "’", "\"", "X", "T", ".", "😀"]
        for encoding in [#"^~\&"#, #"^~\&#"#, "-+?*", "*$!%"] {
            let delimiters = HL7Delimiters(separator: UInt8(ascii: "|"), encodingCharacters: Array(encoding.utf8))
            for _ in 0..<500 {
                let length = Int.random(in: 0...12, using: &generator)
                let text = String((0..<length).map { _ in alphabet.randomElement(using: &generator) ?? "x" }) + "."
                var builder = HL7MessageBuilder(delimiters: delimiters)
                builder.segment("MSH")
                builder.segment("ZZZ")
                builder.set(field: 2, repetition: 2, component: 2, subcomponent: 2, to: text)
                #expect(try HL7Message(builder.bytes).value("ZZZ-2(2).2.2") == text)
            }
        }
    }

    @Test func `two quotation marks as a text are not null`() throws {
        var builder = HL7MessageBuilder()
        builder.segment("MSH")
        builder.segment("ZZZ")
        builder.set(field: 1, to: "\"\"")
        builder.setNull(field: 2)
        let message = try HL7Message(builder.bytes)
        #expect(message.value("ZZZ-1") == "\"\"")
        #expect(message.segment("ZZZ")?.field(2).isNull == true)
    }
}
