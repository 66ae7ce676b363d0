import EventSourcing
import HTTPTypes
import Hummingbird
import Logging
import Projections

/// `GET /api/v1/feeds`: how fresh each feed is. No patient data, so every role may ask.
///
/// The look is recorded for a practice of the token (`Pass.accessWithoutPatients`).
struct FeedRoute: Sendable {
    static let path: RouterPath = "/api/v1/feeds"

    let source: any ListSource
    let gate: AccessGate
    let configuration: PracticeServiceConfiguration
    let now: @Sendable () -> Instant
    let logger: Logger

    @Sendable func answer(_ request: Request, _ context: PracticeContext) async throws -> Response {
        let access = try await gate.admit(request, context, to: .readStatus, route: "feeds").accessWithoutPatients()
        _ = try QueryParameters(request.uri.query, known: [])
        let feeds: [FeedFreshness]
        do {
            feeds = try await source.feeds(access: access)
        } catch {
            throw logger.sourceFailed(
                error, requestID: access.requestID, configuration: configuration)
        }
        var json = JSONAnswer()
        json.beginObject()
        json.key("as_of")
        json.beginObject()
        json.field("told_through", systemTime: feeds.map(\.lastHeard).max())
        json.field("made_at", systemTime: now())
        json.endObject()
        json.field("complete", feeds.isComplete)
        json.key("feeds")
        json.feedStates(feeds, providers: configuration.providers)
        json.endObject()
        return .json(json.bytes)
    }
}

extension Logger {
    /// Logs that the source gave nothing and makes the 503 that tells the caller to come back.
    ///
    /// Logged by type, and by code where the error is one whose description holds no data.
    func sourceFailed(
        _ error: any Error, requestID: String, configuration: PracticeServiceConfiguration
    ) -> Problem {
        let code = (error as? ProjectionError)?.description ?? String(describing: type(of: error))
        self.error("source failed", metadata: ["request_id": "\(requestID)", "error": "\(code)"])
        return Problem(
            .databaseUnavailable, "The lists cannot be read now. This is not an empty list: ask again, or ring.",
            headers: [.retryAfter: String(configuration.retryAfterSeconds)])
    }
}
