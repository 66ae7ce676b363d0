import EventSourcing
import Synchronization

/// Counts what each client asks for, in windows that begin with a client's first request.
///
/// In the memory of this process: of several instances each counts for itself, and a restart begins anew. It guards the
/// service against a client that asks too much, not a contract to the unit. Only clients whose token holds are counted,
/// so that a stranger can spend nobody's allowance.
package final class RateLimiter: Sendable {
    /// What is left to a client, as `RateLimit` tells it.
    struct Allowance: Sendable, Equatable {
        let isExhausted: Bool
        var remaining: Int
        /// Until the window ends, in whole seconds, at least 1.
        let resetSeconds: Int64
    }

    /// Requests in a window.
    package let requestsMax: Int
    /// Length of a window.
    package static let window: Duration = .seconds(60)
    /// Clients that are remembered; at as many, those whose window has ended are forgotten.
    private static let clientsMax = 4_096

    private struct Window {
        var began: Instant
        var taken = 0
    }

    private let windows = Mutex<[String: Window]>([:])

    /// Allows so many requests a minute to each client.
    package init(requestsMax: Int) {
        self.requestsMax = max(1, requestsMax)
    }

    /// Takes one request from a client's allowance.
    func take(_ client: String, at now: Instant) -> Allowance {
        windows.withLock { windows in
            if windows.count >= Self.clientsMax { windows = windows.filter { now < $0.value.began + Self.window } }
            var window = windows[client] ?? Window(began: now)
            if now >= window.began + Self.window || now < window.began { window = Window(began: now) }
            window.taken = min(window.taken + 1, requestsMax + 1)
            windows[client] = window
            let left = (window.began + Self.window).microseconds - now.microseconds
            return Allowance(
                isExhausted: window.taken > requestsMax, remaining: max(0, requestsMax - window.taken),
                resetSeconds: max(1, (left + 999_999) / 1_000_000))
        }
    }

    /// Gives one request back: an answer that said nothing new.
    func giveBack(_ client: String) {
        windows.withLock { windows in
            guard let taken = windows[client]?.taken, taken > 0 else { return }
            windows[client]?.taken = taken - 1
        }
    }
}
