import Hummingbird
import Projections

/// `state` of a request for a list of acts: one of its states, or `all`; `open` if it is not sent.
enum StateFilter {
    /// The state to show; `nil` for all.
    static func read(_ request: Request, states: Set<String>) throws(Problem) -> String? {
        guard let state = try QueryParameters(request.uri.query, known: ["state"])["state"] else { return "open" }
        if state == "all" { return nil }
        guard states.contains(state) else {
            throw .invalid(.invalidParameter, "/query/state", "There is no such state; all gives every one.")
        }
        return state
    }
}

extension JSONAnswer {
    /// Begins a list of acts: `{"practice":…,"total":…,"truncated":…,"items":[`. Truncated is one of which more is than is shown.
    mutating func beginList(of practice: String, count: Int) {
        beginObject()
        field("practice", practice)
        field("total", Int64(count))
        field("truncated", count >= ActStore.rowsMax)
        key("items")
        beginArray()
    }

    mutating func endList() {
        endArray()
        endObject()
    }
}
