/// Why bytes could not be read as an HL7 v2 message.
///
/// Only the lack of a usable header stops the parser; whatever follows the header is read as it stands. An error says
/// where (a byte offset), never what: no byte of the message appears in `code` or `description`.
package enum HL7ParseError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Nothing but blanks, line breaks and framing bytes.
    case empty
    /// The first segment is not MSH; `offset` is its first byte.
    case headerMissing(offset: Int)
    /// The first segment is FHS or BHS: the bytes are a batch, for `HL7Batch.split`; `offset` is its first byte.
    case batchHeader(offset: Int)
    /// The bytes end before MSH-1; `offset` is where MSH-1 should be.
    case headerTooShort(offset: Int)
    /// MSH-1 is a letter, a digit, a blank, a control byte or not ASCII; `offset` is its place.
    case separatorUnusable(offset: Int)
    /// Longer than `HL7Message.bytesMax`.
    case tooLong(byteCount: Int)

    /// A short name that stays the same over versions, fit for a metric label.
    package var code: String {
        switch self {
        case .empty: "empty"
        case .headerMissing: "header-missing"
        case .batchHeader: "batch-header"
        case .headerTooShort: "header-too-short"
        case .separatorUnusable: "separator-unusable"
        case .tooLong: "too-long"
        }
    }

    package var description: String {
        switch self {
        case .empty: "\(code)"
        case .headerMissing(let offset), .batchHeader(let offset), .headerTooShort(let offset),
            .separatorUnusable(let offset):
            "\(code) at byte \(offset)"
        case .tooLong(let byteCount): "\(code): \(byteCount) bytes"
        }
    }
}
