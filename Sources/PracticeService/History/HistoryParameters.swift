import EventSourcing
import Projections

/// Of which moment, in which form and which part of a history is asked for.
///
/// `as_of` and `position` mean what they mean of lists. A picture and a page hold the whole, so `limit` and `after` are
/// of JSON alone.
struct HistoryParameters: Sendable {
    /// The most items of a page.
    static let limitMax = 1_000
    static let limitUsual = 200
    static let names: Set<String> = ["as_of", "position", "limit", "after"]

    /// `nil` is the present.
    let moment: AsAtMoment?
    let form: HistoryForm
    /// Whether the messages are shown, field by field; for auditors.
    let showsSegments: Bool
    private let limit: Int
    private let after: Int

    /// - Throws: 400; 406 where no form is welcome.
    init(_ parameters: QueryParameters, accept: String?, now: Instant) throws(Problem) {
        moment = try ListParameters.moment(parameters, now: now)
        limit =
            try parameters.number("limit", in: 1...Self.limitMax, "/query/limit", "The limit is 1 to 1000.")
            ?? Self.limitUsual
        after =
            try parameters.number("after", in: 0...1_000_000, "/query/after", "Give what the page before gave as next.")
            ?? 0
        switch parameters["segments"] {
        case nil, "false"?: showsSegments = false
        case "true"?: showsSegments = true
        default: throw .invalid(.invalidParameter, "/query/segments", "Segments is true or false.")
        }
        form = try HistoryForm(accept: accept)
        if form != .json, parameters["limit"] != nil || parameters["after"] != nil {
            throw .invalid(
                .invalidParameter, "/query/limit", "A picture or page holds the whole: leave limit and after out.")
        }
        if form == .svg, showsSegments {
            throw .invalid(.invalidParameter, "/query/segments", "A picture shows no segments: ask for JSON or HTML.")
        }
    }

    /// The items of the page, and what `after` must be for the next one.
    func page(of history: History) -> (items: ArraySlice<HistoryItem>, next: String?) {
        let items = history.items.dropFirst(after).prefix(limit)
        return (items, items.endIndex < history.items.endIndex ? String(items.endIndex) : nil)
    }
}
