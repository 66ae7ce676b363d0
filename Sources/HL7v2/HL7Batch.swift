/// Divides what holds several messages: a batch, a frame with several headers, a file.
///
/// ```
/// FHS … │ BHS … │ MSH … PID … │ MSH … PID … │ BTS … │ FTS …        batch (HL7 v2 chapter 2.10.3)
/// VT MSH … FS CR │ VT MSH … FS CR                                  file of MLLP frames
/// MSH … │ blank lines │ MSH … │ MSH …                              text, whatever its line ends
/// ```
package enum HL7Batch {
    /// One message, or what stood where a message should be.
    package struct Piece: Hashable, Sendable {
        package enum Kind: Hashable, Sendable {
            /// Begins with MSH.
            case message
            /// Belongs to no message: segments without MSH in a batch, noise between frames. Kept so that nothing is lost.
            case stray
        }

        package let kind: Kind
        /// Where it lies in what was divided.
        package let range: Range<Int>
        /// Its bytes, from the name of the first segment to the end of the last, its line break included.
        package let bytes: [UInt8]
        /// FHS-11 of the file it came in; nil if there is none.
        package let fileID: String?
        /// BHS-11 of the batch it came in; nil if there is none.
        package let batchID: String?
    }

    /// The messages in `bytes`, in order, and whatever is no message; nothing for blanks alone.
    ///
    /// FHS, BHS, BTS and FTS divide, and are no pieces themselves: their ids are told with each piece. A message begins at a
    /// line that starts with MSH and two punctuation characters; text that merely mentions MSH divides nothing. Blank
    /// lines, a byte order mark and framing bytes are left out. A single message comes back as one piece.
    package static func split(_ bytes: [UInt8]) -> [Piece] {
        var splitter = BatchSplitter(bytes)
        return splitter.split()
    }
}
