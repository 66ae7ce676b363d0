/// Base64 as signed notes and checkpoints write it (RFC 4648 section 4): with padding, without line breaks.
package enum Base64 {
    /// The text of these bytes.
    package static func encode(_ bytes: some Collection<UInt8>) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        var bits: UInt32 = 0
        var count = 0
        for byte in bytes {
            bits = bits << 8 | UInt32(byte)
            count += 1
            guard count == 3 else { continue }
            append(bits, digits: 4, to: &text)
            (bits, count) = (0, 0)
        }
        if count > 0 {
            append(bits << UInt32(8 * (3 - count)), digits: count + 1, to: &text)
            for _ in count..<3 { text.append(UInt8(ascii: "=")) }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes of a text; `nil` unless it is exactly what `encode` gives for them.
    package static func decode(_ text: some StringProtocol) -> [UInt8]? {
        var bytes: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        for digit in text.utf8 where digit != UInt8(ascii: "=") {
            guard let value = value(of: digit) else { return nil }
            bits = bits << 6 | value
            count += 1
            guard count == 4 else { continue }
            append(bits, bytes: 3, to: &bytes)
            (bits, count) = (0, 0)
        }
        if count > 1 { append(bits << UInt32(6 * (4 - count)), bytes: count - 1, to: &bytes) }
        return encode(bytes) == text ? bytes : nil
    }

    private static let alphabet: StaticString = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

    private static func append(_ bits: UInt32, digits: Int, to text: inout [UInt8]) {
        alphabet.withUTF8Buffer { alphabet in
            for place in 0..<digits { text.append(alphabet[Int(bits >> UInt32(18 - 6 * place) & 63)]) }
        }
    }

    private static func append(_ bits: UInt32, bytes: Int, to all: inout [UInt8]) {
        for place in 0..<bytes { all.append(UInt8(truncatingIfNeeded: bits >> UInt32(16 - 8 * place))) }
    }

    private static func value(of digit: UInt8) -> UInt32? {
        switch digit {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(digit - UInt8(ascii: "A"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(digit - UInt8(ascii: "a")) + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(digit - UInt8(ascii: "0")) + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
