/// Text from outside, made fit for an indexed text column.
///
/// PostgreSQL's `text` holds no NUL and a B-tree entry holds about 2,700 bytes; a message may carry both.
package enum StorableText {
    /// The text with NUL shown as U+2400 and, if longer than `bytesMax` bytes of UTF-8, its tail replaced.
    ///
    /// The replacement is `~` and the first 128 bits of the SHA-256 of the whole text in hexadecimal, so that two long
    /// texts that begin alike stay distinct. Cuts between characters' scalars, never inside one. `bytesMax` is at least
    /// 34.
    package static func clip(_ text: String, bytesMax: Int) -> String {
        let hasNUL = text.utf8.withContiguousStorageIfAvailable { $0.contains(0) } ?? text.utf8.contains(0)
        guard hasNUL || text.utf8.count > bytesMax else { return text }
        var clean = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { clean.append(scalar.value == 0 ? "\u{2400}" : scalar) }
        guard clean.reduce(0, { $0 + UTF8.width($1) }) > bytesMax else { return String(clean) }
        let tail = "~" + Digest(of: Array(text.utf8)).hexadecimal.prefix(32)
        var head = String.UnicodeScalarView()
        var room = bytesMax - tail.utf8.count
        for scalar in clean {
            room -= UTF8.width(scalar)
            guard room >= 0 else { break }
            head.append(scalar)
        }
        return String(head) + tail
    }
}
