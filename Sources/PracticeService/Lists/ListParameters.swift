import Admissions
import EventSourcing
import Projections

/// What a request for a list asks for in its query.
///
/// - `since`: an RFC 3339 time, or `last-huddle`. Only what was first *told to us* after it, whenever it happened.
///   Without
///   it as for `last-huddle`: after the last huddle was closed, else after 18:00 London time on the previous working
///   day.
///   A list of what holds now has no window: there `since` is checked but narrows nothing.
/// - `site`: an ODS code as lines show it. `min_symphony`: 1 to 10. `min_nights`: 0 to 9999, of stays. `flag`: a code
///   of
///   `HuddleRule`, repeatable: each must be there. `discussed`: `true` or `false`, today.
/// - `sort`: a `ListSort`; without it the list's own order (`PracticeList`).
/// - `include`: `patient`, which is always there, and `why`: for each flag its rule and evidence. Repeatable.
/// - `as_of`: a time; the list as it stood then. `position`: the same behind one event of a log, `ZX901:1187`.
/// - `limit`: 1 to 200 rows a page; 50 without it. Not of a huddle, which is whole.
/// - `cursor`: `next_cursor` of the page before. It keeps the window of the first page; a `since` beside it must be the
///   same, and so must filters and `sort`. Not of a huddle.
struct ListParameters: Equatable, Sendable {
    var window: ListQuestion.Window
    var filter = ListFilter()
    var sort: ListSort?
    var limit: Int
    /// Whether flags say why.
    var saysWhy: Bool
    /// The source's own cursor.
    var position: String?
    /// The moment of the past that is asked for; `nil` is the present.
    var moment: AsAtMoment?

    static let limitMax = 200
    static let limitStandard = 50
    static let nightsMax = 9_999
    /// How far a client's clock may be ahead of ours before its `since` is called wrong.
    static let clockSkewMax: Duration = .seconds(60)

    private static let ofAll: Set<String> = [
        "since", "site", "min_symphony", "min_nights", "flag", "discussed", "include", "as_of", "position",
    ]
    private static let ofPages: Set<String> = ["sort", "limit", "cursor"]

    /// - Throws: `unknown_parameter`, `invalid_parameter`, `invalid_time`, naming the parameter, never its value.
    init(query: String?, list: PracticeList, practice: String, now: Instant) throws(Problem) {
        let parameters = try QueryParameters(
            query, known: list == .huddle ? Self.ofAll : Self.ofAll.union(Self.ofPages),
            repeatable: ["flag", "include"])
        limit = try Self.limit(parameters)
        moment = try Self.moment(parameters, now: now)
        let asked = try Self.since(parameters["since"], now: now)
        filter = try Self.filter(parameters)
        sort = try Self.sort(parameters["sort"])
        saysWhy = try Self.include(parameters.all("include"))
        window = asked ?? .afterLastHuddle(otherwise: LondonClock.eveningOfPreviousWorkingDay(before: now))
        guard let text = parameters["cursor"] else { return }
        guard let cursor = PageCursor(text), cursor.list == list, cursor.practice == practice else {
            throw Self.cursorProblem
        }
        guard cursor.narrowing == narrowing else {
            throw .invalid(
                .invalidParameter, "/query/cursor",
                "A cursor keeps the filters and the order of its first page: give the same again.")
        }
        if case .after(let since)? = asked, since != cursor.since {
            throw .invalid(
                .invalidParameter, "/query/since",
                "A cursor keeps the window of its first page: leave since out, or give the same again.")
        }
        window = .after(cursor.since)
        position = cursor.position
    }

    /// Where the window begins, as far as the request says.
    var since: Instant {
        switch window {
        case .after(let instant), .afterLastHuddle(let instant): instant
        case .always: Instant(microseconds: 0)
        }
    }

    /// Filters and order as text without line breaks, the same for the same; empty without any.
    var narrowing: String {
        guard filter != ListFilter() || sort != nil || moment != nil else { return "" }
        let texts: [String] = [
            filter.site ?? "", filter.symphonyMin.map(String.init) ?? "", filter.nightsMin.map(String.init) ?? "",
            filter.flags.map(\.rawValue).sorted().joined(separator: ","), filter.isDiscussed.map(String.init) ?? "",
            sort?.rawValue ?? "", moment.map(Self.text) ?? "",
        ]
        return texts.joined(separator: "|")
    }

    /// What is asked of a list.
    func question(_ list: PracticeList) -> ListQuestion {
        ListQuestion(list, window: window, filter: filter, sort: sort, limit: limit, cursor: position)
    }

    /// The cursor is not one that we gave out for this list of this practice.
    static var cursorProblem: Problem {
        .invalid(
            .invalidParameter, "/query/cursor",
            "The cursor was not given out for this list. Begin again without a cursor.")
    }

