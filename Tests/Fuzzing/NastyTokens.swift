/// What is put where a value was: the forms that have broken parsers, and those that mean something special to ours.
enum NastyTokens {
    /// A token; now and then a very long one.
    static func token(using generator: inout FuzzGenerator) -> [UInt8] {
        switch generator.below(12) {
        case 0: long(using: &generator)
        case 1: digits(using: &generator)
        case 2: generator.pick(bytes) ?? []
        case 3, 4: Array((generator.pick(times) ?? "").utf8)
        case 5, 6: Array((generator.pick(identifiers) ?? "").utf8)
        case 7: Array((generator.pick(escapes) ?? "").utf8)
        case 8: repeated(using: &generator)
        default: Array((generator.pick(words) ?? "").utf8)
        }
    }

    /// MSH-2 as it should not be.
    static let encodings = [
        "", "^", "^~", "^~&", #"^~\"#, #"^~\\&"#, #"^~\&#"#, "^^^^", "||||", "~^\\&", "&~\\^", "abcd", "0123", "    ",
        "\"\"", "^~\u{1C}&", "@#$%", "^~\\&^~\\&^~\\&", "\u{E9}~\\&", "#", "-+:.", "\u{0}\u{0}",
    ]

    /// All trigger events there are, and some there are not.
    static let triggers =
        (0...63).map { "A" + ($0 < 10 ? "0" : "") + String($0) } + ["A99", "", "R01", "\"\"", "a01", "A1"]

    private static let words = [
        "", "\"\"", "\"", "^", "~", "&", "|", "\\", "^^^", "~~~", "&&&", "\"\"^\"\"^\"\"", "~\"\"~", "Y", "N", "YES",
        "I", "E", "O", "P", "INPATIENT", "EMERGENCY", "DAY CASE", "U", "S", "1", "2", "4", "79", "10", "305398007",
        "UNKNOWN", "NULL", "N/A", "-1", "0", "P", "T", "MSH", "MSH|^~\\&|", "\rPID|1", "\nPV1|1|I", "\r\n",
        "FHS|^~\\&", "BTS|1", " ", "\t", "Zo\u{EB} O\u{2019}Neill", "\u{1F469}\u{200D}\u{1F52C}", "e\u{301}",
        "\u{FEFF}", "\u{2028}", "{status:01}",
    ]
    private static let times = [
        "00000000", "000000000000", "99991231", "19000101", "00010101", "20260230", "20261325", "20260329013000",
        "20261025013000", "20261025013000+0100", "2026", "202603", "20260303", "2026030307", "202603030759",
        "20260303075911.123456789", "20260303075911+1400", "20260303075911-9999", "2026-03-03T07:59:11Z", "2026-0500",
        "9999", "99999999999999", "-20260303", "20260303240000", "202603032400", "2026030307591", "NOW",
    ]
    private static let identifiers = [
        "9990000018", "999 000 0018", "999-000-0018", "9990000018^^^NHS", "9990000018^^^NHS^NH~9990000026^^^NHS^NH",
        "^^^NHS", "~9990000018^^^^NHS", "9990000018^^^NHSNBR^NHSNMBR", "1111111111^^^NHS^NH", "0000000000^^^NHS",
        "^^^^MR", "1234567^^^ZX9^MR", "7654321^^^ZX9^MR", "SP1^^^ZX9^VN", "SP2^^^ZX9^VN",
        "9990000018^^^&2.16.840.1.113883.2.1.4.1&ISO", "A&B^^^C&D&E^F&G", "NSTS01", "NSTS08", "08", "NH{status:01}",
        "9990000018^^^NHS^NH{status:0", "Z99001", "Z99001001", "V81997", "V81999", "^^Z99001~^^Z99002", "G9999998^A^B",
    ]
    private static let escapes = [
        #"\X"#, #"\X\"#, #"\X4"#, #"\X4\"#, #"\X41\"#, #"\XZZ\"#, #"\X00\"#, #"\X0B1C0D\"#, #"\XC3\\XA9\"#, #"\F\"#,
        #"\S\\T\\R\\E\"#, #"\E"#, #"\.br\"#, #"\.sp+99999999999999999999\"#, #"\H\x\N\"#, #"\\"#, #"\\\\\\\\"#,
        #"\C2842\"#, #"\Zlocal\"#, #"\T"#, #"A\T\E"#,
    ]
    private static let bytes: [[UInt8]] = [
        [0x00], [0x00, 0x00, 0x00], [0xFF], [0xFF, 0xFE], [0xC3], [0xC3, 0x28], [0xED, 0xA0, 0x80],
        [0xF4, 0x90, 0x80, 0x80], [0xE9], [0x80, 0x92, 0x9F], [0x0B], [0x1C], [0x1C, 0x0D], [0x0B, 0x1C, 0x0D], [0x7F],
        [0x1A], [0xEF, 0xBB, 0xBF], [0x0D, 0x0A], [0x0A], [0x85],
    ]

    private static func digits(using generator: inout FuzzGenerator) -> [UInt8] {
        let count = generator.pick([1, 9, 10, 11, 18, 19, 20, 39, 400]) ?? 1
        let digit = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: generator.below(10))
        return Array(repeating: digit, count: count)
    }

    private static func long(using generator: inout FuzzGenerator) -> [UInt8] {
        let count = generator.oneIn(20) ? 60_000 : generator.pick([100, 199, 255, 256, 257, 1_025, 4_000]) ?? 100
        let filling: [UInt8] = Array("x&^~\\\" 9".utf8) + [0x00, 0xC3, 0xFF]
        let byte = generator.pick(filling) ?? 0
        return Array(repeating: byte, count: count)
    }

    private static func repeated(using generator: inout FuzzGenerator) -> [UInt8] {
        let parts = ["~", "^", "&", "~1^^^NHS", "~\"\"", "\\T\\", "a^b&c~", "~9990000018^^^NHS^NH"]
        let count = generator.oneIn(20) ? 2_000 : generator.pick([3, 10, 65, 255, 256, 300]) ?? 3
        let part = Array((generator.pick(parts) ?? "~").utf8)
        return Array(repeatElement(part, count: count).joined())
    }
}
