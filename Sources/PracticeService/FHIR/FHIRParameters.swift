import HTTPTypes

/// The parameters of a FHIR search, from the address or from a form, by name (R4 section 3.1.1).
///
/// A name that is not known is refused, since a mistyped filter must never return everyone; `Prefer: handling=lenient`
/// has it left out instead, and `query`, which becomes the `self` link, shows what was used. Values are checked in
/// either way. A name that may come twice asks for both.
struct FHIRParameters: Sendable {
    /// A name and its value, decoded.
    struct Parameter: Sendable {
        let name: String
        let value: String
    }

    /// What was used, in the order in which it came.
    let parameters: [Parameter]

    /// Names that every search knows.
    private static let common: Set<String> = ["_format"]
    private static let formats: Set<String> = [
        "json", "application/json", "application/fhir+json", "application/fhir json", "text/json",
    ]

    /// - Parameters:
    init(
        query: String?, form: [UInt8]? = nil, known: Set<String>, repeatable: Set<String> = [], isLenient: Bool
    ) throws(Problem) {
        var parameters: [Parameter] = []
        var sent = try Self.split(Array((query ?? "").utf8), isForm: false)
        if let form { sent += try Self.split(form, isForm: true) }
        for parameter in sent {
            guard known.contains(parameter.name) || Self.common.contains(parameter.name) else {
                if parameter.mayHoldIdentifier { throw Self.usePostSearch }
                if isLenient { continue }
                throw Problem(
                    .unknownParameter,
                    "A parameter is not known here; metadata names those that are. handling=lenient leaves it out."
                )
            }
            guard !parameter.value.isEmpty else {
                throw Problem(.invalidParameter, "A parameter of the search has no value.")
            }
            if parameters.contains(where: { $0.name == parameter.name }), !repeatable.contains(parameter.name) {
                throw Problem(.invalidParameter, "A parameter of the search is given more than once.")
            }
            parameters.append(parameter)
        }
        if let format = parameters.first(where: { $0.name == "_format" })?.value, !Self.formats.contains(format) {
            throw .invalid(.invalidParameter, "_format", "JSON is the one format: application/fhir+json.")
        }
        self.parameters = parameters.filter { !Self.common.contains($0.name) }
    }

    /// The value of a parameter that comes once; `nil` where it was not sent.
    subscript(name: String) -> String? { parameters.first { $0.name == name }?.value }

    /// The values of a parameter, in their order.
    func all(_ name: String) -> [String] { parameters.filter { $0.name == name }.map(\.value) }

    /// The alternatives that a parameter gives between commas (R4 section 3.1.1.3.2).
    func alternatives(_ name: String) -> [String]? {
        self[name].map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    }

    /// What was used, as a query.
    var query: String {
        parameters.map { "\(PercentEncoding.encode($0.name))=\(PercentEncoding.encode($0.value))" }.joined(
            separator: "&")
    }

    /// Whether `Prefer` asks for lenient handling (R4 section 3.1.1.3.1; RFC 7240).
    static func isLenient(_ headers: HTTPFields) -> Bool {
        let preferences: [Substring] = (headers[.prefer] ?? "").lowercased().split { $0 == "," || $0 == ";" }
        return preferences.contains { preference in
            String(preference.filter { !$0.isWhitespace && $0 != "\"" }) == "handling=lenient"
        }
    }

    /// A patient is asked for by number in an address: addresses land in logs.
    static var usePostSearch: Problem {
        .invalid(
            .usePostSearch, "Patient.identifier",
            "Search patients with POST (Patient/_search) so that the NHS number is not in the address.")
    }

    private static func split(_ bytes: [UInt8], isForm: Bool) throws(Problem) -> [Parameter] {
        var parameters: [Parameter] = []
        for pair in bytes.split(separator: UInt8(ascii: "&")) {
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentEncoding.decode(parts[0], plusIsBlank: isForm),
                let value = parts.count == 2 ? PercentEncoding.decode(parts[1], plusIsBlank: isForm) : ""
            else { throw Problem(.invalidParameter, "A parameter is not percent-encoded UTF-8.") }
            parameters.append(Parameter(name: name, value: value))
        }
        return parameters
    }
}

extension FHIRParameters.Parameter {
    /// Whether somebody seems to look for a person by number.
    fileprivate var mayHoldIdentifier: Bool {
        name.hasSuffix("identifier") && !name.hasPrefix("service-provider") || FHIRText.mayBeNHSNumber(value)
    }
}