    /// How many a page; `limitStandard` where it was not sent.
    static func limit(_ parameters: QueryParameters) throws(Problem) -> Int {
        try parameters.number("limit", in: 1...limitMax, "/query/limit", "The limit is a whole number from 1 to 200.")
            ?? limitStandard
    }

    /// The window holds more than one answer can weigh.
    static var windowProblem: Problem {
        .invalid(
            .invalidParameter, "/query/since",
            "The window holds too many encounters for one answer. Ask for a later time.")
    }

    // MARK: Each parameter

    private static func filter(_ parameters: QueryParameters) throws(Problem) -> ListFilter {
        var filter = ListFilter()
        if let site = parameters["site"] {
            guard ODSCode.isSite(site) else {
                throw .invalid(
                    .invalidParameter, "/query/site", "The site is an ODS code of 3 to 9 capitals and digits.")
            }
            filter.site = site
        }
        filter.symphonyMin = try parameters.number(
            "min_symphony", in: 1...10, "/query/min_symphony", "The score is a whole number from 1 to 10.")
        filter.nightsMin = try parameters.number(
            "min_nights", in: 0...nightsMax, "/query/min_nights",
            "The nights are a whole number from 0 to 9999.")
        for code in parameters.all("flag") {
            guard let rule = HuddleRule(rawValue: code) else {
                throw .invalid(.invalidParameter, "/query/flag", "There is no such flag. The documentation names them.")
            }
            filter.flags.insert(rule)
        }
        switch parameters["discussed"] {
        case nil: break
        case "true"?: filter.isDiscussed = true
        case "false"?: filter.isDiscussed = false
        default: throw .invalid(.invalidParameter, "/query/discussed", "Discussed is true or false.")
        }
        return filter
    }

    private static func sort(_ text: String?) throws(Problem) -> ListSort? {
        guard let text else { return nil }
        guard let sort = ListSort(rawValue: text) else {
            throw .invalid(
                .invalidParameter, "/query/sort",
                "The order is happened, told, nights or symphony, with a minus before it for descending.")
        }
        return sort
    }

    private static func include(_ texts: [String]) throws(Problem) -> Bool {
        guard texts.allSatisfy({ $0 == "patient" || $0 == "why" }) else {
            throw .invalid(.invalidParameter, "/query/include", "What can be included is patient and why.")
        }
        return texts.contains("why")
    }

    /// A moment of the past; a time that is the present, as far as clocks agree, is none.
    static func moment(_ parameters: QueryParameters, now: Instant) throws(Problem) -> AsAtMoment? {
        if let text = parameters["position"] {
            guard parameters["as_of"] == nil else {
                throw .invalid(.invalidParameter, "/query/position", "Ask for a position or for a time, not for both.")
            }
            guard let moment = AsAtMoment(position: text) else {
                throw .invalid(
                    .invalidParameter, "/query/position", "A position is a log and a number, such as ZX901:1187.")
            }
            return moment
        }
        guard let text = parameters["as_of"] else { return nil }
        let asOf = try time(text, "/query/as_of")
        guard asOf <= now + clockSkewMax else {
            throw .invalid(.invalidTime, "/query/as_of", "The time lies in the future.")
        }
        return asOf < now ? .time(asOf) : nil
    }

    private static func text(_ moment: AsAtMoment) -> String {
        switch moment {
        case .time(let time): time.iso8601
        case .position(let log, let position): "\(log):\(position.rawValue)"
        }
    }

    /// The log has not told so far.
    static var momentProblem: Problem {
        .invalid(.invalidParameter, "/query/position", "There is no such position.")
    }

    /// The moment of the past is not served here.
    static var pastProblem: Problem {
        .invalid(.invalidParameter, "/query/as_of", "Lists of the past are not served here. Leave it out for the present.")
    }

    /// The window of a list at a moment of the past: where none was asked for, as it opened then.
    func window(at moment: Instant) -> ListQuestion.Window {
        guard case .afterLastHuddle = window else { return window }
        return .afterLastHuddle(otherwise: LondonClock.eveningOfPreviousWorkingDay(before: moment))
    }

    private static func since(_ text: String?, now: Instant) throws(Problem) -> ListQuestion.Window? {
        guard let text, text != "last-huddle" else { return nil }
        let since = try time(text, "/query/since")
        // A window in the future is always empty, and an empty list must never come of a wrong clock.
        guard since <= now + clockSkewMax else {
            throw .invalid(.invalidTime, "/query/since", "The time lies in the future.")
        }
        return .after(since)
    }

    private static func time(_ text: String, _ pointer: StaticString) throws(Problem) -> Instant {
        guard let instant = Instant(iso8601: text) else {
            throw .invalid(
                .invalidTime, pointer, "The time is not RFC 3339 with Z or an offset, such as 2026-03-02T18:00:00Z.")
        }
        return instant
    }
}
