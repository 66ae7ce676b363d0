import EventSourcing
import HTTPTypes
import Hummingbird
package import Projections

/// What was told of a patient or an encounter, event by event (product.md section 4.1, `/p/{ref}/events`).
///
/// A practice reads of its own rows, without other readers; the auditor of any, with who was told, for a reason that is
/// posted and recorded. Refs are tried at the token's practices like those of `DetailRoutes`.
package struct HistoryRoutes: RouteGroup {
    private let reader: HistoryReader

    /// Answers from a reader whose pool logs in as `primary_conect_service`.
    package init(reader: HistoryReader) {
        self.reader = reader
    }

    package func addRoutes(to routes: inout Routes, with parts: ServiceParts) {
        let answers = HistoryAnswers(reader: reader, parts: parts)
        routes.serve("/api/v1/encounters/{ref}/history", .get(.readPatients, answers.encounter))
        routes.serve("/api/v1/patients/{ref}/history", .get(.readPatients, answers.patient))
        routes.serve("/api/v1/audit/history", .post(.readAudit, answers.audit))
    }
}

/// The answers of `HistoryRoutes`.
struct HistoryAnswers: Sendable {
    /// The most items of a page.
    static let limitMax = 1_000
    static let limitUsual = 200

    let reader: HistoryReader
    let parts: ServiceParts

    /// `GET /api/v1/encounters/{ref}/history`
    @Sendable func encounter(_ request: Request, _ context: PracticeContext) async throws -> Response {
        try await own(request, context, prefix: "enc_", route: "encounters/history")
    }

    /// `GET /api/v1/patients/{ref}/history`
    @Sendable func patient(_ request: Request, _ context: PracticeContext) async throws -> Response {
        try await own(request, context, prefix: "pt_", route: "patients/history")
    }

    private func own(
        _ request: Request, _ context: PracticeContext, prefix: String, route: String
    ) async throws -> Response {
        let pass = try await parts.gate.admit(request, context, to: .readPatients, route: route)
        let parameters = try QueryParameters(request.uri.query, known: Page.parameters.union(["practice"]))
        let page = try Page(parameters)
        let trial = try PracticeTrial(pass, named: parameters["practice"], parts: parts)
        let ref = context.parameters.get("ref") ?? ""
        let looked = try await trial.first {
            // A ref of the other kind is nothing here.
            try await reader.history(of: .ref(ref.hasPrefix(prefix) ? ref : ""), access: $0, through: page.through)
        } where: {
            $0 != nil
        }
        guard let history = looked.found else { throw Problem.notFound }
        context.trail.note { $0.items = 1 }
        return answer(history, looked, of: ref, page, tellsOthers: false, to: request)
    }

    /// `POST /api/v1/audit/history`: `{"practice":"Z99001","ref":"pt_…","reason":"…"}` in.
    @Sendable func audit(_ request: Request, _ context: PracticeContext) async throws -> Response {
        let pass = try await parts.gate.admit(request, context, to: .readAudit, route: "audit/history")
        let page = try Page(try QueryParameters(request.uri.query, known: Page.parameters))
        let texts = try await RequestContent.texts(of: request, known: ["practice", "ref", "reason"])
        guard let reason = RevealReason(texts["reason"]) else {
            throw Problem.invalid(
                .invalidParameter, "/body/reason", "Say why in 10 to 500 characters. Somebody will read it.")
        }
        let trial = try PracticeTrial(pass, named: texts["practice"], parts: parts)
        let ref = texts["ref"] ?? ""
        let looked = try await trial.first(purpose: reason.auditPurpose) {
            try await reader.history(of: .ref(ref), access: $0, through: page.through)
        } where: {
            $0 != nil
        }
        guard let history = looked.found else { throw Problem.notFound }
        context.trail.note { $0.items = 1 }
        return answer(history, looked, of: ref, page, tellsOthers: true, to: request)
    }

    private func answer(
        _ history: History, _ looked: Looked<History?>, of ref: String, _ page: Page, tellsOthers: Bool,
        to request: Request
    ) -> Response {
        let (items, next) = page.items(of: history)
        return DetailAnswer("his", looked, providers: parts.configuration.providers, now: parts.now()) { json in
            json.field("practice", looked.practice)
            json.field("of", ref)
            json.history(history, items: items, tellsOthers: tellsOthers)
            json.field("next", next)
        }.response(to: request)
    }

    /// Which part of a history is asked for.
    private struct Page {
        let through: Instant?
        let limit: Int
        let after: Int

        static let parameters: Set<String> = ["as_of", "limit", "after"]

        init(_ parameters: QueryParameters) throws(Problem) {
            through = try parameters["as_of"].map { text throws(Problem) in
                guard let instant = Instant(iso8601: text) else {
                    throw .invalid(.invalidTime, "/query/as_of", "A time has a zone, as in 2026-03-03T08:00:00Z.")
                }
                return instant
            }
            limit =
                try parameters.number("limit", in: 1...HistoryAnswers.limitMax, "/query/limit", "The limit is 1 to 1000.")
                ?? HistoryAnswers.limitUsual
            after =
                try parameters.number(
                    "after", in: 0...1_000_000, "/query/after", "Give what the page before gave as next.") ?? 0
        }

        func items(of history: History) -> (ArraySlice<HistoryItem>, next: String?) {
            let items = history.items.dropFirst(after).prefix(limit)
            return (items, items.endIndex < history.items.endIndex ? String(items.endIndex) : nil)
        }
    }
}

extension RevealReason {
    /// As `audit.access.purpose` says it of an auditor's look.
    fileprivate var auditPurpose: String { "audit: \(text)" }
}
