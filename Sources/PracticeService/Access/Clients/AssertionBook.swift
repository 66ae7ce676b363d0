package import EventSourcing
package import Projections

/// Where it is written which assertions were used.
package protocol AssertionBook: Sendable {
    /// Uses an assertion; `false` where it was used before, here or at another instance of the service.
    func use(client: String, jti: String, expires: Instant, at now: Instant) async throws -> Bool
}

extension AccessBook: AssertionBook {}
extension AccessBook: BreakGlassBook {}
