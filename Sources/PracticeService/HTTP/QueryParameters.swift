/// The parameters of a query string, by name.
///
/// Read by RFC 3986: percent-encoding is undone and `+` is a plus, so that an offset of `+01:00` may be sent as it is.
/// (The habit of HTML forms, where `+` is a blank, is not ours.) Strict, because a mistyped filter must never return
/// everyone: a name that is not expected, a name twice where one is meant, and bytes that are not UTF-8 are refused.
struct QueryParameters: Sendable {
    private let values: [String: [String]]

    /// The most times that a name may stand.
    static let repeatsMax = 32

    /// - Parameters:
    ///   - query: what follows `?`, or `nil`.
    ///   - known: the names that the route reads.
    ///   - repeatable: those of them that may stand more than once.
    init(_ query: String?, known: Set<String>, repeatable: Set<String> = []) throws(Problem) {
        var values: [String: [String]] = [:]
        for pair in (query ?? "").utf8.split(separator: UInt8(ascii: "&")) {
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = parts.first.flatMap({ PercentEncoding.decode($0) }), known.contains(name) else {
                throw Problem(
                    .unknownParameter,
                    "A parameter of the request is not known here. The documentation (/docs) names those that are.")
            }
            guard let value = parts.count == 2 ? PercentEncoding.decode(parts[1]) : "" else {
                throw Problem(.invalidParameter, "A parameter is not percent-encoded UTF-8.")
            }
            let before = values[name]?.count ?? 0
            guard before == 0 || (repeatable.contains(name) && before < Self.repeatsMax) else {
                throw Problem(.invalidParameter, "A parameter is given more than once.")
            }
            values[name, default: []].append(value)
        }
        self.values = values
    }

    /// The value of a parameter; `nil` where it was not sent.
    subscript(name: String) -> String? { values[name]?.first }

    /// All values of a parameter that may stand more than once, in their order.
    func all(_ name: String) -> [String] { values[name] ?? [] }

    /// A whole number in a range; `nil` where it was not sent.
    ///
    /// - Throws: `invalid_parameter` with this pointer and detail.
    func number(
        _ name: String, in range: ClosedRange<Int>, _ pointer: StaticString, _ detail: StaticString
    ) throws(Problem) -> Int? {
        guard let text = self[name] else { return nil }
        // Digits alone, for Int would take a sign as well.
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(text), range.contains(number)
        else { throw .invalid(.invalidParameter, pointer, detail) }
        return number
    }
}
