import EventSourcing

/// When a delivery is tried again, and when a webhook is given up (product.md 5.5).
enum WebhookSchedule {
    /// Waits after the first, second, … failed attempt; after the last one more the delivery is given up.
    static let delays: [Duration] = [
        .seconds(5), .seconds(5 * 60), .seconds(30 * 60), .seconds(2 * 3_600), .seconds(5 * 3_600),
        .seconds(10 * 3_600), .seconds(10 * 3_600),
    ]
    /// A webhook that has taken nothing for so long is turned off.
    static let failingMax: Duration = .seconds(3 * 86_400)
    /// The longest wait that a receiver may ask for.
    static let retryAfterMax: Duration = .seconds(86_400)

    /// The wait after a failed attempt; `nil` if it was the last.
    ///
    /// - Parameters:
    ///   - attempts: how many have failed, this one too.
    ///   - retryAfter: the receiver's `Retry-After`, in seconds (RFC 9110 section 10.2.3); never less than the schedule's.
    ///   - jitter: 0 to 1; up to a fifth is added, so that not all come back at once.
    static func wait(afterAttempts attempts: Int, retryAfter: String?, jitter: Double) -> Duration? {
        guard attempts >= 1, attempts <= delays.count else { return nil }
        let delay = delays[attempts - 1]
        let asked = retryAfter.flatMap { Int64($0) }.map { min(.seconds(max($0, 0)), retryAfterMax) } ?? .zero
        return max(delay + delay * (jitter / 5), asked)
    }
}
