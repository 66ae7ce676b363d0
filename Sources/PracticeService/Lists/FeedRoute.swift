import EventSourcing
import HTTPTypes
import Hummingbird
import Logging
import Projections

/// `GET /api/v1/feeds`: how fresh each feed is. No patient data, so every role may ask.
///
/// The look is recorded for a practice of the token; operators, whose tokens need name none, look for no practice.
struct FeedRoute: Sendable {
    static let path: RouterPath = "/api/v1/feeds"

    let source: any ListSource
    let authentication: Authentication
    let configuration: PracticeServiceConfiguration
    let now: @Sendable () -> Instant
    let logger: Logger

    @Sendable func answer(_ request: Request, _ context: PracticeContext) async throws -> Response {
        let caller = try authentication.caller(of: request, context)
        guard let role = caller.role, role.may(.readStatus), let practice = Self.practice(of: caller) else {
            throw Authentication.scopeMissing(.readStatus)
        }
        _ = try QueryParameters(request.uri.query, known: [])
        let access = AccessRequest(
            practice: practice, subject: caller.subject, role: role.rawValue, client: caller.client,
            purpose: ListRoute.purpose, route: "feeds", requestID: context.trail.facts.requestID)
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
        json.field("complete", !feeds.isEmpty && feeds.allSatisfy { $0.state != .silent })
        json.key("feeds")
        json.feeds(feeds, providers: configuration.providers)
        json.endObject()
        return Response(
            status: .ok, headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: json.bytes)))
    }

    private static func practice(of caller: Caller) -> String? {
        caller.practices.min() ?? (caller.role == .operator ? EncounterRow.unknownPractice : nil)
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
