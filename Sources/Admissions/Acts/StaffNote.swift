import EventSourcing

/// What somebody wrote, in their own words.
///
/// One to `charactersMax` characters without blanks at its ends; no control characters but line ends and tabs. Never
/// part of an error or a description.
package struct StaffNote: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    /// The longest note in characters as people count them (product.md 4.6).
    package static let charactersMax = 500
    /// The longest note in bytes of UTF-8: a character can be many.
    package static let bytesMax = 4_000

    /// Takes what somebody wrote in a field; `nil` where that is nothing but blanks.
    package static func reading(_ text: String, in field: ActRejection.Field) throws(ActRejection) -> StaffNote? {
        guard text.utf8.count <= bytesMax else { throw ActRejection(.textTooLong, field) }
        let isBlank = { (character: Character) in character.isWhitespace }
        let trimmed = text.drop(while: isBlank)
        guard let last = trimmed.lastIndex(where: { !isBlank($0) }) else { return nil }
        let kept = trimmed[...last]
        guard kept.count <= charactersMax else { throw ActRejection(.textTooLong, field) }
        guard kept.unicodeScalars.allSatisfy(isStorable) else { throw ActRejection(.textNotStorable, field) }
        return StaffNote(stored: String(kept))
    }

    /// Takes a note as it stands in the log, whatever the limits are by now.
    init(stored text: String) {
        self.text = text
    }

    /// Takes a note as a view holds it.
    package init(shown text: String) {
        self.init(stored: text)
    }

    package var description: String { "StaffNote" }

    /// Line ends of forms are kept; what turns text round (Unicode bidirectional controls) or cannot be seen is not.
    private static func isStorable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D: true
        case ..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069: false
        default: true
        }
    }
}

extension JSONReader {
    mutating func readNote() throws(JSONError) -> StaffNote {
        StaffNote(stored: try readString())
    }
}
