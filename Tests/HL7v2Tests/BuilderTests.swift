import Testing

@testable import HL7v2

@Suite struct BuilderTests {
    private func text(_ builder: HL7MessageBuilder) -> String { String(decoding: builder.bytes, as: UTF8.self) }

    @Test func `fields are written at their numbers and trailing ones left out`() {
        var builder = HL7MessageBuilder()
        builder.segment("MSH")
        builder.set(field: 9, to: "ADT")
        builder.set(field: 9, component: 2, to: "A01")
        builder.segment("PID")
        builder.set(field: 3, to: "9990000018")
        builder.set(field: 3, component: 4, to: "NHS")
        builder.set(field: 3, repetition: 2, to: "X1")
        builder.set(field: 3, repetition: 2, component: 4, subcomponent: 2, to: "1.2")
        builder.set(field: 8, to: "")
        builder.set(field: 9, to: nil)
        builder.segment("PV1")
        #expect(text(builder) == "MSH|^~\\&|||||||ADT^A01\rPID|||9990000018^^^NHS~X1^^^&1.2\rPV1\r")
    }

    @Test func `the order of setting does not matter and the last one counts`() {
        var builder = HL7MessageBuilder()
        builder.segment("PV1")
        builder.set(field: 19, to: "old")
        builder.set(field: 2, to: "I")
        builder.set(field: 3, component: 3, to: "B04")
        builder.set(field: 3, to: "EAU")
        builder.set(field: 19, to: "SP1")
        builder.set(field: 44, to: "x")
        builder.set(field: 44, to: nil)
        #expect(text(builder) == "PV1||I|EAU^^B04||||||||||||||||SP1\r")
    }

    @Test func `raw segments and raw fields stand as they are`() {
        var builder = HL7MessageBuilder()
        builder.segment("MSH")
        builder.setRaw(field: 3, to: "A^B&C")
        builder.rawSegment("ZZZ|a^b||\"\"|")
        builder.rawSegment(bytes: [0x41, 0xE9])
        #expect(builder.bytes == Array("MSH|^~\\&|A^B&C\rZZZ|a^b||\"\"|\rA".utf8) + [0xE9, 0x0D])
    }

    @Test func `the separator and the encoding characters write themselves`() {
        var builder = HL7MessageBuilder(delimiters: .standardWithTruncation)
        builder.segment("MSH")
        builder.set(field: 1, to: "x")
        builder.set(field: 2, to: "y")
        builder.set(field: 3, to: "#")
        #expect(text(builder) == "MSH|^~\\&#|\\P\\\r")
    }

    @Test func `null asks for a value to be deleted`() throws {
        var builder = HL7MessageBuilder()
        builder.segment("MSH")
        builder.segment("PV1")
        builder.setNull(field: 9)
        builder.setNull(field: 7, component: 2)
        #expect(text(builder).hasSuffix("PV1|||||||^\"\"||\"\"\r"))
    }

    @Test func `random messages are read as they were written`() throws {
        var generator = SplitMix64(seed: 21)
        for round in 0..<300 {
            var builder = HL7MessageBuilder()
            builder.segment("MSH")
            var told: [String: String] = [:]
            for segment in 1...Int.random(in: 1...6, using: &generator) {
                builder.segment("Z0\(segment)")
                for _ in 0..<Int.random(in: 0...20, using: &generator) {
                    let field = Int.random(in: 1...70, using: &generator)
                    let repetition = Int.random(in: 1...3, using: &generator)
                    let component = Int.random(in: 1...5, using: &generator)
                    let subcomponent = Int.random(in: 1...3, using: &generator)
                    let value = "\(round)&\(Int.random(in: 0...99_999, using: &generator))"
                    builder.set(
                        field: field, repetition: repetition, component: component, subcomponent: subcomponent, to: value)
                    told["Z0\(segment)-\(field)(\(repetition)).\(component).\(subcomponent)"] = value
                }
            }
            let message = try HL7Message(builder.bytes)
            for (path, value) in told { #expect(message.value(path) == value) }
        }
    }
}
