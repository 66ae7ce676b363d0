import Testing

@testable import HL7v2

@Suite struct FuzzTests {
    @Test func `no random bytes make anything trap`() {
        var generator = SplitMix64(seed: 1)
        for round in 0..<1_500 {
            var bytes = (0..<Int.random(in: 0...220, using: &generator)).map { _ in
                UInt8.random(in: 0...255, using: &generator)
            }
            if round.isMultiple(of: 2) { bytes = Array("MSH|^~\\&|".utf8) + bytes }
            Everything.read(bytes)
        }
    }

    @Test func `no random text of delimiters makes anything trap`() {
        var generator = SplitMix64(seed: 2)
        let alphabet = Array("MSHPIDEVN|^~\\&#\r\n\"01XT. \u{0B}\u{1C}".utf8) + [0x00, 0xC3, 0xA9, 0xFF]
        for _ in 0..<1_500 {
            let bytes = (0..<Int.random(in: 0...160, using: &generator)).map { _ in
                alphabet.randomElement(using: &generator) ?? 0
            }
            Everything.read(Array("MSH|".utf8) + bytes)
            Everything.read(bytes)
        }
    }

    @Test func `no mutation of a real message makes anything trap`() {
        var generator = SplitMix64(seed: 3)
        let original = Array(Sample.text().utf8)
        for _ in 0..<250 {
            Everything.read(Self.mutated(original, using: &generator))
        }
    }

    @Test func `every beginning of a real message is read`() {
        let original = Array(Sample.text().utf8)
        for length in 0...original.count { Everything.read(Array(original.prefix(length))) }
    }

    @Test func `every field is what dividing the text gives`() throws {
        var generator = SplitMix64(seed: 4)
        let alphabet = Array("ab|||^^~& 1".utf8)
        for _ in 0..<300 {
            let lines = (0..<Int.random(in: 1...9, using: &generator)).map { line in
                Array("Z0\(line)|".utf8)
                    + (0..<Int.random(in: 0...180, using: &generator)).map { _ in alphabet.randomElement(using: &generator) ?? 0 }
            }
            let bytes = Array("MSH|^~\\&|A\r".utf8) + lines.flatMap { $0 + [0x0D] }
            let segments = try HL7Message(bytes).segments
            #expect(segments.count == lines.count + 1)
            for (segment, line) in zip(segments.dropFirst(), lines) {
                Self.expect(segment, is: line)
            }
        }
    }

    private static func expect(_ segment: HL7Segment, is line: [UInt8]) {
        func divided(_ bytes: [UInt8], _ byte: Character) -> [[UInt8]] {
            bytes.split(separator: byte.asciiValue ?? 0, omittingEmptySubsequences: false).map(Array.init)
        }
        let fields = divided(line, "|")
        #expect(segment.fieldCount == fields.count - 1)
        for (number, field) in fields.enumerated().dropFirst() {
            let element = segment.field(number)
            // Blanks at the very end of the message belong to no field.
            #expect(trimmed(Array(element.rawBytes)) == trimmed(field))
            for (repetition, text) in divided(field, "~").enumerated() {
                for (component, text) in divided(text, "^").enumerated() {
                    for (subcomponent, text) in divided(text, "&").enumerated() {
                        let found = element.repetition(repetition + 1).component(component + 1).subcomponent(subcomponent + 1)
                        #expect(Array(found.string.utf8) == trimmed(text))
                    }
                }
            }
        }
    }

    static func mutated(_ original: [UInt8], using generator: inout SplitMix64) -> [UInt8] {
        var bytes = original
        for _ in 0..<Int.random(in: 1...12, using: &generator) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &generator)
            switch Int.random(in: 0...5, using: &generator) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
            case 1: bytes.remove(at: place)
            case 2: bytes.insert(Array("|^~\\&\r\n\u{0}\"".utf8).randomElement(using: &generator) ?? 0, at: place)
            case 3: bytes.removeSubrange(place..<min(bytes.count, place + 40))
            case 4: bytes.append(contentsOf: bytes[place..<min(bytes.count, place + 40)])
            default: bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &generator)
            }
        }
        return bytes
    }

    private static func trimmed(_ bytes: [UInt8]) -> [UInt8] {
        Array(bytes.prefix(bytes.count - bytes.reversed().prefix { $0 <= 0x20 }.count))
    }
}
