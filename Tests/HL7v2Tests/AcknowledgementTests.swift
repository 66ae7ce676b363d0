import Testing

@testable import HL7v2

@Suite struct AcknowledgementTests {
    private static let now: Int64 = 1_772_524_751_000_000  // 2026-03-03T07:59:11Z

    private func header(_ version: String, encoding: String = #"^~\&"#, separator: String = "|") throws -> HL7Header {
        let fields = [
            "MSH", encoding, "PAS^1.2", "ZX901", "TIE", "RXX", "20260303075900", "", "ADT^A01^ADT_A01", "ID0001", "P", version, "", "", "",
            "", "GBR", "8859/1",
        ]
        return try HL7Message(fields.joined(separator: separator) + "\r").header
    }

    private func answer(
        _ code: AckCode, to header: HL7Header?, text: String? = nil, errors: [HL7ErrorLocation] = []
    ) -> [String] {
        let bytes = HL7Acknowledgement(
            code: code, to: header, controlID: "PC1", at: Self.now, text: text, errors: errors
        ).bytes
        #expect(bytes.last == 0x0D)
        return String(decoding: bytes, as: UTF8.self).split(separator: "\r").map(String.init)
    }

    private let missing = HL7ErrorLocation(segment: "PID", field: 3, code: .requiredFieldMissing, text: "no identifier")

