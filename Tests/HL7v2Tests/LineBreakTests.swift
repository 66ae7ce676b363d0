import Testing

@testable import HL7v2

@Suite struct LineBreakTests {
    private let names = ["MSH", "EVN", "PID", "PD1", "PV1", "PV2", "DG1", "ZU1"]

    @Test(arguments: ["\r", "\n", "\r\n", "\n\r", "\r\r", "\n\n", "\r\n\r\n", " \r", "\t\n", "\r  ", "\n \n"])
    func `any line break ends a segment`(lineBreak: String) throws {
        let message = try Sample.message(break: lineBreak)
        #expect(message.segments.map(\.name) == names)
        #expect(message.value("EVN-6") == "20260110211500")
        #expect(message.value("PID-32") == "NSTS01")
        #expect(message.value("ZU1-1") == "20260110205000")
    }

    @Test func `line breaks may be mixed`() throws {
        let breaks = ["\r", "\n", "\r\n", "\n\r", "\r\r\n"]
        let text = Sample.admission.enumerated().map { $1 + breaks[$0 % breaks.count] }.joined()
        #expect(try HL7Message(text).segments.map(\.name) == names)
    }

    @Test func `the last segment needs no line break`() throws {
        let text = Sample.text()
        let message = try HL7Message(String(text.dropLast()))
        #expect(message.value("ZU1-1") == "20260110205000")
        #expect(try HL7Message("MSH|^~\\&|A\rPV1|1|I").value("PV1-2") == "I")
    }

    @Test func `a line feed inside a text is text`() throws {
        let message = try HL7Message("MSH|^~\\&|A\rNTE|1||first line\nsecond|line: a|b\nx|\n\nAB|c\n|d\rPID|1\n")
        #expect(message.segments.map(\.name) == ["MSH", "NTE", "PID"])
        #expect(message.value("NTE-3") == "first line\nsecond")
        #expect(message.value("NTE-5") == "b\nx")
        #expect(message.value("NTE-6") == "\n\nAB")
        #expect(message.value("PID-1") == "1")
    }

    @Test func `a line feed before something like a segment ends the segment`() throws {
        let message = try HL7Message("MSH|^~\\&|A\nPID|1|x\nZ9A|2\nPV1|3")
        #expect(message.segments.map(\.name) == ["MSH", "PID", "Z9A", "PV1"])
        let text = try HL7Message("MSH|^~\\&|A\nPID|1|x\n9AB|2\nPv1|3\nPV1^4")
        #expect(text.segments.map(\.name) == ["MSH", "PID"])
    }

    @Test func `a long run of line feeds in a text is read once`() throws {
        let message = try HL7Message("MSH|^~\\&|A\rNTE|" + String(repeating: "\n", count: 300_000) + "end\rPID|1\r")
        #expect(message.segments.map(\.name) == ["MSH", "NTE", "PID"])
        #expect(message.segment("NTE")?.field(1).rawBytes.count == 300_003)
    }

    @Test func `blanks before the line break belong to the last field and are trimmed`() throws {
        let message = try HL7Message("MSH|^~\\&|A\rPV1|1|I  \r\n  PID|2\r")
        #expect(Array(try #require(message.segment("PV1")).field(2).rawBytes) == Array("I  ".utf8))
        #expect(message.value("PV1-2") == "I")
        #expect(message.value("PID-1") == "2")
    }

    @Test(arguments: ["\u{FEFF}", "\r\n\r\n", "  \t", "\u{0B}", "\u{0}\u{0}", "\n\u{FEFF}\n", "\u{0B}\u{FEFF}"])
    func `what is blank before the header is skipped`(noise: String) throws {
        let message = try HL7Message(noise + Sample.text() + "\u{1C}\r")
        #expect(message.segments.map(\.name) == names)
        #expect(message.characterSet.decoder == .ascii)
        #expect(message.header.controlID == "TRK0000123")
        #expect(message.value("ZU1-1") == "20260110205000")
    }

    @Test func `segment names in lower case are the same segments`() throws {
        let message = try HL7Message("msh|^~\\&|A\npid|1|x\rpv1|1|I\nMiX|7\n")
        #expect(message.segments.map(\.name) == ["MSH", "PID", "PV1", "MIX"])
        #expect(message.value("PV1-2") == "I")
        #expect(message.value("MSH-3") == "A")
    }

    @Test func `a line that is no segment stands as it is`() throws {
        let message = try HL7Message("MSH|^~\\&|A\rPID_SEGMENT_PLACEHOLDER\rPV1\rEVN|A01\r|||\r")
        #expect(message.segments.map(\.name) == ["MSH", "PID_SEGMENT_PLACEHOLDER", "PV1", "EVN", ""])
        #expect(message.segment("PID") == nil)
        #expect(message.segment("PV1")?.field(1).isEmpty == true)
        #expect(message.segment("PV1")?.fieldCount == 0)
        #expect(message.segments[4].fieldCount == 3)
    }

    @Test func `several headers in one frame are counted`() throws {
        #expect(try HL7Message("MSH|^~\\&|A\rPID|1\rMSH|^~\\&|B\r").headerCount == 2)
        #expect(try HL7Message("MSH|^~\\&|A\rMSH\rMSHX|\r").headerCount == 2)
    }

    @Test(arguments: [
        ("", HL7ParseError.empty), (" \r\n\u{0B}\u{1C}\r", .empty), ("\u{FEFF}", .empty),
        ("PID|1", .headerMissing(offset: 0)), ("x", .headerMissing(offset: 0)), ("\r\nHello", .headerMissing(offset: 2)),
        ("MSH", .headerTooShort(offset: 3)), ("MSH\r\rPID|1", .separatorUnusable(offset: 3)),
        ("MSHA^~", .separatorUnusable(offset: 3)), ("MSH ^~\\&", .separatorUnusable(offset: 3)),
        ("FHS|^~\\&|\rMSH|^~\\&|", .batchHeader(offset: 0)), ("\nBHS|^~\\&", .batchHeader(offset: 1)),
    ])
    func `without a usable header there is no message`(text: String, error: HL7ParseError) {
        #expect(throws: error) { try HL7Message(text) }
    }

    @Test func `an error tells where and never what`() {
        #expect(HL7ParseError.headerMissing(offset: 7).description == "header-missing at byte 7")
        #expect(HL7ParseError.tooLong(byteCount: 9).description == "too-long: 9 bytes")
        #expect(HL7ParseError.empty.description == "empty")
    }

    @Test func `names as numbers are those of their letters`() {
        #expect(SegmentName.packed("MSH") == SegmentName.msh)
        #expect(SegmentName.packed("FHS") == SegmentName.fhs)
        #expect(SegmentName.packed("BHS") == SegmentName.bhs)
        #expect(SegmentName.packed("BTS") == SegmentName.bts)
        #expect(SegmentName.packed("FTS") == SegmentName.fts)
        #expect(SegmentName.packed("EVN") == SegmentName.evn)
        #expect(SegmentName.packed(text: "pv1".utf8) == SegmentName.packed("PV1"))
        #expect(SegmentName.packed("PV1") != SegmentName.packed("PV2"))
        #expect(SegmentName.packed("P|1") == 0)
    }
}
