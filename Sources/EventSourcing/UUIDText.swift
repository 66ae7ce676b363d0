/// UUIDs as text: 32 hexadecimal digits and four hyphens (RFC 9562 section 4), of any version.
package enum UUIDText {
    /// A UUID in lower case; `nil` for anything that is none in either case.
    package static func lowercased(_ text: String) -> String? {
        guard text.utf8.count == length else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(length)
        for (index, byte) in text.utf8.enumerated() {
            switch byte {
            case UInt8(ascii: "-") where hyphens.contains(index): bytes.append(byte)
            case _ where hyphens.contains(index): return nil
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"): bytes.append(byte)
            case UInt8(ascii: "A")...UInt8(ascii: "F"): bytes.append(byte + 0x20)
            default: return nil
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static let length = 36
    private static let hyphens = [8, 13, 18, 23]
}
