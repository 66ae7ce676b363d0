import Projections

/// What a request for the change feed asks for in its query.
///
/// - `cursor`: `next`, or a change's `cursor`, of an answer before. Without it the feed begins now.
/// - `from`: `oldest` begins with the oldest change that is kept. Not beside a cursor.
/// - `wait`: 0 to 25 seconds to wait for a change, if there is none; 0 without it.
/// - `limit`: 1 to 500 changes an answer; 100 without it.
struct ChangeParameters: Equatable, Sendable {
    var start: ChangeStart
    var wait: Duration
    var limit: Int

    static let waitMax = 25
    static let limitStandard = 100

    /// - Throws: `unknown_parameter`, `invalid_parameter`, naming the parameter, never its value.
    init(query: String?, practice: String, key: ChangeCursorKey) throws(Problem) {
        let parameters = try QueryParameters(query, known: ["cursor", "from", "wait", "limit"])
        limit =
            try parameters.number(
                "limit", in: 1...ChangeReader.limitMax, "/query/limit", "The limit is a whole number from 1 to 500.")
            ?? Self.limitStandard
        wait = .seconds(
            try parameters.number(
                "wait", in: 0...Self.waitMax, "/query/wait", "The wait is a whole number of seconds from 0 to 25.") ?? 0)
        switch (parameters["cursor"], parameters["from"]) {
        case (nil, nil): start = .now
        case (nil, "oldest"): start = .oldest
        case (let text?, nil):
            guard let cursor = key.cursor(text, of: practice) else {
                throw .invalid(
                    .invalidParameter, "/query/cursor",
                    "The cursor was not given out by this service for this practice. Begin again without a cursor.")
            }
            start = .after(cursor)
        default:
            throw .invalid(.invalidParameter, "/query/from", "Give from=oldest alone, or a cursor alone.")
        }
    }
}
