/// The parameters of a query string, by name.
///
/// Read by RFC 3986: percent-encoding is undone and `+` is a plus, so that an offset of `+01:00` may be sent as it is.
/// (The habit of HTML forms, where `+` is a blank, is not ours.) Strict, because a mistyped filter must never return
/// everyone: a name that is not expected, a name twice, and bytes that are not UTF-8 are refused.
struct QueryParameters: Sendable {
    private let values: [String: String]

    /// - Parameters:
    ///   - query: what follows `?`, or `nil`.
    ///   - known: the names that the route reads.
    init(_ query: String?, known: Set<String>) throws(Problem) {
        var values: [String: String] = [:]
        for pair in (query ?? "").utf8.split(separator: UInt8(ascii: "&")) {
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = parts.first.flatMap({ PercentEncoding.decode($0) }), known.contains(name) else {
                throw Problem(
                    .unknownParameter,
                    "A parameter of the request is not known here. The documentation of the list names those that are.")
            }
            guard let value = parts.count == 2 ? PercentEncoding.decode(parts[1]) : "" else {
                throw Problem(.invalidParameter, "A parameter is not percent-encoded UTF-8.")
            }
            guard values.updateValue(value, forKey: name) == nil else {
                throw Problem(.invalidParameter, "A parameter is given more than once.")
            }
        }
        self.values = values
    }

    /// The value of a parameter; `nil` where it was not sent.
    subscript(name: String) -> String? { values[name] }
}
