/// Why a server did not start, or a client got no answer, as a code and a place.
///
/// A description never holds message bytes. `place` is an address (`host:port`), a file path or a byte offset;
/// `cause` is the system's or the TLS library's own word.
package enum MLLPError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The address could not be bound.
    case bindFailed(place: String, cause: String)
    /// `start` was called twice, or after `shutdown`.
    case alreadyStarted
    /// No connection could be made.
    case connectFailed(place: String, cause: String)
    /// No connection was made in time.
    case connectDeadlineExceeded(place: String)
    /// A certificate, key or authority file could not be read or used.
    case certificateUnusable(place: String, cause: String)
    /// The TLS handshake failed, or the peer refused our certificate.
    case tlsFailed(cause: String)
    /// The answer did not come in time. The connection is closed: a late answer could be taken for another message's.
    case answerDeadlineExceeded
    /// The connection closed before the answer came: whether the message was stored is unknown, send it again.
    case connectionClosed(cause: String)
    /// What the peer sent is not an answer: oversize, torn, or not asked for. The connection is closed.
    case answerUnusable(cause: String)
    /// The message holds a framing byte (0B or 1C) at this offset, and so cannot be carried.
    case messageNotCarriable(offset: Int)
    /// `inFlightMessagesMax` messages wait for their answers already.
    case tooManyInFlight
    /// The task that waited was cancelled. Whether the message was stored is unknown.
    case cancelled

    /// The stable code, for logs and metrics.
    package var code: String {
        switch self {
        case .bindFailed: "bind-failed"
        case .alreadyStarted: "already-started"
        case .connectFailed: "connect-failed"
        case .connectDeadlineExceeded: "connect-deadline-exceeded"
        case .certificateUnusable: "certificate-unusable"
        case .tlsFailed: "tls-failed"
        case .answerDeadlineExceeded: "answer-deadline-exceeded"
        case .connectionClosed: "connection-closed"
        case .answerUnusable: "answer-unusable"
        case .messageNotCarriable: "message-not-carriable"
        case .tooManyInFlight: "too-many-in-flight"
        case .cancelled: "cancelled"
        }
    }

    package var description: String {
        switch self {
        case .bindFailed(let place, let cause), .connectFailed(let place, let cause),
            .certificateUnusable(let place, let cause):
            "mllp.\(code) at \(place): \(cause)"
        case .connectDeadlineExceeded(let place): "mllp.\(code) at \(place)"
        case .tlsFailed(let cause), .connectionClosed(let cause), .answerUnusable(let cause): "mllp.\(code): \(cause)"
        case .messageNotCarriable(let offset): "mllp.\(code) at byte \(offset)"
        case .alreadyStarted, .answerDeadlineExceeded, .tooManyInFlight, .cancelled: "mllp.\(code)"
        }
    }
}
