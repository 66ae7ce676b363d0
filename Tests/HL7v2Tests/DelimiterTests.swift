import Testing

@testable import HL7v2

@Suite struct DelimiterTests {
    private func encodingCharacters(_ encoding: String) throws -> String {
        let message = try HL7Message("MSH|\(encoding)|A\r")
        #expect(message.header.sendingApplication == "A")
        return String(decoding: message.delimiters.encodingCharacters, as: UTF8.self)
    }

    @Test func `a message declares its own delimiters`() throws {
        let message = try HL7Message("MSH:-+?*:APP:F-1\rPID:1::X-Y*Z+Q:a?S?b?F?c\r")
        #expect(message.header.sendingApplication == "APP")
        #expect(message.value("MSH-4.2") == "1")
        #expect(message.value("PID-3.2.2") == "Z")
        #expect(message.value("PID-3(2)") == "Q")
        #expect(message.value("PID-4") == "a-b:c")
        #expect(message.value("MSH-2") == "-+?*")
    }

    @Test func `a fifth character is the truncation character`() throws {
        let message = try Sample.message(#"ZZZ|long te#|\P\"#, encoding: #"^~\&#"#)
        #expect(message.delimiters.truncation == UInt8(ascii: "#"))
        #expect(message.value("ZZZ-1") == "long te#")
        #expect(message.value("ZZZ-2") == "#")
        #expect(message.delimiters == .standardWithTruncation)
    }

    @Test func `a doubled escape character is one`() throws {
        let message = try HL7Message(#"MSH|^~\\&|A|B&C"# + "\r")
        #expect(message.delimiters == .standard)
        #expect(message.value("MSH-4.1.2") == "C")
        #expect(message.value("MSH-2") == #"^~\\&"#)
        #expect(try encodingCharacters(#"^~\\&#"#) == #"^~\&#"#)
    }

    @Test func `a forgotten escape character is the usual one`() throws {
        #expect(try encodingCharacters("^~&") == #"^~\&"#)
    }

    @Test(arguments: ["", "^", "^~", #"^~\"#, "^^^^", "PAS", "    ", "^~\u{7}&"])
    func `what is missing or unusable is the usual`(encoding: String) throws {
        #expect(try encodingCharacters(encoding) == #"^~\&"#)
    }

    @Test func `a character used twice divides at one level only`() throws {
        #expect(try encodingCharacters("&~") == "&~\\")
        let message = try HL7Message("MSH^|~\\&^A\rPID^1^x|y~z\r")
        #expect(message.value("PID-2.2") == "y")
        #expect(message.value("PID-2(2)") == "z")
        let clash = try HL7Message("MSH^\rPID^1^x~y&z\r")
        #expect(clash.delimiters.component == 0)
        #expect(clash.value("PID-2(2).1.2") == "z")
        #expect(clash.value("PID-2.2") == nil)
    }
}
