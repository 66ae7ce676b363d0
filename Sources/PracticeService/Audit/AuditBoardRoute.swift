import EventSourcing
import HTTPTypes
import Hummingbird
import Logging
import Projections

/// `GET /api/v1/audit/board?practice=&list=&at=&case=`: what a practice could see at a moment, beside what is known now
/// of it, differences first (product.md 4.10). For auditors, within a case: its number is the purpose in the record.
struct AuditBoardRoute: Sendable {
    static let path: RouterPath = "/api/v1/audit/board"

    let past: any PastListSource
    let gate: AccessGate
    let configuration: PracticeServiceConfiguration
    let now: @Sendable () -> Instant
    let logger: Logger

    @Sendable func answer(_ request: Request, _ context: PracticeContext) async throws -> Response {
        let pass = try await gate.admit(request, context, to: .readAudit, route: "audit/board")
        let parameters = try QueryParameters(
            request.uri.query, known: ["practice", "list", "as_of", "at", "position", "case"], repeatable: [])
        guard let practice = parameters["practice"], ODSCode.isOrganisation(practice) else {
            throw Problem.invalid(.invalidParameter, "/query/practice", "Name the practice by its ODS code.")
        }
        var access = try await pass.access(to: practice)
        guard let list = PracticeList(rawValue: parameters["list"] ?? PracticeList.huddle.rawValue),
            list != .unknownPractice
        else { throw Problem.invalid(.invalidParameter, "/query/list", "There is no such list. The documentation names them.") }
        guard let number = parameters["case"], Self.isCase(number) else {
            throw Problem.invalid(
                .invalidParameter, "/query/case",
                "Name the case that you audit: up to 32 letters, digits, dots and hyphens, beginning with a letter.")
        }
        let moment = now()
        let asked = try Self.moment(parameters, now: moment)
        let question: ListQuestion
        let comparison: AsAtComparison
        do {
            let time = try await past.time(of: asked)
            access.purpose = "\(AccessPurpose.audit): \(number)"
            access.route = "audit/board/\(list.rawValue)"
            access.noteMoment(time)
            question = ListQuestion(
                list,
                window: .afterLastHuddle(otherwise: LondonClock.eveningOfPreviousWorkingDay(before: time)))
            comparison = try await past.comparison(question, at: asked, access: access)
        } catch ProjectionError.momentUnknown {
            throw ListParameters.momentProblem
        } catch {
            throw logger.sourceFailed(error, requestID: access.requestID, configuration: configuration)
        }
        context.trail.note { $0.items = comparison.then.items.count + comparison.now.items.count }
        return .json(AuditBoardAnswer.body(comparison, providers: configuration.providers, now: moment))
    }

    /// `at`, or `as_of` as lists have it; or a position.
    private static func moment(_ parameters: QueryParameters, now: Instant) throws(Problem) -> AsAtMoment {
        if let text = parameters["at"] {
            guard parameters["as_of"] == nil, parameters["position"] == nil else {
                throw Problem.invalid(.invalidParameter, "/query/at", "Ask for one moment.")
            }
            guard let time = Instant(iso8601: text) else {
                throw Problem.invalid(.invalidTime, "/query/at", "The time is RFC 3339 with Z or an offset.")
            }
            guard time < now else { throw Problem.invalid(.invalidTime, "/query/at", "The time lies in the future.") }
            return .time(time)
        }
        guard let moment = try ListParameters.moment(parameters, now: now) else {
            throw Problem.invalid(.invalidParameter, "/query/at", "Name a moment of the past: at, or position.")
        }
        return moment
    }

    /// No number of a patient, and no free text: it stands in the access record and in the address.
    static func isCase(_ text: String) -> Bool {
        guard (1...32).contains(text.utf8.count), let first = text.utf8.first, UInt8(ascii: "A") <= first & 0xDF,
            first & 0xDF <= UInt8(ascii: "Z")
        else { return false }
        return text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"):
                true
            default: false
            }
        }
    }
}
