/// What the responder wants done about one input.
///
/// Answers leave in the order of the frames they answer. The bytes are the message alone; framing is added here,
/// and a framing byte inside them (0B, 1C) leaves as `?`, so that an echoed control id cannot break the stream.
package enum MLLPAnswer: Sendable, Hashable {
    /// Send these bytes.
    case send([UInt8])
    /// Send these bytes, then close. Frames that follow on this connection are given no answer.
    case sendAndClose([UInt8])
    /// Send these messages, each in a frame of its own: the frame held several. Then close, if `closes`.
    case sendSeveral([[UInt8]], closes: Bool)
    /// Send nothing (accept and application acknowledgement both "NE", HL7 table 0155).
    case none
    /// Close without a word: the sender keeps the message and sends it again.
    case close
}
