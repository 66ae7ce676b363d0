import EventSourcing
import HTTPTypes
import Hummingbird
import Projections

/// `GET /api/v1/status`: how fresh each feed is, how far the lists follow the logs, how much is stored. No patient
/// data, so every role may ask.
///
/// `complete` is what lists say of themselves: `false` while a feed is silent or behind, or where there is none. `behind` counts
/// events of the hospitals' logs and of the practice's own that the lists do not show yet; of other practices nothing
/// is told. The look is recorded as one at `feeds` is.
package struct StatusRoutes: RouteGroup {
    static let path: RouterPath = "/api/v1/status"

    private let source: any StandingSource

    /// Answers from a source; over PostgreSQL that is `ListReader`.
    package init(source: any StandingSource) {
        self.source = source
    }

    package func addRoutes(to routes: inout Routes, with parts: ServiceParts) {
        routes.serve(Self.path, .get(.readStatus) { try await answer($0, $1, parts) })
    }

    @Sendable private func answer(
        _ request: Request, _ context: PracticeContext, _ parts: ServiceParts
    ) async throws -> Response {
        let access = try await parts.gate.admit(request, context, to: .readStatus, route: "status")
            .accessWithoutPatients()
        _ = try QueryParameters(request.uri.query, known: [])
        let standing = try await parts.reading(access) { try await source.standing(access: access) }
        return .json(Self.json(standing, parts))
    }

    private static func json(_ standing: ServiceStanding, _ parts: ServiceParts) -> [UInt8] {
        var json = JSONAnswer()
        json.beginObject()
        json.key("as_of")
        json.beginObject()
        json.field("told_through", systemTime: standing.feeds.toldThrough)
        json.field("made_at", systemTime: parts.now())
        json.endObject()
        json.field("complete", standing.isComplete)
        json.key("feeds")
        json.feedStates(standing.feeds, providers: parts.configuration.providers)
        json.field("events", standing.logs.reduce(0) { $0 + $1.head.rawValue })
        json.field("behind", standing.logs.reduce(0) { $0 + $1.behind })
        json.key("logs")
        json.beginArray()
        for log in standing.logs {
            json.beginObject()
            json.field("log", log.name.rawValue)
            json.field("position", log.head.rawValue)
            json.field("projected", log.projected.rawValue)
            json.field("told_through", systemTime: log.toldThrough)
            json.endObject()
        }
        json.endArray()
        json.endObject()
        return json.bytes
    }
}
