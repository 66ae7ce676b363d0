/// Who on one list may be taken for another: same family name and same first letter of the given name, or a family name
/// that sounds alike (Soundex) and the same year of birth (product.md 4.3).
///
/// A patient's own other lines are not similar to each other. Each is paired with the first other line in the order
/// given.
package enum SimilarNames {
    /// One line: `person` tells people apart, `ref` is what the flag names.
    package struct Line: Sendable {
        package let person: String
        package let ref: String
        package let family: String?
        package let given: String?
        package let born: String?

        package init(person: String, ref: String, family: String?, given: String?, born: String?) {
            self.person = person
            self.ref = ref
            self.family = family
            self.given = given
            self.born = born
        }
    }

    /// For each line the ref of the one it may be taken for; `nil` for most.
    package static func others(_ lines: [Line]) -> [String?] {
        // Of each group the first line, and the first of somebody else.
        var groups: [String: (first: Int, other: Int?)] = [:]
        for (place, line) in lines.enumerated() {
            for key in keys(line) {
                guard let group = groups[key] else {
                    groups[key] = (place, nil)
                    continue
                }
                if group.other == nil, lines[group.first].person != line.person { groups[key]?.other = place }
            }
        }
        return lines.map { line in
            let near = keys(line).compactMap { groups[$0] }.compactMap { group in
                lines[group.first].person != line.person ? group.first : group.other
            }
            return near.min().map { lines[$0].ref }
        }
    }

    private static func keys(_ line: Line) -> [String] {
        guard let family = line.family?.uppercased(), !family.isEmpty else { return [] }
        var keys: [String] = []
        if let first = line.given?.uppercased().first { keys.append("\(family)\u{1F}\(first)") }
        if let born = line.born, born.utf8.count >= 4 { keys.append("\(soundex(family))\u{1F}\(born.prefix(4))") }
        return keys
    }

    /// American Soundex of a name in upper case: its first letter and three digits; of a name in another script the
    /// name.
    static func soundex(_ name: String) -> String {
        let letters = name.utf8.filter { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
        guard let first = letters.first else { return name }
        var code = [first]
        var last = digit(first)
        for letter in letters.dropFirst() where code.count < 4 {
            let digit = digit(letter)
            if digit != 0, digit != last { code.append(digit) }
            // H and W do not part two letters of one sound; vowels do.
            if letter != UInt8(ascii: "H"), letter != UInt8(ascii: "W") { last = digit }
        }
        while code.count < 4 { code.append(UInt8(ascii: "0")) }
        return String(decoding: code, as: UTF8.self)
    }

    private static func digit(_ letter: UInt8) -> UInt8 {
        switch letter {
        case UInt8(ascii: "B"), UInt8(ascii: "F"), UInt8(ascii: "P"), UInt8(ascii: "V"): UInt8(ascii: "1")
        case UInt8(ascii: "C"), UInt8(ascii: "G"), UInt8(ascii: "J"), UInt8(ascii: "K"), UInt8(ascii: "Q"),
            UInt8(ascii: "S"), UInt8(ascii: "X"), UInt8(ascii: "Z"):
            UInt8(ascii: "2")
        case UInt8(ascii: "D"), UInt8(ascii: "T"): UInt8(ascii: "3")
        case UInt8(ascii: "L"): UInt8(ascii: "4")
        case UInt8(ascii: "M"), UInt8(ascii: "N"): UInt8(ascii: "5")
        case UInt8(ascii: "R"): UInt8(ascii: "6")
        default: 0
        }
    }
}
