/// The characters that divide one message, as its own MSH-1 and MSH-2 say (HL7 v2 chapter 2.5.4).
///
/// Each is one ASCII punctuation byte; 0 stands for "this message has none". No two are alike, and none is a letter, a
/// digit, a blank or a control byte, so that dividing by one can never cut a number, a word or a UTF-8 character.
package struct HL7Delimiters: Hashable, Sendable {
    /// MSH-1, between fields.
    package let field: UInt8
    /// First of MSH-2, between components.
    package let component: UInt8
    /// Second of MSH-2, between repetitions of a field.
    package let repetition: UInt8
    /// Third of MSH-2, around an escape sequence.
    package let escape: UInt8
    /// Fourth of MSH-2, between sub-components.
    package let subcomponent: UInt8
    /// Fifth of MSH-2 from version 2.7 on, marks text cut short.
    package let truncation: UInt8

    /// `|^~\&`, recommended by HL7 and used by nearly everyone.
    package static let standard = HL7Delimiters(separator: UInt8(ascii: "|"), encodingCharacters: [])

    /// `|^~\&#`, recommended from version 2.7 on.
    package static let standardWithTruncation = HL7Delimiters(
        separator: UInt8(ascii: "|"), encodingCharacters: Array("^~\\&#".utf8))

    /// Reads MSH-2 leniently.
    ///
    /// What is missing or unusable (a letter, a blank, a character used before) takes its place in `^~\&` if that is
    /// still free, and is otherwise left out. Two mistakes seen on the wire are understood: a doubled escape character
    /// (`^~\\&`, a string literal leaked into a message) and a forgotten one (`^~&`).
    package init(separator: UInt8, encodingCharacters: [UInt8]) {
        var given = encodingCharacters
        if given.count >= 4, given[2] == given[3] {
            given.remove(at: 3)
        }
        if given.count == 3, given[2] == UInt8(ascii: "&") {
            given.insert(UInt8(ascii: "\\"), at: 2)
        }
        let usual = [UInt8(ascii: "^"), UInt8(ascii: "~"), UInt8(ascii: "\\"), UInt8(ascii: "&")]
        var chosen: [UInt8] = [separator]
        for place in 0..<5 {
            let asked = place < given.count ? given[place] : 0
            if Self.isUsable(asked), !chosen.contains(asked) {
                chosen.append(asked)
            } else if place < 4, !chosen.contains(usual[place]), !given.prefix(5).contains(usual[place]) {
                chosen.append(usual[place])
            } else {
                chosen.append(0)
            }
        }
        field = chosen[0]
        component = chosen[1]
        repetition = chosen[2]
        escape = chosen[3]
        subcomponent = chosen[4]
        truncation = chosen[5]
    }

    /// The five everyone uses, without a look at MSH-2: the quick way for the usual message.
    init(usualWith separator: UInt8) {
        field = separator
        component = UInt8(ascii: "^")
        repetition = UInt8(ascii: "~")
        escape = UInt8(ascii: "\\")
        subcomponent = UInt8(ascii: "&")
        truncation = 0
    }

    /// MSH-2 as it is to be written: the encoding characters that are in use, in order.
    package var encodingCharacters: [UInt8] {
        [component, repetition, escape, subcomponent, truncation].filter { $0 != 0 }
    }

    /// Whether a byte may divide a message: ASCII punctuation.
    static func isUsable(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
        default: false
        }
    }
}
