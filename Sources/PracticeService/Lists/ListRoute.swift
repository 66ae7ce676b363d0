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
    let past: (any PastListSource)?
    let gate: AccessGate
    let configuration: PracticeServiceConfiguration
    let versions: ListVersions?
    let now: @Sendable () -> Instant
    let logger: Logger

    @Sendable func answer(_ request: Request, _ context: PracticeContext) async throws -> Response {
        let practice = context.parameters.get("ods") ?? ""
        let list = context.parameters.get("list").flatMap { PracticeList(rawValue: $0) }
        let access = try await gate.admit(
            request, context, to: .readLists, of: practice, route: list.map { "lists/\($0.rawValue)" } ?? "lists")
        // Who belongs to no practice is on that list alone, and that list is of no practice.
        guard let list, list != .unknownPractice || practice == EncounterRow.unknownPractice else {
            throw Problem.notFound
        }
        let moment = now()
        let parameters = try ListParameters(query: request.uri.query, list: list, practice: practice, now: moment)
        if let asked = parameters.moment {
            return try await answer(list, parameters, at: asked, access, request, context)
        }
        let question = versions?.question(access, query: request.uri.query, at: moment)
        if let tag = question?.unchanged(ifNoneMatch: request.headers[.ifNoneMatch]) {
            return notModified(headers(tag))
        }
        if list == .huddle {
            let page = try await read(access) {
                try await source.huddle(window: parameters.window, filter: parameters.filter, access: access)
            }
            context.trail.note { $0.items = page.total }
            let answer = HuddleAnswer(page: page, providers: configuration.providers, now: moment)
            question?.keep(answer.entityTag)
            return respond(answer, to: request)
        }
        let page = try await read(access) { try await source.page(parameters.question(list), access: access) }
        context.trail.note { $0.items = page.items.count }
        let nextCursor = page.nextCursor.map {
            PageCursor(
                list: list, practice: practice, since: page.since ?? parameters.since, narrowing: parameters.narrowing,
                position: $0
            ).text
        }
        let answer = ListAnswer(
            page: page, nextCursor: nextCursor, providers: configuration.providers, saysWhy: parameters.saysWhy,
            now: moment)
        question?.keep(answer.entityTag)
        return respond(answer, to: request)
    }

    /// The list as it stood: of those who are the practice's today, too.
    private func answer(
        _ list: PracticeList, _ parameters: ListParameters, at asked: AsAtMoment, _ access: AccessRequest,
        _ request: Request, _ context: PracticeContext
    ) async throws -> Response {
        guard let past else { throw ListParameters.pastProblem }
        let moment = try await read(access) { try await past.time(of: asked) }
        var access = access
        access.noteMoment(moment)
        let window = parameters.window(at: moment)
        if list == .huddle {
            let page = try await read(access) { [access] in
                try await past.huddle(
                    window: window, filter: parameters.filter, at: asked, knowing: .then, scope: .thenAndToday,
                    access: access)
            }
            context.trail.note { $0.items = page.total }
            return respond(HuddleAnswer(page: page, providers: configuration.providers, now: now()), to: request)
        }
        var question = parameters.question(list)
        question.window = window
        let page = try await read(access) { [question, access] in
            try await past.page(question, at: asked, knowing: .then, scope: .thenAndToday, access: access)
        }
        context.trail.note { $0.items = page.items.count }
        let nextCursor = page.nextCursor.map {
            PageCursor(
                list: list, practice: access.practice, since: page.since ?? parameters.since,
                narrowing: parameters.narrowing, position: $0
            ).text
        }
        let answer = ListAnswer(
            page: page, nextCursor: nextCursor, providers: configuration.providers, saysWhy: parameters.saysWhy,
            now: now())
        return respond(answer, to: request)
    }

    private func read<Page: Sendable>(
        _ access: AccessRequest, _ body: () async throws -> Page
    ) async throws(Problem) -> Page {
        do {
            return try await body()
        } catch ProjectionError.cursorInvalid {
            throw ListParameters.cursorProblem
        } catch ProjectionError.momentUnknown {
            throw ListParameters.momentProblem
        } catch ProjectionError.windowTooWide {
            throw ListParameters.windowProblem
        } catch {
            throw logger.sourceFailed(error, requestID: access.requestID, configuration: configuration)
        }
    }

    private func respond(_ answer: some TaggedAnswer, to request: Request) -> Response {
        let headers = headers(answer.entityTag)
        // HTTPFields joins several lines of a field with commas, as RFC 9110 section 5.3 has it.
        if EntityTag.matches(ifNoneMatch: request.headers[.ifNoneMatch], current: answer.entityTag) {
            return notModified(headers)
        }
        return .json(answer.body, headers: headers)
    }

    private func headers(_ entityTag: String) -> HTTPFields {
        [.eTag: "\"\(entityTag)\"", .pollInterval: String(configuration.pollIntervalSeconds)]
    }

    private func notModified(_ headers: HTTPFields) -> Response {
        var response = Response(status: .notModified, headers: headers)
        // A 304 says nothing of a length that is not the 200's (RFC 9110 section 8.6).
        response.headers[.contentLength] = nil
        return response
    }
}
