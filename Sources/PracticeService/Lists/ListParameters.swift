import EventSourcing
import Projections

/// What a request for a list asks for in its query: `since`, `limit`, `cursor`.
///
/// - `since`: an RFC 3339 time. Only what was first *told to us* after it, whenever it happened. Without it the window
///   opens at 18:00 London time on the previous working day. `in-hospital` is what holds now and has no window: there
///   `since` is checked but narrows nothing.
/// - `limit`: 1 to 200 rows a page; 50 without it.
/// - `cursor`: `next_cursor` of the page before. It keeps the window of the first page; a `since` beside it must be the
///   same.
struct ListParameters: Equatable, Sendable {
    var since: Instant
    var limit: Int
    /// The source's own cursor.
    var position: String?

    static let limitMax = 200
    static let limitStandard = 50
    /// How far a client's clock may be ahead of ours before its `since` is called wrong.
    static let clockSkewMax: Duration = .seconds(60)

    /// - Throws: `unknown_parameter`, `invalid_parameter`, `invalid_time`, naming the parameter, never its value.
    init(query: String?, list: PracticeList, practice: String, now: Instant) throws(Problem) {
        let parameters = try QueryParameters(query, known: ["since", "limit", "cursor"])
        limit = try Self.limit(parameters["limit"])
        let asked = try Self.since(parameters["since"], now: now)
        guard let text = parameters["cursor"] else {
            since = asked ?? LondonClock.eveningOfPreviousWorkingDay(before: now)
            return
        }
        guard let cursor = PageCursor(text), cursor.list == list, cursor.practice == practice else {
            throw Self.cursorProblem
        }
        guard asked == nil || asked == cursor.since else {
            throw .invalid(
                .invalidParameter, "/query/since",
                "A cursor keeps the window of its first page: leave since out, or give the same again.")
        }
        since = cursor.since
        position = cursor.position
    }

    /// The cursor is not one that we gave out for this list of this practice.
    static var cursorProblem: Problem {
        .invalid(
            .invalidParameter, "/query/cursor",
            "The cursor was not given out for this list. Begin again without a cursor.")
    }

    /// A whole number from 1 to `limitMax`; `limitStandard` where none was sent.
    static func limit(_ text: String?) throws(Problem) -> Int {
        guard let text else { return limitStandard }
        // Digits alone, for Int would take a sign as well.
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let limit = Int(text),
            (1...limitMax).contains(limit)
        else { throw .invalid(.invalidParameter, "/query/limit", "The limit is a whole number from 1 to 200.") }
        return limit
    }

    private static func since(_ text: String?, now: Instant) throws(Problem) -> Instant? {
        guard let text else { return nil }
        guard let since = Instant(iso8601: text) else {
            throw .invalid(
                .invalidTime, "/query/since",
                "The time is not RFC 3339 with Z or an offset, such as 2026-03-02T18:00:00Z.")
        }
        // A window in the future is always empty, and an empty list must never come of a wrong clock.
        guard since <= now + clockSkewMax else {
            throw .invalid(.invalidTime, "/query/since", "The time lies in the future.")
        }
        return since
    }
}
