import EventSourcing
import HTTPTypes
import Hummingbird
import Logging
import Projections

/// `GET /api/v1/practices/{ods}/lists/{list}`: one list of one practice.
///
/// Whether the list exists and whether we understand the parameters is told to those whom the gate has let in, and to
/// nobody else.
struct ListRoute: Sendable {
    static let path: RouterPath = "/api/v1/practices/{ods}/lists/{list}"

    let source: any ListSource
    let gate: AccessGate
    let configuration: PracticeServiceConfiguration
    let now: @Sendable () -> Instant
    let logger: Logger

    @Sendable func answer(_ request: Request, _ context: PracticeContext) async throws -> Response {
        let practice = context.parameters.get("ods") ?? ""
        let list = context.parameters.get("list").flatMap { PracticeList(rawValue: $0) }
        let access = try await gate.admit(
            request, context, to: .readLists, of: practice, route: list.map { "lists/\($0.rawValue)" } ?? "lists")
        guard let list else { throw Problem.notFound }
        let moment = now()
        let parameters = try ListParameters(query: request.uri.query, list: list, practice: practice, now: moment)
        let page = try await read(list, access, parameters)
        context.trail.note { $0.items = page.items.count }
        let nextCursor = page.nextCursor.map {
            PageCursor(list: list, practice: practice, since: parameters.since, position: $0).text
        }
        return respond(
            ListAnswer(page: page, nextCursor: nextCursor, providers: configuration.providers, now: moment), to: request
        )
    }

    private func read(
        _ list: PracticeList, _ access: AccessRequest, _ parameters: ListParameters
    ) async throws(Problem) -> ListPage {
        do {
            return try await source.rows(
                of: list, access: access, since: parameters.since, limit: parameters.limit,
                cursor: parameters.position)
        } catch ProjectionError.cursorInvalid {
            throw ListParameters.cursorProblem
        } catch {
            throw logger.sourceFailed(error, requestID: access.requestID, configuration: configuration)
        }
    }

    private func respond(_ answer: ListAnswer, to request: Request) -> Response {
        var headers: HTTPFields = [
            .eTag: "\"\(answer.entityTag)\"", .pollInterval: String(configuration.pollIntervalSeconds),
        ]
        // HTTPFields joins several lines of a field with commas, as RFC 9110 section 5.3 has it.
        if EntityTag.matches(ifNoneMatch: request.headers[.ifNoneMatch], current: answer.entityTag) {
            var response = Response(status: .notModified, headers: headers)
            // A 304 says nothing of a length that is not the 200's (RFC 9110 section 8.6).
            response.headers[.contentLength] = nil
            return response
        }
        headers[.contentType] = "application/json"
        return Response(
            status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
    }
}
