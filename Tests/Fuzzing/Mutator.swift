/// Makes messages that nobody would send, from messages that somebody did.
///
/// The nth input follows from the seed, n and the corpus alone. Some mutations know lines, fields and components, so
/// that what comes out still reaches deep into the reader; the others know bytes, so that it does not always.
package struct Mutator: Sendable {
    /// The most bytes of an input.
    package static let bytesMax = 256 * 1024
    /// The most mutations of one input.
    private static let mutationsMax = 8

    private let corpus: FuzzCorpus

    package init(_ corpus: FuzzCorpus) {
        self.corpus = corpus
    }

    /// The input of one execution.
    package func input(seed: UInt64, execution: UInt64) -> [UInt8] {
        var generator = FuzzGenerator(seed: seed, execution: execution)
        var bytes = corpus.message(using: &generator)
        for _ in 0...generator.below(Self.mutationsMax) {
            bytes = generator.below(3) == 0 ? mutateBytes(bytes, &generator) : mutateSegments(bytes, &generator)
            if bytes.count > Self.bytesMax { bytes.removeSubrange(Self.bytesMax...) }
        }
        return bytes
    }

    // MARK: Bytes

    private func mutateBytes(_ original: [UInt8], _ generator: inout FuzzGenerator) -> [UInt8] {
        var bytes = original
        let place = generator.below(bytes.count)
        let end = min(bytes.count, place + 1 + generator.below(generator.oneIn(4) ? 200 : 8))
        switch generator.below(9) {
        case 0 where !bytes.isEmpty: bytes[place] ^= 1 << UInt8(truncatingIfNeeded: generator.below(8))
        case 1 where !bytes.isEmpty: bytes[place] = UInt8(truncatingIfNeeded: generator.below(256))
        case 2: bytes.insert(generator.pick(Self.special) ?? 0, at: place)
        case 3 where !bytes.isEmpty: bytes[place] = generator.pick(Self.special) ?? 0
        case 4: bytes.removeSubrange(place..<end)
        case 5: bytes.insert(contentsOf: bytes[place..<end], at: place)
        case 6: bytes.insert(contentsOf: NastyTokens.token(using: &generator), at: place)
        case 7: bytes = splice(bytes, &generator)
        default: bytes.removeSubrange(place...)
        }
        return bytes
    }

    private static let special: [UInt8] =
        Array("|^~\\&#\"\r\n 0AZ".utf8) + [0x00, 0x0B, 0x1C, 0x7F, 0x80, 0x92, 0xC3, 0xFF]

    /// The beginning of one message and the end of another.
    private func splice(_ bytes: [UInt8], _ generator: inout FuzzGenerator) -> [UInt8] {
        let other = corpus.message(using: &generator)
        return Array(bytes.prefix(generator.below(bytes.count + 1)) + other.suffix(generator.below(other.count + 1)))
    }

    // MARK: Segments

    private func mutateSegments(_ bytes: [UInt8], _ generator: inout FuzzGenerator) -> [UInt8] {
        var lines = Self.lines(bytes)
        guard !lines.isEmpty else { return bytes }
        let separator = lines[0].count > 3 ? lines[0][3] : UInt8(ascii: "|")
        let place = generator.below(lines.count)
        switch generator.below(13) {
        case 0: lines.remove(at: place)
        case 1: lines.insert(lines[place], at: generator.below(lines.count + 1))
        case 2: lines.swapAt(place, generator.below(lines.count))
        case 3 where generator.oneIn(10):
            lines.insert(contentsOf: Array(repeating: lines[place], count: 50 + generator.below(200)), at: place)
        case 4:
            let others = Self.lines(corpus.message(using: &generator))
            if let other = generator.pick(others) { lines.insert(other, at: generator.below(lines.count + 1)) }
        case 5: lines[0] = Self.withTrigger(lines[0], separator, &generator)
        case 6 where generator.oneIn(3): lines[0] = Self.withEncoding(lines[0], separator, &generator)
        case 7: copyField(&lines, separator, &generator)
        case 8:
            lines[place] = Self.mutatingField(lines[place], separator, &generator) { field, generator in
                field + NastyTokens.token(using: &generator)
            }
        case 9, 10:
            lines[place] = Self.mutatingField(lines[place], separator, &generator) { field, generator in
                Self.replacingComponent(field, &generator)
            }
        default:
            lines[place] = Self.mutatingField(lines[place], separator, &generator) { _, generator in
                NastyTokens.token(using: &generator)
            }
        }
        return Self.joined(lines, &generator)
    }

    private static func lines(_ bytes: [UInt8]) -> [[UInt8]] {
        bytes.split { $0 == 0x0D || $0 == 0x0A }.map(Array.init)
    }

    private static func joined(_ lines: [[UInt8]], _ generator: inout FuzzGenerator) -> [UInt8] {
        let ends: [[UInt8]] = [[0x0D], [0x0D], [0x0D], [0x0A], [0x0D, 0x0A], [0x0D, 0x0D]]
        let end = generator.oneIn(8) ? generator.pick(ends) ?? [0x0D] : [0x0D]
        return lines.flatMap { $0 + end }
    }

    /// Changes one field. Fields beyond the last are written now and then, up to the sixtieth and some.
    private static func mutatingField(
        _ line: [UInt8], _ separator: UInt8, _ generator: inout FuzzGenerator,
        by change: ([UInt8], inout FuzzGenerator) -> [UInt8]
    ) -> [UInt8] {
        var fields = line.split(separator: separator, omittingEmptySubsequences: false).map(Array.init)
        if generator.oneIn(6) {
            let count = generator.oneIn(50) ? 400 : 66
            while fields.count <= generator.below(count) { fields.append([]) }
        }
        let place = generator.oneIn(60) ? 0 : min(fields.count - 1, 1 + generator.below(fields.count - 1))
        guard fields.indices.contains(place) else { return line }
        fields[place] = change(fields[place], &generator)
        return Array(fields.joined(separator: [separator]))
    }

    private static func replacingComponent(_ field: [UInt8], _ generator: inout FuzzGenerator) -> [UInt8] {
        let separator = generator.oneIn(4) ? UInt8(ascii: "~") : UInt8(ascii: "^")
        var parts = field.split(separator: separator, omittingEmptySubsequences: false).map(Array.init)
        let place = generator.below(parts.count)
        guard parts.indices.contains(place) else { return field }
        switch generator.below(4) {
        case 0: parts.remove(at: place)
        case 1: parts.insert(parts[place], at: place)
        default: parts[place] = NastyTokens.token(using: &generator)
        }
        return Array(parts.joined(separator: [separator]))
    }

    /// Puts the field of one segment where another stands: a number merged into itself, a name for a date.
    private func copyField(_ lines: inout [[UInt8]], _ separator: UInt8, _ generator: inout FuzzGenerator) {
        let source = generator.pick(lines) ?? []
        let fields = source.split(separator: separator, omittingEmptySubsequences: false).map(Array.init)
        guard let field = generator.pick(fields) else { return }
        let place = generator.below(lines.count)
        lines[place] = Self.mutatingField(lines[place], separator, &generator) { _, _ in field }
    }

    /// MSH-9 with another trigger event.
    private static func withTrigger(
        _ line: [UInt8], _ separator: UInt8, _ generator: inout FuzzGenerator
    ) -> [UInt8] {
        var fields = line.split(separator: separator, omittingEmptySubsequences: false).map(Array.init)
        guard fields.count > 8 else { return line }
        fields[8] = Array("ADT^".utf8) + Array((generator.pick(NastyTokens.triggers) ?? "").utf8)
        return Array(fields.joined(separator: [separator]))
    }

    private static func withEncoding(
        _ line: [UInt8], _ separator: UInt8, _ generator: inout FuzzGenerator
    ) -> [UInt8] {
        var fields = line.split(separator: separator, omittingEmptySubsequences: false).map(Array.init)
        guard fields.count > 1 else { return line }
        fields[1] = Array((generator.pick(NastyTokens.encodings) ?? "").utf8)
        return Array(fields.joined(separator: [generator.oneIn(8) ? UInt8(ascii: "#") : separator]))
    }
}
