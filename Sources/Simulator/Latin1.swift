/// Rewrites a UTF-8 message for a hospital whose system knows no UTF-8.
enum Latin1 {
    private static let label = Array("|UNICODE UTF-8|".utf8)
    private static let newLabel = Array("|8859/1|".utf8)

    /// The message in ISO 8859-1, labelled so in MSH-18; what has no place there becomes `?`.
    static func rewritten(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            result.append(scalar.value < 0x100 ? UInt8(scalar.value) : UInt8(ascii: "?"))
        }
        let header = result.prefix { $0 != 0x0D }
        guard let start = header.indices.dropLast(label.count).first(where: { header[$0...].starts(with: label) })
        else {
            return result
        }
        result.replaceSubrange(start..<start + label.count, with: newLabel)
        return result
    }
}
