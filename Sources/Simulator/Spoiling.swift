/// Makes a message unreadable, in the ways that hospitals' messages are.
enum Spoiling {
    /// One of the ways, chosen by `bits`; the ways that need a visit are left to messages that have one.
    ///
    /// An A08 keeps its visit: without one it would be read as news about the person.
    static func spoil(_ bytes: [UInt8], trigger: String, _ bits: UInt64) -> [UInt8] {
        let hasVisit = lines(bytes).contains { $0.starts(with: Array("PV1|".utf8)) }
        switch bits % (!hasVisit ? 4 : trigger == "A08" ? 5 : 6) {
        case 0: return clearing("PID", 3, in: bytes)
        case 1: return lines(bytes).filter { !$0.starts(with: Array("PID|".utf8)) }.flatMap { $0 + [0x0D] }
        case 2: return Array(bytes.prefix(60 + Int(bits >> 32) % 8).map { $0 == UInt8(ascii: "M") ? 0x20 : $0 })
        case 3: return setting("MSH", 9, to: "ADT^A99", in: setting("EVN", 1, to: "A99", in: bytes))
        case 4: return clearing("PV1", 19, in: bytes)
        default: return lines(bytes).filter { !$0.starts(with: Array("PV1|".utf8)) }.flatMap { $0 + [0x0D] }
        }
    }

    private static func lines(_ bytes: [UInt8]) -> [[UInt8]] {
        bytes.split(separator: 0x0D).map(Array.init)
    }

    private static func clearing(_ segment: String, _ field: Int, in bytes: [UInt8]) -> [UInt8] {
        setting(segment, field, to: "", in: bytes)
    }

    private static func setting(_ segment: String, _ field: Int, to value: String, in bytes: [UInt8]) -> [UInt8] {
        let name = Array((segment + "|").utf8)
        return lines(bytes).flatMap { line -> [UInt8] in
            guard line.starts(with: name) else { return line + [0x0D] }
            var fields = line.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false).map(Array.init)
            // MSH-1 is the separator itself, so that MSH-9 is the ninth piece and not the tenth.
            let place = segment == "MSH" ? field - 1 : field
            if place < fields.count { fields[place] = Array(value.utf8) }
            return Array(fields.joined(separator: [UInt8(ascii: "|")])) + [0x0D]
        }
    }
}
