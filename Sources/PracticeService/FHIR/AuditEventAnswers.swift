import Audit
import EventSourcing
import HTTPTypes
import Hummingbird
import Projections

/// The answers of `/fhir/R4/AuditEvent`, to auditors.
///
/// A search is of one practice, as all searches are: the token's, or of several the one that
/// `NHSD-End-User-Organisation-ODS` names.
struct AuditEventAnswers: Sendable {
    let reader: AccessReader
    let parts: ServiceParts

    private static let route = "fhir/audit-events"

    @Sendable func search(_ request: Request, _ context: PracticeContext) async throws -> Response {
        let pass = try await parts.gate.admit(request, context, to: .readAudit, route: Self.route)
        let query = try AuditEventQuery(
            query: request.uri.query, isLenient: FHIRParameters.isLenient(request.headers))
        let access = try await pass.practice(named: query.practice ?? named(pass))
        if let place = query.place, place.practice != access.practice { throw SearchCursor.problem }
        var question = query.question
        question.practice = access.practice
        let asked = question
        let page = try await parts.reading(access) {
            try await reader.page(asked, after: query.place, limit: query.count, look: AuditLook(access))
        }
        context.trail.note { $0.items = page.lines.count }
        let next = page.next.map {
            SearchCursor(practice: access.practice, place: AccessCursor($0).text, query: query.query).text
        }
        let base = parts.base(of: request)
        let bundle = SearchBundle(
            base: base, selfLink: "\(base)/AuditEvent" + (query.selfQuery.isEmpty ? "" : "?\(query.selfQuery)"),
            nextLink: next.map { "\(base)/AuditEvent?_cursor=\($0)" }, matches: page.lines.map(AuditEventResource.make),
            feeds: nil, providers: parts.configuration.providers, now: parts.now())
        return parts.respond(bundle.body, entityTag: bundle.entityTag, to: request)
    }

    @Sendable func read(_ request: Request, _ context: PracticeContext) async throws -> Response {
        let pass = try await parts.gate.admit(request, context, to: .readAudit, route: Self.route)
        _ = try FHIRParameters(
            query: request.uri.query, known: [], isLenient: FHIRParameters.isLenient(request.headers))
        let access = try await pass.practice(named: named(pass))
        guard let id = context.parameters.get("id").flatMap({ UUIDText.lowercased($0) }) else {
            throw await pass.notFound()
        }
        var question = AccessQuestion(practice: access.practice, kinds: AuditEventResource.kinds)
        question.record = id
        let asked = question
        let page = try await parts.reading(access) {
            try await reader.page(asked, limit: 1, look: AuditLook(access))
        }
        guard let line = page.lines.first else { throw await pass.notFound() }
        context.trail.note { $0.items = 1 }
        return parts.respond(AuditEventResource.make(line), to: request)
    }

    /// The organisation that a client says it asks for, where it is one of the token's practices.
    private func named(_ pass: Pass) -> String? {
        pass.organisation.flatMap { pass.practices.contains($0) ? $0 : nil }
    }
}
