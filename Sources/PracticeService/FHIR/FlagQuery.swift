import Admissions
import EventSourcing
import Projections

/// What a search for flags asks: `patient`, `category`, `status`, `date`, `_count`; or the `_cursor` of a `next` link,
/// alone.
///
/// A flag without a known beginning matches no `date`, save `ne`.
struct FlagQuery: Sendable {
    private var patients: [String]?
    private var categories: [String]?
    private var isActiveAsked = true
    private var spans: [EncounterSearch.Span] = []
    private(set) var count = EncounterQuery.countStandard
    /// Behind the flag of this id.
    private var after: String?
    /// What was used, without the place of the page.
    let query: String
    /// The cursor of the page, as it was sent.
    private var cursor: String?
    /// The practice of the page before; `nil` on the first.
    private(set) var practice: String?

    static let known: Set<String> = ["patient", "category", "status", "date", "_count"]

    /// - Throws: `unknown_parameter`, `invalid_parameter`, `use_post_search`, naming the parameter, never its value.
    init(query: String?, form: [UInt8]? = nil, isLenient: Bool) throws(Problem) {
        let parameters = try FHIRParameters(
            query: query, form: form, known: Self.known.union(["_cursor"]), repeatable: ["date"], isLenient: isLenient)
        guard let text = parameters["_cursor"] else {
            try self.init(parameters)
            return
        }
        guard parameters.parameters.count == 1, let cursor = SearchCursor(text) else { throw SearchCursor.problem }
        try self.init(
            FHIRParameters(query: cursor.query, known: Self.known, repeatable: ["date"], isLenient: false))
        after = cursor.place
        practice = cursor.practice
        self.cursor = text
    }

    /// What was used of the address, for the `self` link.
    var selfQuery: String { cursor.map { "_cursor=\($0)" } ?? query }

    private init(_ parameters: FHIRParameters) throws(Problem) {
        query = parameters.query
        patients = try parameters.alternatives("patient").map { texts throws(Problem) in
            try texts.map { text throws(Problem) in try EncounterQuery.patient(text) }
        }
        categories = try parameters.alternatives("category").map { texts throws(Problem) in
            try texts.map { text throws(Problem) in
                guard let code = EncounterQuery.code(text, of: FHIRSystem.flagCategory.description),
                    BoardFlag.categories.contains(code)
                else { throw .invalid(.invalidParameter, "category", "A category is not one of ours.") }
                return code
            }
        }
        if let statuses = parameters.alternatives("status") {
            for text in statuses {
                let code = EncounterQuery.code(text, of: "http://hl7.org/fhir/flag-status") ?? ""
                guard ["active", "inactive", "entered-in-error"].contains(code) else {
                    throw .invalid(.invalidParameter, "status", "A status is not one of a Flag.")
                }
            }
            isActiveAsked = statuses.contains { $0.hasSuffix("|active") || $0 == "active" }
        }
        spans = try parameters.all("date").map { text throws(Problem) in try EncounterQuery.span(text, "date") }
        count = try EncounterQuery.count(parameters["_count"])
    }

    /// The flags of a page, and whether more follow.
    func page(of flags: [BoardFlag]) -> (flags: [BoardFlag], hasMore: Bool) {
        let wanted = flags.sorted { $0.fhirID < $1.fhirID }.filter { flag in
            isActiveAsked
                && (patients?.contains(flag.patientRef) ?? true)
                && (categories?.contains(flag.category) ?? true)
                && spans.allSatisfy { Self.matches(flag, $0) }
                && (after.map { flag.fhirID > $0 } ?? true)
        }
        return (Array(wanted.prefix(count)), wanted.count > count)
    }

    /// As of an encounter: a flag began some time in its day and has no end.
    private static func matches(_ flag: BoardFlag, _ asked: EncounterSearch.Span) -> Bool {
        guard let began = flag.since?.start else { return asked.relation == .notEqual }
        return switch asked.relation {
        case .equal, .endsBefore: false
        case .notEqual, .greater, .greaterOrEqual: true
        case .less: began < asked.first
        case .lessOrEqual: began <= asked.last
        case .startsAfter: began > asked.last
        }
    }
}
