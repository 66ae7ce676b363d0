import HL7v2

/// Parts segments that came glued together: a carriage return was lost, or was written as text.
///
/// What is looked for might also be the end of a value (uk-messages.md, "seen and to be tolerated"). So in a message that is
/// understood as it stands only the segments of the person are parted, in which no value ends like that.
enum SegmentMending {
    /// Segments that a sender puts into an ADT message; Z segments aside, whose names may be any.
    private static let names: [[UInt8]] = [
        "EVN", "PID", "PD1", "NK1", "PV1", "PV2", "MRG", "OBX", "AL1", "DG1", "PR1", "ZU1", "ZU3", "ZU8",
    ].map { Array($0.utf8) }

    /// Ways of writing a line break as text.
    private static let breaks: [[UInt8]] = ["\\r\\n", "\\r", "\\n", "\\X0D\\"].map { Array($0.utf8) }

    private static let carriageReturn = UInt8(ascii: "\r")
    private static let lineFeed = UInt8(ascii: "\n")

    /// The message with its segments apart; `nil` if none are glued.
    ///
    /// - Parameter isUnderstood: whether the message can be read as it stands.
    static func mended(_ message: HL7Message, isUnderstood: Bool) -> HL7Message? {
        let bytes = message.bytes
        var mended: [UInt8] = []
        var taken = 0
        var lineStart = 0
        // Up to here line breaks have been looked for.
        var seen = 0
        // Names are looked for where they end: there are far fewer separators than bytes.
        for separator in message.separators {
            let index = Int(separator)
            let start = index - 3
            guard start > 0, mayBeGlued(bytes, at: start) else { continue }
            if let last = bytes[seen..<index].lastIndex(where: { $0 == carriageReturn || $0 == lineFeed }) {
                lineStart = max(lineStart, last + 1)
            }
            seen = index
            guard start > lineStart, !isUnderstood || isOfPerson(bytes, at: lineStart) else { continue }
            let text = breaks.first { bytes[lineStart..<start].hasSuffix($0) }
            guard isSegment(bytes, at: start) || text != nil && isName(bytes, at: start) else { continue }
            // CUPID is a name; a name does not end in PV1.
            if isUnderstood, text == nil, isLetter(bytes[start - 1]), isLetter(bytes[start + 2]) { continue }
            mended += bytes[taken..<start - (text?.count ?? 0)]
            mended.append(carriageReturn)
            taken = start
            lineStart = start
        }
        guard taken > 0 else { return nil }
        var rest = bytes[taken...]
        if let text = breaks.first(where: { rest.hasSuffix($0) }) { rest = rest.dropLast(text.count) }
        return try? HL7Message(mended + rest)
    }

    /// A quick look, which passes all that is to be parted and little else: a name ends as one of `names` does, or
    /// something that a line break written as text ends in stands before it.
    @inline(__always)
    private static func mayBeGlued(_ bytes: [UInt8], at start: Int) -> Bool {
        switch bytes[start + 2] {
        case UInt8(ascii: "N"), UInt8(ascii: "D"), UInt8(ascii: "G"), UInt8(ascii: "X"), UInt8(ascii: "1"),
            UInt8(ascii: "2"), UInt8(ascii: "3"), UInt8(ascii: "8"):
            return true
        default:
            let before = bytes[start - 1]
            return before == UInt8(ascii: "r") || before == UInt8(ascii: "n") || before == UInt8(ascii: "\\")
        }
    }

    /// EVN, PID or PD1.
    private static func isOfPerson(_ bytes: [UInt8], at start: Int) -> Bool {
        names[0..<3].contains { bytes[start...].starts(with: $0) }
    }

    private static func isSegment(_ bytes: [UInt8], at start: Int) -> Bool {
        names.contains { $0[0] == bytes[start] && $0[1] == bytes[start + 1] && $0[2] == bytes[start + 2] }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        byte & 0xDF >= UInt8(ascii: "A") && byte & 0xDF <= UInt8(ascii: "Z")
    }

    /// Whether it looks like the name of any segment.
    private static func isName(_ bytes: [UInt8], at start: Int) -> Bool {
        bytes[start..<start + 3].enumerated().allSatisfy { place, byte in
            (byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z"))
                || (place > 0 && byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"))
        }
    }
}

extension ArraySlice<UInt8> {
    fileprivate func hasSuffix(_ text: [UInt8]) -> Bool {
        count >= text.count && suffix(text.count).elementsEqual(text)
    }
}