    @Test func `an answer turns sender and receiver round and repeats version and character set`() throws {
        #expect(
            answer(.aa, to: try header("2.4")) == [
                #"MSH|^~\&|TIE|RXX|PAS^1.2|ZX901|20260303075911+0000||ACK^A01^ACK|PC1|P|2.4||||||8859/1"#, "MSA|AA|ID0001",
            ])
    }

    @Test(arguments: [
        ("2.1", "ACK"), ("2.3", "ACK"), ("2.3.1", "ACK^A01"), ("2.4", "ACK^A01^ACK"), ("2.5.1", "ACK^A01^ACK"), ("2.8", "ACK^A01^ACK"),
        ("", "ACK^A01^ACK"), ("junk", "ACK^A01^ACK"),
    ])
    func `the message type is that of the version`(version: String, type: String) throws {
        let fields = answer(.aa, to: try header(version))[0].split(separator: "|", omittingEmptySubsequences: false)
        #expect(fields[8] == type)
        #expect(fields[11] == (version.isEmpty ? "2.4" : version))
    }

    @Test(arguments: ["2.3", "2.4"])
    func `up to 2_4 an error is told in ERR-1`(version: String) throws {
        let second = HL7ErrorLocation(code: .internalError)
        #expect(
            answer(.ae, to: try header(version), text: "not taken", errors: [missing, second]).dropFirst() == [
                "MSA|AE|ID0001|not taken|||101^Required field missing^HL70357",
                "ERR|PID^1^3^101&Required field missing&HL70357~^^^207&Application internal error&HL70357",
            ])
    }

    @Test(arguments: ["2.5", "2.5.1", "2.7"])
    func `from 2_5 on each error has its segment`(version: String) throws {
        let deep = HL7ErrorLocation(
            segment: "PV1", occurrence: 2, field: 19, component: 4, code: .tableValueNotFound, severity: .warning)
        #expect(
            answer(.ae, to: try header(version), errors: [missing, deep]).dropFirst() == [
                "MSA|AE|ID0001", "ERR||PID^1^3|101^Required field missing^HL70357|E|||no identifier",
                "ERR||PV1^2^19^1^4|103^Table value not found^HL70357|W",
            ])
    }

    @Test func `an answer uses the delimiters of the message`() throws {
        let header = try HL7Message("MSH:-+?*:PAS-1:ZX:TIE:RXX:2026::ADT-A01:I*D:P:2.4\r").header
        #expect(
            answer(.ae, to: header, text: "a:b-c", errors: [missing]) == [
                "MSH:-+?*:TIE:RXX:PAS-1:ZX:20260303075911?R?0000::ACK-A01-ACK:PC1:P:2.4",
                "MSA:AE:I*D:a?F?b?S?c:::101-Required field missing-HL70357",
                "ERR:PID-1-3-101*Required field missing*HL70357",
            ])
    }

    @Test func `without a header there is nothing to repeat`() {
        #expect(
            answer(.ar, to: nil, errors: [HL7ErrorLocation(code: .segmentSequence)]) == [
                #"MSH|^~\&|||||20260303075911+0000||ACK|PC1|P|2.4"#, "MSA|AR|||||100^Segment sequence error^HL70357",
                "ERR|^^^100&Segment sequence error&HL70357",
            ])
    }

    @Test func `the same inputs give the same bytes`() throws {
        let header = try header("2.5")
        let first = HL7Acknowledgement(code: .ca, to: header, controlID: "1", at: Self.now, errors: [missing])
        #expect(first == HL7Acknowledgement(code: .ca, to: header, controlID: "1", at: Self.now, errors: [missing]))
    }

    @Test func `what is repeated is repeated byte for byte and cannot break the frame`() throws {
        let bytes = Array("MSH|^~\\&|P".utf8) + [0xE9, 0x1C, 0x0B] + Array("||||||ADT^A01|A\\T\\1\n\u{1C}2|P|2.4\r".utf8)
        let answer = HL7Acknowledgement(
            code: .aa, to: try HL7Message(bytes).header, controlID: "1", at: Self.now
        ).bytes
        #expect(!answer.contains(0x1C) && !answer.contains(0x0B) && !answer.contains(0x0A))
        #expect(answer.contains(0xE9))
        #expect(String(decoding: answer, as: UTF8.self).contains("MSA|AA|A\\T\\1  2\r"))
    }

    @Test func `a control id without end is cut off and errors without end are left out`() throws {
        let header = try HL7Message("MSH|^~\\&|A||||||ADT|" + String(repeating: "9", count: 100_000) + "|P|2.5\r").header
        let errors = Array(repeating: missing, count: 1_000)
        let answer = HL7Acknowledgement(
            code: .ae, to: header, controlID: "1", at: Self.now, text: String(repeating: "x", count: 9_999), errors: errors)
        #expect(answer.bytes.count < 5_000)
    }

    @Test func `a text with line breaks or other letters stays one line of ASCII`() throws {
        let lines = answer(.ae, to: try header("2.5"), text: "a\r\nb é|")
        #expect(lines[1] == #"MSA|AE|ID0001|a  b ?\F\"#)
    }

    @Test(arguments: AckCode.allCases)
    func `a code tells its outcome`(code: AckCode) {
        #expect(AckCode(application: code.outcome) == code || AckCode(accept: code.outcome) == code)
    }

    @Test(arguments: [
        ("", "", HL7Outcome.accepted, AckCode.aa), ("", "", .failed, .ae), ("", "", .rejected, .ar),
        ("AL", "NE", .accepted, .ca), ("AL", "NE", .failed, .ce), ("AL", "NE", .rejected, .cr), ("AL", "", .accepted, .ca),
        ("AL", "AL", .accepted, .ca), ("NE", "NE", .accepted, nil), ("NE", "NE", .rejected, nil), ("ER", "NE", .accepted, nil),
        ("ER", "NE", .rejected, .cr), ("SU", "NE", .accepted, .ca), ("SU", "NE", .rejected, nil), ("NE", "AL", .accepted, .aa),
        ("", "AL", .failed, .ae), ("NE", "ER", .accepted, nil), ("NE", "ER", .failed, .ae), ("", "SU", .accepted, .aa),
        ("ER", "AL", .accepted, .aa), ("ER", "SU", .rejected, .cr), ("al", "ne ", .accepted, .ca), ("GBR", "8859", .accepted, .aa),
        ("GBR", "AL", .rejected, .ar),
    ] as [(String, String, HL7Outcome, AckCode?)])
    func `the mode decides whether and how a sender is answered`(
        accept: String, application: String, outcome: HL7Outcome, code: AckCode?
    ) throws {
        let header = try HL7Message("MSH|^~\\&|A||||||ADT|1|P|2.4|||\(accept)|\(application)\r").header
        #expect(header.acknowledgementMode.code(for: outcome) == code)
    }

    @Test func `a sender may want both acknowledgements`() {
        let mode = HL7AcknowledgementMode(acceptAck: "AL", applicationAck: "AL")
        #expect(mode.acceptCode(for: .accepted) == .ca)
        #expect(mode.applicationCode(for: .accepted) == .aa)
        #expect(HL7AcknowledgementMode.original.acceptCode(for: .accepted) == nil)
    }
}
