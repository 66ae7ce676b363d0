/// What a client can read, as its `Accept` field says (RFC 9110 section 12.5.1).
///
/// The most specific range that covers a type decides on it; ranges that cannot be read cover nothing, and parameters
/// other than `q` are passed over. Without the field anything is welcome.
struct AcceptField: Sendable {
    private struct Range {
        let type: Substring
        let subtype: Substring
        /// From 0, which is not at all, to 1,000.
        let weight: Int

        /// How closely it names a type: 0 for not at all.
        func fit(_ kind: Substring, _ subkind: Substring) -> Int {
            if type == "*" { return subtype == "*" ? 1 : 0 }
            guard type == kind else { return 0 }
            return subtype == "*" ? 2 : subtype == subkind ? 3 : 0
        }
    }

    private let ranges: [Range]?

    /// Ranges beyond these are not read.
    private static let rangesMax = 64

    /// - Parameter field: all lines of the field joined by commas; `nil` where there is none.
    init(_ field: String?) {
        ranges = field.map { field in
            field.split(separator: ",").prefix(Self.rangesMax).compactMap { Self.range($0.lowercased()) }
        }
    }

    /// The most welcome of some media types, of equals the first; `nil` where none is.
    func first(of types: [String]) -> String? {
        guard let ranges else { return types.first }
        var best: (type: String, weight: Int)?
        for type in types {
            let parts = type.split(separator: "/")
            guard parts.count == 2 else { continue }
            let covering = ranges.map { (fit: $0.fit(parts[0], parts[1]), weight: $0.weight) }
            guard let closest = covering.max(by: { $0.fit < $1.fit }), closest.fit > 0,
                closest.weight > best?.weight ?? 0
            else { continue }
            best = (type, closest.weight)
        }
        return best?.type
    }

    private static func range(_ text: String) -> Range? {
        let parts = text.split(separator: ";").map { $0.trimmingBlanks }
        let names = parts.first?.split(separator: "/", omittingEmptySubsequences: false) ?? []
        guard names.count == 2, !names[0].isEmpty, !names[1].isEmpty else { return nil }
        let quality = parts.dropFirst().first { $0.hasPrefix("q=") }
        guard let weight = quality.map({ weight($0.dropFirst(2)) }) ?? 1_000 else { return nil }
        return Range(type: names[0], subtype: names[1], weight: weight)
    }

    /// `0.5` in thousandths; `nil` unless it is `0` or `1` with up to three decimals, and no more than 1.
    private static func weight(_ text: Substring) -> Int? {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let decimals = parts.count == 2 ? parts[1] : ""
        guard parts[0] == "0" || parts[0] == "1", decimals.utf8.count <= 3,
            decimals.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        let thousandths = Int(decimals + String(repeating: "0", count: 3 - decimals.utf8.count)) ?? 0
        let weight = (parts[0] == "1" ? 1_000 : 0) + thousandths
        return weight <= 1_000 ? weight : nil
    }
}

extension Substring {
    fileprivate var trimmingBlanks: Substring {
        let start = drop { $0 == " " || $0 == "\t" }
        let blanks = start.reversed().prefix { $0 == " " || $0 == "\t" }.count
        return start.dropLast(blanks)
    }
}
