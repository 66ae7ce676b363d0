/// What a message says about one value: nothing, that it is gone, or what it is.
///
/// HL7 v2 chapter 2.5.3: an empty field means no change (`absent`), two double quotes mean "delete what you hold"
/// (`null`).
@frozen package enum Told<Value: Sendable>: Sendable {
    /// Not told: what was known stays.
    case absent
    /// Told to be gone.
    case null
    /// Told.
    case value(Value)

    /// A value that may not be there; `nil` is `absent`.
    @inlinable package init(_ value: Value?) {
        self = value.map(Told.value) ?? .absent
    }

    /// The value, if one is told.
    @inlinable package var value: Value? {
        if case .value(let value) = self { value } else { nil }
    }

    /// Whether nothing is told.
    @inlinable package var isAbsent: Bool {
        if case .absent = self { true } else { false }
    }

    /// Brings what was known up to date.
    @inlinable package func update(_ known: inout Value?) {
        switch self {
        case .absent: break
        case .null: known = nil
        case .value(let value): known = value
        }
    }
}

extension Told: Equatable where Value: Equatable {}

extension Told: ExpressibleByUnicodeScalarLiteral where Value == String {
    package init(unicodeScalarLiteral value: String) { self = .value(value) }
}

extension Told: ExpressibleByExtendedGraphemeClusterLiteral where Value == String {
    package init(extendedGraphemeClusterLiteral value: String) { self = .value(value) }
}

extension Told: ExpressibleByStringLiteral where Value == String {
    package init(stringLiteral value: String) { self = .value(value) }
}
