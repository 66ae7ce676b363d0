import Testing

@testable import HL7v2

@Suite struct MessageTests {
    @Test func `fields are reached by number`() throws {
        let message = try Sample.message()
        #expect(message.value("PID-3(1).1") == "9990000018")
        #expect(message.value("PID-3(2).4") == "ZX901")
        #expect(message.value("PID-5.2") == "ANNE")
        #expect(message.value("PID-31") == "N")
        #expect(message.value("PID-32") == "NSTS01")
        #expect(message.value("PD1-3(2).3") == "Z99901001")
        #expect(message.value("PV1-19.1") == "IP778812")
        #expect(message.value("PV1-44") == "20260110211500")
        #expect(message.value("PV2-3.2") == "FALL, CONFUSED")
        #expect(message.value("ZU1-1") == "20260110205000")
    }

    @Test func `the separator is field 1 of the header and the encoding characters field 2`() throws {
        let header = try #require(try Sample.message().segment("MSH"))
        #expect(header.field(1).string == "|")
        #expect(header.field(2).string == #"^~\&"#)
        #expect(header.field(2).component(1).string == #"^~\&"#)
        #expect(header.field(2).component(2).isEmpty)
        #expect(header.field(3).string == "TRAKCARE")
        #expect(header.fieldCount == 19)
        #expect(header.field(19).string == "EN")
    }

    @Test func `what is not there is empty, whatever is asked`() throws {
        let message = try Sample.message()
        let pv2 = try #require(message.segment("PV2"))
        for number in [Int.min, -1, 0, 4, 5, 999, Int.max] {
            #expect(pv2.field(number).isEmpty)
            #expect(pv2.field(number).value == nil)
            #expect(pv2.field(3).component(number).isEmpty)
            #expect(pv2.field(3).repetition(number).isEmpty)
            #expect(pv2.field(3).subcomponent(number).isEmpty)
        }
        #expect(message.segment("NK1") == nil)
        #expect(message.segment("PID", 1) == nil)
        #expect(message.segment("PID", -1) == nil)
        #expect(message.segment("PI") == nil)
        #expect(message.segment("PIDX") == nil)
        #expect(message.segment("") == nil)
        #expect(message.segments("NK1").isEmpty)
    }

    @Test func `segments keep their order and their names`() throws {
        let message = try Sample.message()
        #expect(message.segments.map(\.name) == ["MSH", "EVN", "PID", "PD1", "PV1", "PV2", "DG1", "ZU1"])
        #expect(message.headerCount == 1)
        #expect(message.bytes == Array(Sample.text().utf8))
    }

    @Test func `a segment that repeats is found by occurrence`() throws {
        let message = try HL7Message("MSH|^~\\&|A\rOBX|1||x\rNTE|1\rOBX|2||y\rOBX|3||z\r")
        #expect(message.segments("OBX").map { $0.field(3).string } == ["x", "y", "z"])
        #expect(message.segment("OBX", 1)?.field(3).string == "y")
        #expect(message.value("OBX(3)-3") == "z")
        #expect(message.value("OBX[3]-3") == "z")
        #expect(message.value("OBX(4)-3") == nil)
    }

    @Test(arguments: ["", "PID", "PID-", "PID-x", "PID-3x", "PID-3(", "PID-3(1", "PID-3.", "PID-3.1.", "PID-3.1.1.1", "PI-3", "PID-99999999999999999999", "PÏD-3", "PID(-3"])
    func `a malformed path has no value`(path: String) throws {
        #expect(try Sample.message().value(path) == nil)
    }

    @Test func `a field is its first repetition, component and sub-component`() throws {
        let message = try Sample.message("ZZZ|a&b^c~d|plain")
        let field = try #require(message.segment("ZZZ")).field(1)
        #expect(field.string == "a&b^c~d")
        #expect(field.component(1).string == "a&b")
        #expect(field.component(2).string == "c")
        #expect(field.component(3).isEmpty)
        #expect(field.subcomponent(1).string == "a")
        #expect(field.subcomponent(2).string == "b")
        #expect(field.repetition(2).string == "d")
        #expect(field.repetition(2).component(1).subcomponent(1).string == "d")
        #expect(field.repetition(2).component(2).isEmpty)
        let plain = try #require(message.segment("ZZZ")).field(2)
        #expect(plain.repetition(1).component(1).subcomponent(1).component(1).repetition(1).string == "plain")
        #expect(plain.repetition(1).component(1).subcomponent(1).subcomponent(2).isEmpty)
    }

