import Admissions
import EventSourcing

/// The ids that travel with a request (product.md section 5.6; NHS England API platform conventions, domain.md section
/// 4.4).
enum RequestID {
    /// Whether a text is a UUID in the form of RFC 9562 section 4, in either case; any version.
    static func isUUID(_ text: String) -> Bool {
        UUIDText.lowercased(text) != nil
    }

    /// A random UUID (version 4), in lower case.
    static func make(using generator: inout some RandomNumberGenerator) -> String {
        var high = generator.next() as UInt64
        var low = generator.next() as UInt64
        high = high & 0xFFFF_FFFF_FFFF_0FFF | 0x4000
        low = low & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
        var text: [UInt8] = []
        text.reserveCapacity(36)
        for (index, byte) in [high, low].flatMap({ word in
            (0..<8).map { UInt8(truncatingIfNeeded: word >> (56 - 8 * $0)) }
        })
        .enumerated() {
            if [4, 6, 8, 10].contains(index) { text.append(UInt8(ascii: "-")) }
            for digit in [byte >> 4, byte & 15] {
                text.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Whether a correlation id may be mirrored: 1 to 128 of letters, digits and `-._:`, and no NHS number among them.
    /// Others are left out.
    static func isCorrelation(_ text: String) -> Bool {
        (1...128).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "a")...UInt8(ascii: "z"):
                    true
                default: [UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: ":")].contains(byte)
                }
            }
            && text.split { !$0.isNumber }.allSatisfy { NHSNumber(String($0)) == nil }
    }
}
