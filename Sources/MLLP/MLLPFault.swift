/// What can go wrong between a peer and us, by name, without a word of what was sent.
///
/// The first five are told to the responder as `MLLPInput.fault`, because a rejecting answer may still be wanted;
/// the others are only counted (`MLLPCounters.faults`) and logged. Each raw value is stable: it is a metric label.
package enum MLLPFault: String, Sendable, Hashable, CaseIterable {
    /// A frame is longer than `frameBytesMax`. The connection closes after the answer.
    case oversize
    /// A frame was begun and not ended within `halfFrameTimeout`. The connection closes after the answer.
    case halfFrame = "half-frame"
    /// A start block came before the end of the frame: the part before it is given up, the new frame goes on.
    case torn
    /// The peer closed its side in the middle of a frame.
    case cutOff = "cut-off"
    /// More than `noiseBytesMax` bytes came without a start block. The connection closes after the answer.
    case noise

    /// A frame ended with 1C and not 1C 0D. It was taken all the same.
    case endWithoutReturn = "end-without-return"
    /// No frame was begun within `firstByteTimeout` of the connection.
    case silent
    /// Nothing was heard for `idleTimeout`.
    case idle
    /// The peer has not read its answers for `unreadAnswersTimeout`.
    case unreadAnswers = "unread-answers"
    /// An answer was ready after its connection had gone. The sender will send that message again.
    case answerDropped = "answer-dropped"
    /// `connectionsMax` was reached.
    case connectionLimit = "connection-limit"
    /// `connectionsPerAddressMax` was reached.
    case addressLimit = "address-limit"
    /// The peer's address is in none of `allowedAddresses`.
    case addressNotAllowed = "address-not-allowed"
    /// The peer's certificate bears no allowed name, or is revoked.
    case certificateNotAllowed = "certificate-not-allowed"
    /// The TLS handshake failed, or the TLS stream broke.
    case tlsFailed = "tls-failed"
    /// The connection broke: reset, unreachable, timed out by the kernel.
    case connectionBroken = "connection-broken"
    /// `accept` failed, as when file descriptors run out. Accepting pauses and goes on by itself (`AcceptGate`).
    case acceptFailed = "accept-failed"

    /// Whether nothing that follows on the same connection can be trusted to be a frame.
    var endsConnection: Bool {
        switch self {
        case .oversize, .halfFrame, .cutOff, .noise: true
        default: false
        }
    }
}
