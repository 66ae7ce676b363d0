import ServiceLifecycle
import Synchronization

/// Whether the service should be sent requests.
///
/// Not ready before it listens and from the moment it is told to stop, so that a load balancer looks elsewhere while
/// the requests in hand are answered.
package final class ServiceHealth: Sendable {
    /// Where the service is in its life.
    package enum Stage: String, Sendable {
        case starting, serving, draining
    }

    private let state = Mutex(Stage.starting)

    /// A service that has not begun to listen.
    package init() {}

    /// Now.
    package var stage: Stage { state.withLock { $0 } }

    /// The service listens; without effect once it drains.
    package func beganServing() {
        state.withLock { if $0 == .starting { $0 = .serving } }
    }

    /// The service has been told to stop.
    package func beganDraining() {
        state.withLock { $0 = .draining }
    }
}

/// Notes in the health that a graceful shutdown has begun; runs beside the server, in its service group.
struct DrainWatch: Service {
    let health: ServiceHealth

    func run() async throws {
        try? await gracefulShutdown()
        health.beganDraining()
    }
}
