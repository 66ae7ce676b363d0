package import Hummingbird
import NIOCore
import Synchronization

/// What travels with one request.
package struct PracticeContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    /// Shared by the middleware and the route, so that the log line knows what the route found out.
    let trail = RequestTrail()
    /// The connection that the request came on.
    let channel: any Channel

    /// Begins a request's context.
    package init(source: ApplicationRequestContextSource) {
        channel = source.channel
        coreContext = CoreRequestContextStorage(source: source)
    }
}

/// What a request turned out to be, for its log line: nothing of a patient, nothing of a token.
final class RequestTrail: Sendable {
    struct Facts: Sendable {
        var requestID = ""
        /// The client's name in a verified token.
        var client: String?
        /// What is left to the client.
        var allowance: RateLimiter.Allowance?
        /// A practice that is in the token.
        var practice: String?
        /// Why a token was refused.
        var refusal: TokenRefusal?
        /// Why a client's assertion was refused.
        var assertionRefusal: AssertionRefusal?
        /// How many patients the answer shows.
        var items: Int?
    }

    private let state = Mutex(Facts())

    /// As noted so far.
    var facts: Facts { state.withLock { $0 } }

    /// Notes something.
    func note(_ change: (inout Facts) -> Void) { state.withLock { change(&$0) } }
}