    @Test func `repetitions keep the empty ones between`() throws {
        let segment = try #require(try Sample.message("ZZZ|a~~b|~|x||\"\"").segment("ZZZ"))
        #expect(segment.field(1).repetitions.map(\.string) == ["a", "", "b"])
        #expect(segment.field(2).repetitions.map(\.string) == ["", ""])
        #expect(segment.field(3).repetitions.map(\.string) == ["x"])
        #expect(segment.field(4).repetitions.isEmpty)
        #expect(segment.field(5).repetitions.map(\.isNull) == [true])
    }

    @Test func `null is not empty and neither has a value`() throws {
        let segment = try #require(try Sample.message(#"ZZZ|""||  |^^&|SMITH^""|""  |"""|x"#).segment("ZZZ"))
        #expect(segment.field(1).isNull && !segment.field(1).isEmpty && !segment.field(1).hasValue)
        #expect(segment.field(1).string == "" && segment.field(1).value == nil)
        for empty in 2...4 {
            #expect(segment.field(empty).isEmpty && !segment.field(empty).isNull && !segment.field(empty).hasValue)
            #expect(segment.field(empty).value == nil)
        }
        #expect(segment.field(5).hasValue && segment.field(5).component(2).isNull)
        #expect(segment.field(6).isNull)
        #expect(segment.field(7).string == #"""""# && segment.field(7).hasValue)
    }

    @Test func `an empty repetition that carries only its type has a value, but its first component has none`() throws {
        let field = try #require(try Sample.message("PID|1||^^^^NHS~X1^^^ZX901").segment("PID")).field(3)
        #expect(field.repetition(1).hasValue)
        #expect(field.repetition(1).component(1).isEmpty)
        #expect(field.component(1).isEmpty)
        #expect(field.repetition(2).component(1).string == "X1")
    }

    @Test func `trailing blanks are padding and leading ones are kept`() throws {
        let segment = try #require(try Sample.message("ZZZ|  a b   |x").segment("ZZZ"))
        #expect(segment.field(1).string == "  a b")
        #expect(Array(segment.field(1).rawBytes) == Array("  a b   ".utf8))
        #expect(segment.field(1).withSpan { $0.count } == 8)
    }

    @Test func `text is compared without making a String`() throws {
        let segment = try #require(try Sample.message("ZZZ|NHS  |NHS2|nhs").segment("ZZZ"))
        #expect(segment.field(1).equals("NHS"))
        #expect(!segment.field(2).equals("NHS"))
        #expect(!segment.field(3).equals("NHS"))
        #expect(segment.field(9).equals(""))
    }

    @Test func `a segment of hundreds of fields and of any length is reached at every place`() throws {
        for width in [0, 1, 63, 64, 65, 700] {
            let values = (1...600).map { "\($0)" + String(repeating: "x", count: $0 % 7 == 0 ? width : 0) }
            let message = try HL7Message("MSH|^~\\&|A\rZZZ|" + values.joined(separator: "|") + "\rZZY|1|2\r")
            let segment = try #require(message.segment("ZZZ"))
            #expect(segment.fieldCount == 600)
            #expect((1...600).map { segment.field($0).string } == values)
            #expect(segment.field(601).isEmpty)
            #expect(message.value("ZZY-2") == "2")
        }
    }

    @Test func `the header names the trigger event, and the event segment does where it does not`() throws {
        #expect(try Sample.message().header.triggerEvent == "A01")
        #expect(try HL7Message("MSH|^~\\&|||||||ADT\rEVN|A05|\r").header.triggerEvent == "A05")
        #expect(try HL7Message("MSH|^~\\&|||||||ADT^A08\rEVN|R01|\r").header.triggerEvent == "A08")
        #expect(try HL7Message("MSH|^~\\&|||||||ADT\r").header.triggerEvent == "")
    }

    @Test func `the header is read by meaning`() throws {
        let header = try HL7Message(
            "MSH|^~\\&|APP^1.2^ISO|FAC|RA|RF|20260303075911.25+0000||ADT^A01^ADT_A01|ID 1|T^X|2.5^GBR|17||AL|NE|GBR|8859/1~X\r"
        ).header
        #expect(header.sendingApplication == "APP")
        #expect(header.sendingFacility == "FAC")
        #expect(header.receivingApplication == "RA")
        #expect(header.receivingFacility == "RF")
        #expect(header.time?.text == "20260303075911.2500+0000")
        #expect(header.messageCode == "ADT")
        #expect(header.structure == "ADT_A01")
        #expect(header.controlID == "ID 1")
        #expect(header.processingID == "T")
        #expect(header.version == "2.5")
        #expect(header.sequenceNumber == 17)
        #expect(header.acceptAck == "AL" && header.applicationAck == "NE")
        #expect(header.characterSet == "8859/1")
        #expect(try HL7Message("MSH|^~\\&|||||||||||A05\r").header.sequenceNumber == nil)
    }
}
