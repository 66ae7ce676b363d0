package import Projections

/// Where the standing of the service comes from.
package protocol StandingSource: Sendable {
    /// How fresh each feed is and how far the views are; a look like any other, recorded with no patient shown.
    func standing(access: AccessRequest) async throws -> ServiceStanding
}

extension ListReader: StandingSource {}
