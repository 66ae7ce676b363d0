import EventSourcing
import HTTPTypes
import Hummingbird
import Logging
import Projections

/// `GET /api/v1/practices/{ods}/lists/{list}`: one list of one practice.
///
/// The order of the checks is the order of what a stranger may learn: who are you, may your role read lists, is this
/// practice yours, does the list exist, do we understand the parameters. Another practice is 404, as if there were
/// none.
struct ListRoute: Sendable {
    static let path: RouterPath = "/api/v1/practices/{ods}/lists/{list}"
    /// Why lists are looked at, as the access record says it (domain.md section 7.1).
    static let purpose = "direct-care"

    let source: any ListSource
    let authentication: Authentication
    let configuration: PracticeServiceConfiguration
    let now: @Sendable () -> Instant
    let logger: Logger

    @Sendable func answer(_ request: Request, _ context: PracticeContext) async throws -> Response {
        let caller = try authentication.caller(of: request, context)
        let practice = context.parameters.get("ods") ?? ""
        let list = context.parameters.get("list").flatMap { PracticeList(rawValue: $0) }
        let access = AccessRequest(
            practice: practice, subject: caller.subject, role: caller.role?.rawValue ?? "unknown",
            client: caller.client,
            purpose: Self.purpose, route: list.map { "lists/\($0.rawValue)" } ?? "lists",
            requestID: context.trail.facts.requestID)
        guard caller.may(.readLists) else {
            await record(access, .roleNotAllowed)
            throw Authentication.scopeMissing(.readLists)
        }
        guard caller.practices.contains(practice) else {
            await record(access, .practiceOutOfScope)
            throw Problem.notFound
        }
        context.trail.note { $0.practice = practice }
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

    /// Records a denial. What was asked for in a path counts only where it has the form of a practice's code: any other
    /// text may be a patient's number, and names no practice.
    ///
    /// The answer is no in any case, so a denial that cannot be recorded is logged and does not change it.
    private func record(_ access: AccessRequest, _ reason: DenialReason) async {
        guard ODSCode.isPractice(access.practice) else { return }
        do {
            try await source.recordDenial(access, reason: reason)
        } catch {
            logger.error(
                "denial not recorded",
                metadata: ["request_id": "\(access.requestID)", "error": "\(String(describing: type(of: error)))"])
        }
    }
}
