import EventSourcing
package import Projections

/// The lists as the projector has made them, in PostgreSQL.
package struct ProjectedLists: ListSource {
    private let reader: ListReader
    private let reach: @Sendable () async -> Bool

    /// Reads through `reader`, whose pool logs in as `primary_conect_service`.
    ///
    /// - Parameter reach: whether the reader's database answers; asked by `/readyz`, within seconds.
    package init(reader: ListReader, reach: @escaping @Sendable () async -> Bool) {
        self.reader = reader
        self.reach = reach
    }

    package func page(_ question: ListQuestion, access: AccessRequest) async throws -> ListPage {
        try await reader.page(question, access: access)
    }

    package func huddle(
        window: ListQuestion.Window, filter: ListFilter, access: AccessRequest
    ) async throws -> HuddlePage {
        try await reader.huddle(window: window, filter: filter, access: access)
    }

    package func recordDenial(_ access: AccessRequest, reason: DenialReason) async throws {
        try await reader.recordDenial(access, reason: reason)
    }

    package func feeds(access: AccessRequest) async throws -> [FeedFreshness] {
        try await reader.feeds(access: access)
    }

    package func isReachable() async -> Bool { await reach() }
}
