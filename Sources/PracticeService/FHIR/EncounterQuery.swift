import EventSourcing
import Projections

/// What a search for encounters asks: `_id`, `status`, `class`, `date`, `patient`, `service-provider:identifier`,
/// `_lastUpdated`, `_count`, `_sort`, `_include`; or the `_cursor` of a `next` link, alone.
///
/// Statuses and classes that this service never has are refused rather than found nowhere, since an empty answer must
/// not come of a slip.
struct EncounterQuery: Sendable {
    var search = EncounterSearch()
    var includesPatients = false
    /// What was used, without the place of the page.
    let query: String
    /// The cursor of the page, as it was sent.
    private var cursor: String?
    /// The practice of the page before; `nil` on the first.
    private(set) var practice: String?

    static let known: Set<String> = [
        "_id", "status", "class", "date", "patient", "service-provider:identifier", "_lastUpdated", "_count", "_sort",
        "_include",
    ]
    static let repeatable: Set<String> = ["date", "_lastUpdated"]
    static let countStandard = 50

    /// - Throws: `unknown_parameter`, `invalid_parameter`, `use_post_search`, naming the parameter, never its value.
    init(query: String?, form: [UInt8]? = nil, isLenient: Bool) throws(Problem) {
        let parameters = try FHIRParameters(
            query: query, form: form, known: Self.known.union(["_cursor"]), repeatable: Self.repeatable,
            isLenient: isLenient)
        guard let text = parameters["_cursor"] else {
            try self.init(parameters)
            return
        }
        guard parameters.parameters.count == 1, let cursor = SearchCursor(text), let place = Self.place(cursor.place)
        else { throw SearchCursor.problem }
        try self.init(
            FHIRParameters(query: cursor.query, known: Self.known, repeatable: Self.repeatable, isLenient: false))
        search.after = place
        practice = cursor.practice
        self.cursor = text
    }

    /// What was used of the address, for the `self` link.
    var selfQuery: String { cursor.map { "_cursor=\($0)" } ?? query }

    private init(_ parameters: FHIRParameters) throws(Problem) {
        query = parameters.query
        if let ids = parameters.alternatives("_id") {
            // Anything else would come back in the address of the answer, and might be a number or a name.
            search.refs = try ids.map { id throws(Problem) in
                guard let ref = FHIRText.ref(id: id, kind: "enc") else {
                    throw .invalid(.invalidParameter, "_id", "An encounter is asked for by its id: enc-...")
                }
                return ref
            }
        }
        try readStatus(parameters)
        if let classes = parameters.alternatives("class") {
            search.classes = try classes.map { text throws(Problem) in try Self.encounterClass(text) }
        }
        search.happened = try parameters.all("date").map { text throws(Problem) in
            try Self.span(text, "date")
        }
        search.told = try parameters.all("_lastUpdated").map { text throws(Problem) in
            try Self.span(text, "_lastUpdated")
        }
        if let patients = parameters.alternatives("patient") {
            search.patients = try patients.map { text throws(Problem) in try Self.patient(text) }
        }
        if let providers = parameters.alternatives("service-provider:identifier") {
            search.hospitals = try providers.map { text throws(Problem) in try Self.hospital(text) }
        }
        search.limit = try Self.count(parameters["_count"])
        switch parameters["_sort"] {
        case nil, "-date": break
        case "date": search.isAscending = true
        default: throw .invalid(.invalidParameter, "_sort", "Encounters are sorted by date or by -date.")
        }
        switch parameters["_include"] {
        case nil: break
        case "Encounter:patient", "Encounter:patient:Patient": includesPatients = true
        default: throw .invalid(.invalidParameter, "_include", "Encounter:patient is what can be included.")
        }
    }

    private mutating func readStatus(_ parameters: FHIRParameters) throws(Problem) {
        for text in parameters.alternatives("status") ?? [] {
            switch Self.code(text, of: "http://hl7.org/fhir/encounter-status") {
            case .some("planned"), .some("arrived"), .some("in-progress"), .some("onleave"), .some("finished"),
                .some("cancelled"), .some("triaged"):
                search.statuses.append(Self.code(text, of: "http://hl7.org/fhir/encounter-status") ?? "")
            case .some("entered-in-error"):
                search.statuses.append("entered-in-error")
                search.withdrawals += [.wrongPatient, .merged]
            case .some("unknown"): search.withdrawals.append(.registeredElsewhere)
            default: throw .invalid(.invalidParameter, "status", "A status is not one of an Encounter.")
            }
        }
    }

    private static func encounterClass(_ text: String) throws(Problem) -> String {
        for (name, value) in EncounterResource.classes where code(text, of: value.system.description) == value.code {
            return name
        }
        throw .invalid(.invalidParameter, "class", "A class is not one that this service has; metadata names them.")
    }

    static func span(_ text: String, _ name: StaticString) throws(Problem) -> EncounterSearch.Span {
        guard let span = FHIRDate.span(text) else {
            throw .invalid(
                .invalidParameter, name,
                "A date is 2026, 2026-03, 2026-03-05 or 2026-03-05T08:00:00Z, behind eq ne gt lt ge le sa eb or none."
            )
        }
        return span
    }

    /// The ref of `pt-…` or `Patient/pt-…`, also as an absolute address.
    static func patient(_ text: String) throws(Problem) -> String {
        let id = text.firstRange(of: "Patient/").map { text[$0.upperBound...] } ?? text[...]
        if let ref = FHIRText.ref(id: id, kind: "pt") { return ref }
        if FHIRText.mayBeNHSNumber(text) { throw FHIRParameters.usePostSearch }
        throw .invalid(.invalidParameter, "patient", "A patient is asked for by id: Patient/pt-...")
    }

    /// Any other word would come back in the address of the answer, and might be a name.
    private static func hospital(_ text: String) throws(Problem) -> String {
        guard let code = code(text, of: FHIRSystem.odsOrganisation.description), ODSCode.isOrganisation(code),
            code.utf8.count == 3 || code.utf8.contains(where: { (0x30...0x39).contains($0) })
        else {
            throw .invalid(
                .invalidParameter, "service-provider:identifier", "A hospital is asked for by its ODS code.")
        }
        return code
    }

    /// 1 to 200; what is more is answered as 200 (R4 section 3.1.1.5.4).
    static func count(_ text: String?) throws(Problem) -> Int {
        guard let text else { return countStandard }
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let count = Int(text), count > 0 else {
            throw .invalid(.invalidParameter, "_count", "The count is a whole number from 1 to 200.")
        }
        return min(count, DetailReader.limitMax)
    }

    /// The code of a token: `code`, or `system|code` of this system; `nil` for a code of another.
    static func code(_ text: String, of system: String) -> String? {
        guard let bar = text.firstIndex(of: "|") else { return text }
        return text[..<bar] == system[...] ? String(text[text.index(after: bar)...]) : nil
    }

    /// The place behind a row, as a cursor carries it.
    static func place(behind row: EncounterRow) -> String { "\(row.startedAt.microseconds) \(row.encounterRef)" }

    private static func place(_ text: String) -> EncounterSearch.Place? {
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 2, let startedAt = Int64(parts[0]) else { return nil }
        return EncounterSearch.Place(startedAt: Instant(microseconds: startedAt), encounterRef: String(parts[1]))
    }
}
