/// The parameters of an HTML form's content (`application/x-www-form-urlencoded`), where `+` is a blank.
///
/// A name that comes twice is refused, as RFC 6749 section 3.2 asks; names that nobody expects are passed over.
struct FormParameters: Sendable {
    private let values: [String: String]

    /// `nil` where a name comes twice or something is not percent-encoded UTF-8.
    init?(_ content: some Sequence<UInt8>) {
        var values: [String: String] = [:]
        for pair in Array(content).split(separator: UInt8(ascii: "&")) {
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentEncoding.decode(parts[0], plusIsBlank: true),
                let value = parts.count == 2 ? PercentEncoding.decode(parts[1], plusIsBlank: true) : "",
                values.updateValue(value, forKey: name) == nil
            else { return nil }
        }
        self.values = values
    }

    /// The value of a parameter; `nil` where it was not sent or is empty (RFC 6749 section 3.2).
    subscript(name: String) -> String? {
        values[name].flatMap { $0.isEmpty ? nil : $0 }
    }
}
