/// A message as it came in, and what we made of it.
package struct ReceivedMessage: Sendable, Equatable {
    /// `MSH-3|MSH-4` as sent, or empty.
    package var sender: String
    /// MSH-10, or empty.
    package var controlID: String
    /// The message, byte for byte.
    package var bytes: [UInt8]
    /// `ADT^A01`, or empty.
    package var trigger: String
    /// What became of it.
    package var disposition: Disposition
    /// The coded reason, where the disposition needs one.
    package var reason: String?
    /// The acknowledgement code we answer (HL7 table 0008: AA AR CA CR …), or empty for none.
    package var answer: String
    /// The peer's address, or `file`.
    package var receivedFrom: String

    /// Makes a message.
    package init(
        sender: String, controlID: String, bytes: [UInt8], trigger: String, disposition: Disposition,
        reason: String? = nil, answer: String, receivedFrom: String
    ) {
        self.sender = sender
        self.controlID = controlID
        self.bytes = bytes
        self.trigger = trigger
        self.disposition = disposition
        self.reason = reason
        self.answer = answer
        self.receivedFrom = receivedFrom
    }
}
