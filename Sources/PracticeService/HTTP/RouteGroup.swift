package import EventSourcing
package import Logging
import Projections

/// A part of the service: its routes, and where their answers come from.
///
/// The command makes the groups, each with its own source, and gives them to `PracticeServer`, which gives them what all
/// routes share.
package protocol RouteGroup: Sendable {
    /// Registers the routes of this part.
    func addRoutes(to routes: inout Routes, with parts: ServiceParts)
}

/// What all routes share.
package struct ServiceParts: Sendable {
    /// Asked first by every route.
    package let gate: AccessGate
    package let configuration: PracticeServiceConfiguration
    package let now: @Sendable () -> Instant
    package let logger: Logger
}

extension ServiceParts {
    /// What is read, or done, within an access record; whatever the source throws is answered 503.
    func reading<Answer>(
        _ access: AccessRequest, _ read: () async throws -> Answer
    ) async throws(Problem) -> Answer {
        do {
            return try await read()
        } catch {
            throw logger.sourceFailed(error, requestID: access.requestID, configuration: configuration)
        }
    }
}
