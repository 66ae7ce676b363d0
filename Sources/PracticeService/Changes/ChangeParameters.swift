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
        limit = try Self.number(
            parameters["limit"], in: 1...ChangeReader.limitMax, or: Self.limitStandard, "/query/limit",
            "The limit is a whole number from 1 to 500.")
        wait = .seconds(
            try Self.number(
                parameters["wait"], in: 0...Self.waitMax, or: 0, "/query/wait",
                "The wait is a whole number of seconds from 0 to 25."))
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

    private static func number(
        _ text: String?, in range: ClosedRange<Int>, or standard: Int, _ pointer: StaticString, _ detail: StaticString
    ) throws(Problem) -> Int {
        guard let text else { return standard }
        // Digits alone, for Int would take a sign as well.
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(text), range.contains(number)
        else { throw .invalid(.invalidParameter, pointer, detail) }
        return number
    }
}
