import Audit
import HTTPTypes
import Hummingbird
import Logging

/// What every request meets first and every answer passes last.
///
/// Gives the request its id, refuses content where there is none to read, turns every error into problem details, sets the headers that all answers
/// have, and writes one log line (of an answer that said nothing new at level debug, for it is in the audit): method,
/// route template, status, duration, id, client. Never the path itself, a query, a header or a token.
struct EdgeMiddleware: RouterMiddleware {
    typealias Context = PracticeContext

    let isReachedOverTLS: Bool
    let limiter: RateLimiter
    /// What logs had come to, for every answer to who is known; `nil` where nothing is signed.
    let checkpoints: CheckpointBoard?
    let makeRequestID: @Sendable () -> String
    let logger: Logger

    func handle(
        _ request: Request, context: PracticeContext,
        next: (Request, PracticeContext) async throws -> Response
    ) async throws -> Response {
        let began = ContinuousClock.now
        let sent = request.headers[.requestID]
        let requestID = sent.flatMap { RequestID.isUUID($0) ? $0 : nil } ?? makeRequestID()
        context.trail.note { $0.requestID = requestID }
        var response: Response
        do {
            try refuseContent(of: request)
            response = try await next(request, context)
        } catch {
            let problem = problem(for: error, requestID: requestID)
            response =
                Problem.isFHIR(request.uri.path)
                ? problem.operationOutcome(requestID: requestID) : problem.response(requestID: requestID)
        }
        addHeaders(to: &response, request: request, requestID: requestID)
        addAllowance(to: &response, context.trail.facts)
        if context.trail.facts.client != nil { response.headers[.logCheckpoint] = checkpoints?.header }
        log(request, response, context, duration: ContinuousClock.now - began)
        return response
    }

    /// GET and HEAD have no content here (RFC 9110 section 9.3.1 leaves it without meaning): its length must be 0. A
    /// route that takes content limits it itself; what is no method of ours is refused as such.
    private func refuseContent(of request: Request) throws(Problem) {
        guard [.get, .head].contains(request.method) else { return }
        let length = request.headers[.contentLength]
        if request.headers[.transferEncoding] != nil || (length != nil && length != "0") {
            throw Problem(
                .contentNotAllowed, "Send the request without content.", headers: [.connection: "close"])
        }
    }

    private func problem(for error: any Error, requestID: String) -> Problem {
        if let problem = error as? Problem { return problem }
        if let error = error as? HTTPError, error.status == .notFound { return .notFound }
        // The type alone: a description may hold what was read.
        logger.error(
            "request failed",
            metadata: ["request_id": "\(requestID)", "error": "\(String(describing: type(of: error)))"])
        return Problem(.internalError, "The request could not be answered. Tell us the instance if it happens again.")
    }

    private func addHeaders(to response: inout Response, request: Request, requestID: String) {
        response.headers[.requestID] = requestID
        if let correlation = request.headers[.correlationID], RequestID.isCorrelation(correlation) {
            response.headers[.correlationID] = correlation
        }
        response.headers[.cacheControl] = "private, no-store"
        response.headers[.xContentTypeOptions] = "nosniff"
        response.headers[.referrerPolicy] = "no-referrer"
        if response.headers[.contentSecurityPolicy] == nil {
            response.headers[.contentSecurityPolicy] = "default-src 'none'; frame-ancestors 'none'"
        }
        response.headers[.crossOriginResourcePolicy] = "same-origin"
        if isReachedOverTLS { response.headers[.strictTransportSecurity] = "max-age=31536000" }
    }

    /// Tells the client what is left to it (draft-ietf-httpapi-ratelimit-headers, product.md section 5.2); an answer
    /// that said nothing new is not counted. Who is not known learns the policy alone.
    private func addAllowance(to response: inout Response, _ facts: RequestTrail.Facts) {
        let seconds = RateLimiter.window.components.seconds
        response.headers[.rateLimitPolicy] = #""default";q=\#(limiter.requestsMax);w=\#(seconds)"#
        guard let client = facts.client, var allowance = facts.allowance else { return }
        if response.status == .notModified, !allowance.isExhausted {
            limiter.giveBack(client)
            allowance.remaining += 1
        }
        response.headers[.rateLimit] = #""default";r=\#(allowance.remaining);t=\#(allowance.resetSeconds)"#
    }

    private func log(_ request: Request, _ response: Response, _ context: PracticeContext, duration: Duration) {
        let level: Logger.Level = response.status == .notModified ? .debug : .info
        guard logger.logLevel <= level else { return }
        let facts = context.trail.facts
        let (seconds, attoseconds) = duration.components
        var metadata: Logger.Metadata = [
            "method": "\(request.method.isKnown ? request.method.rawValue : "other")",
            "route": "\(context.endpointPath ?? "none")",
            "status": "\(response.status.code)",
            "duration_us": "\(seconds * 1_000_000 + attoseconds / 1_000_000_000_000)",
            "request_id": "\(facts.requestID)",
        ]
        if let client = facts.client { metadata["client"] = "\(client)" }
        if let practice = facts.practice { metadata["practice"] = "\(practice)" }
        if let refusal = facts.refusal { metadata["refusal"] = "\(refusal.rawValue)" }
        if let refusal = facts.assertionRefusal { metadata["refusal"] = "assertion-\(refusal.rawValue)" }
        if let items = facts.items { metadata["items"] = "\(items)" }
        logger.log(level: level, "request", metadata: metadata)
    }
}

extension HTTPRequest.Method {
    /// Whether the method is one of HTTP's own, and so a word that may be logged.
    fileprivate var isKnown: Bool {
        [.get, .head, .post, .put, .delete, .patch, .options, .trace, .connect].contains(self)
    }
}
