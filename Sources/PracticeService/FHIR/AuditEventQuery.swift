import Audit
import EventSourcing
import Projections

/// What a search for audit events asks: `date`, `agent`, `entity`, `action`, `_count`; or the `_cursor` of a `next` link,
/// alone.
struct AuditEventQuery: Sendable {
    private(set) var question = AccessQuestion(kinds: AuditEventResource.kinds)
    private(set) var count = EncounterQuery.countStandard
    /// Behind what the page begins.
    private(set) var place: AccessPlace?
    /// The practice of the page before; `nil` on the first.
    private(set) var practice: String?
    /// What was used, without the place of the page.
    let query: String
    /// For the `self` link: without the agent, who is a person and would stand in an address of ours.
    let selfQuery: String

    static let known: Set<String> = ["date", "agent", "entity", "action", "_count"]

    /// - Throws: `unknown_parameter`, `invalid_parameter`, `use_post_search`, naming the parameter, never its value.
    init(query: String?, isLenient: Bool) throws(Problem) {
        let parameters = try FHIRParameters(
            query: query, known: Self.known.union(["_cursor"]), repeatable: ["date"], isLenient: isLenient)
        guard let text = parameters["_cursor"] else {
            try self.init(parameters, selfQuery: nil)
            return
        }
        guard parameters.parameters.count == 1, let cursor = SearchCursor(text),
            let place = AccessCursor(cursor.place)?.place
        else { throw SearchCursor.problem }
        try self.init(
            FHIRParameters(query: cursor.query, known: Self.known, repeatable: ["date"], isLenient: false),
            selfQuery: "_cursor=\(text)")
        self.place = place
        practice = cursor.practice
    }

    private init(_ parameters: FHIRParameters, selfQuery: String?) throws(Problem) {
        query = parameters.query
        self.selfQuery =
            selfQuery
            ?? parameters.parameters.filter { $0.name != "agent" }
            .map { "\(PercentEncoding.encode($0.name))=\(PercentEncoding.encode($0.value))" }.joined(separator: "&")
        for text in parameters.all("date") { try narrow(EncounterQuery.span(text, "date")) }
        if let agent = parameters["agent"] {
            guard agent.utf8.count <= 255, !FHIRText.mayBeNHSNumber(agent) else {
                throw .invalid(
                    .invalidParameter, "agent", "An agent is a user or a client, as the token names them.")
            }
            question.agent = agent
        }
        if let entity = parameters["entity"] { question.person = .ref(try EncounterQuery.patient(entity)) }
        if let action = parameters["action"] {
            switch action {
            case "R": question.isRead = true
            case "E": question.isRead = false
            default: throw .invalid(.invalidParameter, "action", "An action is R, a read, or E, a search.")
            }
        }
        count = try EncounterQuery.count(parameters["_count"])
    }

    private mutating func narrow(_ span: EncounterSearch.Span) throws(Problem) {
        let behind = Instant(microseconds: span.last.microseconds + 1)
        switch span.relation {
        case .equal: narrow(since: span.first, until: behind)
        case .greater, .startsAfter: narrow(since: behind, until: nil)
        case .greaterOrEqual: narrow(since: span.first, until: nil)
        case .less, .endsBefore: narrow(since: nil, until: span.first)
        case .lessOrEqual: narrow(since: nil, until: behind)
        case .notEqual:
            throw .invalid(.invalidParameter, "date", "A date of an audit event stands behind eq gt lt ge le sa eb or none.")
        }
    }

    private mutating func narrow(since: Instant?, until: Instant?) {
        if let since { question.since = max(since, question.since ?? since) }
        if let until { question.until = min(until, question.until ?? until) }
    }
}
