/// What a server has done since it was made, at one moment.
///
/// All but `connectionsOpen` only grow. The figures are read one after another, so they may be a frame apart.
package struct MLLPCounters: Sendable, Hashable {
    /// Connections open now.
    package let connectionsOpen: Int
    /// Connections that were let in.
    package let connectionsAccepted: Int
    /// Whole frames given to the responder.
    package let framesReceived: Int
    /// Empty frames, which are ignored.
    package let keepAlivesReceived: Int
    /// Bytes outside frames, CR and LF left aside.
    package let noiseBytesReceived: Int
    /// All bytes received (after TLS).
    package let bytesReceived: Int
    /// Answers given to the system to send.
    package let answersSent: Int
    /// Bytes of those answers with their framing (before TLS).
    package let bytesSent: Int
    /// What went wrong, by kind; kinds never seen are absent.
    package let faults: [MLLPFault: Int]
    /// When our TLS certificate expires, in seconds since 1970-01-01T00:00:00Z; nil without TLS.
    package let certificateExpiresAt: Int64?
}
