import EventSourcing
import HTTPTypes
import Hummingbird
import Logging
import Projections
import ServiceLifecycle

/// `GET /api/v1/practices/{ods}/stream`: the change feed's signals as server-sent events (product.md 5.4).
///
/// Names of lists, versions and states of feeds; no ref and no patient. `Last-Event-ID` or `?after=` resumes. The stream ends
/// with `reauthenticate` when the token does, and without a word when the client closes its side or the service stops. One
/// access record a stream.
struct ChangeStreamRoute: Sendable {
    static let path: RouterPath = "/api/v1/practices/{ods}/stream"

    let reader: ChangeReader
    let key: ChangeCursorKey
    let hub: ChangeHub
    let parts: ServiceParts

    @Sendable func answer(_ request: Request, _ context: PracticeContext) async throws -> Response {
        let practice = context.parameters.get("ods") ?? ""
        let pass = try await parts.gate.admit(request, context, to: .readChanges, route: "stream")
        let access = try await pass.access(to: practice)
        let parameters = try QueryParameters(request.uri.query, known: ["after"])
        let resume = request.headers[.lastEventID] ?? parameters["after"]
        let head = try await parts.reading(access) {
            try await reader.changes(access: access, from: .now, limit: 1).next
        }
        // What was told since is found by the first look at the hub, or woken for.
        guard let subscription = hub.subscribe(to: practice) else {
            throw Problem(
                .databaseUnavailable, "There are too many streams. Ask the change feed, or come back later.",
                headers: [.retryAfter: String(parts.configuration.retryAfterSeconds)])
        }
        let frames = StreamFrames(
            practice: practice, head: head, resume: resume, keptFrom: hub.standing(of: practice)?.keptFrom ?? 1,
            key: key, providers: parts.configuration.providers)
        PeerWatch.watch(context.channel) { subscription.end() }
        let (hub, now, expires) = (hub, parts.now, pass.caller.expires)
        return Response(
            status: .ok,
            headers: [.contentType: "text/event-stream", .accelBuffering: "no"],
            body: ResponseBody { writer in
                var frames = frames
                defer { subscription.end() }
                try await withGracefulShutdownHandler {
                    try await writer.write(ByteBuffer(string: frames.opening))
                    try await writer.write(
                        ByteBuffer(string: frames.next(hub.standing(of: practice), hub.feeds, at: now())))
                    for await _ in subscription.wakes {
                        let moment = now()
                        guard moment.microseconds / 1_000_000 < expires else {
                            try await writer.write(ByteBuffer(string: StreamFrames.reauthenticate))
                            break
                        }
                        try await writer.write(
                            ByteBuffer(string: frames.next(hub.standing(of: practice), hub.feeds, at: moment)))
                    }
                } onGracefulShutdown: {
                    subscription.end()
                }
                try await writer.finish(nil)
            })
    }
}
