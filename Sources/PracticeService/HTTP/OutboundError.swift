/// Why a request of ours had no answer; holds nothing of the request or the answer.
package enum OutboundError: String, Error, Sendable, CaseIterable, CustomStringConvertible {
    /// Not an address that we call: not https, no public DNS name.
    case addressNotAllowed = "address-not-allowed"
    /// The name leads to an address that is not public.
    case addressNotPublic = "address-not-public"
    case nameNotFound = "name-not-found"
    case notConnected = "not-connected"
    /// The server's certificate is not to be trusted, or there is no common ground.
    case tlsFailed = "tls-failed"
    case timedOut = "timed-out"
    case answerTooLarge = "answer-too-large"
    /// The connection ended before the answer did, or what came was no HTTP.
    case answerBroken = "answer-broken"

    package var description: String { rawValue }
}
