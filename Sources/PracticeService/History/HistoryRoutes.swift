import EventSourcing
import HTTPTypes
import Hummingbird
package import Projections

/// What was told of a patient or an encounter, event by event (product.md section 4.1, `/p/{ref}/events`).
///
/// A practice reads of its own rows, without other readers; the auditor of any, with who was told, for a reason that is
/// posted and recorded. Refs are tried at the token's practices like those of `DetailRoutes`. Each is told as of now,
/// or of a moment of the past as lists are (`as_of`, `position`), as JSON, as a picture or as a page (`HistoryForm`).
package struct HistoryRoutes: RouteGroup {
    private let reader: HistoryReader
    private let messages: HistoryMessages

    /// Answers from a reader whose pool logs in as `primary_conect_service`.
    package init(reader: HistoryReader, messages: HistoryMessages) {
        self.reader = reader
        self.messages = messages
    }

    package func addRoutes(to routes: inout Routes, with parts: ServiceParts) {
        let answers = HistoryAnswers(reader: reader, messages: messages, parts: parts)
        routes.serve("/api/v1/encounters/{ref}/history", .get(.readPatients, answers.encounter))
        routes.serve("/api/v1/patients/{ref}/history", .get(.readPatients, answers.patient))
        routes.serve("/api/v1/audit/history", .post(.readAudit, answers.audit))
    }
}

/// The answers of `HistoryRoutes`.
struct HistoryAnswers: Sendable {
    let reader: HistoryReader
    let messages: HistoryMessages
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
        let parameters = try QueryParameters(
            request.uri.query, known: HistoryParameters.names.union(["practice"]))
        let asked = try HistoryParameters(parameters, accept: request.headers[.accept], now: parts.now())
        let trial = try PracticeTrial(pass, named: parameters["practice"], parts: parts)
        let ref = context.parameters.get("ref") ?? ""
        // A ref of the other kind is nothing here.
        let looked = try await look(at: ref.hasPrefix(prefix) ? ref : "", asked, trial)
        context.trail.note { $0.items = 1 }
        return try answer(looked, of: ref, asked, to: request)
    }

    /// `POST /api/v1/audit/history`: `{"practice":"Z99001","ref":"pt_…","reason":"…"}` in.
    @Sendable func audit(_ request: Request, _ context: PracticeContext) async throws -> Response {
        let pass = try await parts.gate.admit(request, context, to: .readAudit, route: "audit/history")
        let parameters = try QueryParameters(
            request.uri.query, known: HistoryParameters.names.union(["segments"]))
        let asked = try HistoryParameters(parameters, accept: request.headers[.accept], now: parts.now())
        let texts = try await RequestContent.texts(of: request, known: ["practice", "ref", "reason"])
        guard let reason = RevealReason(texts["reason"]) else {
            throw Problem.invalid(
                .invalidParameter, "/body/reason", "Say why in 10 to 500 characters. Somebody will read it.")
        }
        let trial = try PracticeTrial(pass, named: texts["practice"], parts: parts)
        let ref = texts["ref"] ?? ""
        let looked = try await look(at: ref, asked, trial, purpose: reason.auditPurpose)
        context.trail.note { $0.items = 1 }
        var told = HistoryAnswer.Told(others: true)
        if asked.showsSegments, let history = looked.found {
            var access = try await pass.access(to: looked.practice)
            access.purpose = reason.auditPurpose
            if let cut = looked.cut { access.noteMoment(cut.moment) }
            let items = asked.form == .json ? asked.page(of: history).items : history.items[...]
            told.messages = try await parts.reading(access) { [access] in
                try await messages.messages(of: items, access: access)
            }
        }
        return try answer(looked, of: ref, asked, telling: told, to: request)
    }

    /// Looks at the first practice that has the ref, as of the moment that is asked for.
    ///
    /// - Throws: 404; 400 where there is no such moment.
    private func look(
        at ref: String, _ asked: HistoryParameters, _ trial: PracticeTrial, purpose: String? = nil
    ) async throws -> Looked<History?> {
        var time: Instant?
        if let moment = asked.moment { time = try await self.time(of: moment, trial) }
        return try await trial.first(purpose: purpose) { [time] in
            var access = $0
            if let time { access.noteMoment(time) }
            return try await reader.history(of: .ref(ref), access: access, at: asked.moment)
        } where: {
            $0 != nil
        }
    }

    private func time(of moment: AsAtMoment, _ trial: PracticeTrial) async throws -> Instant {
        guard reader.knowsPast else { throw ListParameters.pastProblem }
        do {
            return try await reader.time(of: moment)
        } catch ProjectionError.momentUnknown {
            throw ListParameters.momentProblem
        } catch {
            throw parts.logger.sourceFailed(
                error, requestID: trial.pass.trail.facts.requestID, configuration: parts.configuration)
        }
    }

    private func answer(
        _ looked: Looked<History?>, of ref: String, _ asked: HistoryParameters,
        telling told: HistoryAnswer.Told = HistoryAnswer.Told(), to request: Request
    ) throws -> Response {
        guard let history = looked.found else { throw Problem.notFound }
        return HistoryAnswer(
            history, looked, of: ref, asked, telling: told, providers: parts.configuration.providers, now: parts.now()
        ).response(to: request)
    }
}

extension RevealReason {
    /// As `audit.access.purpose` says it of an auditor's look.
    fileprivate var auditPurpose: String { "audit: \(text)" }
}
