/// Where the segments and the fields of a message begin: all that is worked out before somebody asks.
///
/// Two tables, each in the order of the message:
///
/// ```
/// bytes        P I D | 1 | | 9 9 9 CR P V 1 | 1      from `start` on
/// segments     PID: 0..<10, separators 0..<3   PV1: 11..<16, separators 3..<4
/// separators   3 5 6 14                              offsets of the field separators
/// ```
///
/// So a segment is found among its few fellows by comparing numbers, and a numbered field without looking at a byte: to
/// read all fields of a segment, however long, is never quadratic. `MessageIndex+Scan` says what counts as a segment.
struct MessageIndex: Sendable {
    /// First byte of the message: the M of MSH.
    let start: Int
    /// After the last byte that is not blank.
    let end: Int
    let delimiters: HL7Delimiters
    /// No byte above 0x7F.
    var isASCII = true
    var segments: [SegmentPlace] = []
    /// A message has at most 2³⁰ bytes, see HL7Message.bytesMax.
    var separators: [UInt32] = []
}

/// Where a segment of a message lies, and its field separators among all of the message's.
package struct SegmentPlace: Sendable {
    /// The name as a number, see `SegmentName`; 0 if it has no proper one.
    package let name: UInt32
    /// Its first byte.
    package let start: UInt32
    /// Before its line break, and before the blank lines if there are more.
    package internal(set) var end: UInt32
    /// How many separators of the message stand before it.
    package let firstRank: UInt32
    /// How many separators it has.
    package internal(set) var separatorCount: UInt32

    init(name: UInt32, start: Int, firstRank: Int) {
        self.name = name
        self.start = UInt32(truncatingIfNeeded: start)
        end = self.start
        self.firstRank = UInt32(truncatingIfNeeded: firstRank)
        separatorCount = 0
    }
}
