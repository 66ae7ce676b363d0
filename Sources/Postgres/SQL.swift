/// One SQL statement, in which a value can only be a bound parameter.
///
/// The text comes from literals in the source and from nowhere else: the literal type is `StaticString`, so not even a
/// direct call can pass text made at run time. Each interpolated value becomes `$n`; another statement may be
/// interpolated as a fragment, its parameters renumbered; `\(identifier:)` quotes a name.
///
/// ```swift
/// let rows: SQL = "select position from event_log.head where log = \(log)"
/// ```
package struct SQL: ExpressibleByStringInterpolation, Sendable {
    /// The statement as the server reads it, with `$1`, `$2`, … in place of values.
    package private(set) var text: String
    private(set) var parameters = SQLParameters()

    /// Where each `$n` begins in `text`, in UTF-8 bytes.
    private var marks: [Int] = []

    private init() {
        text = ""
    }

    package init(stringLiteral literal: StaticString) {
        text = literal.description
    }

    package init(stringInterpolation interpolation: StringInterpolation) {
        self = interpolation.sql
    }

    package struct StringInterpolation: StringInterpolationProtocol {
        package typealias StringLiteralType = StaticString

        fileprivate var sql = SQL()

        package init(literalCapacity: Int, interpolationCount: Int) {
            sql.text.reserveCapacity(literalCapacity + 4 * interpolationCount)
        }

        package mutating func appendLiteral(_ literal: StaticString) {
            sql.append(text: literal.description)
        }

        /// Binds a value.
        package mutating func appendInterpolation(_ value: some PostgresEncodable) {
            sql.appendPlaceholder()
            sql.parameters.append(value)
        }

        /// Inserts a statement's text, and binds its values.
        package mutating func appendInterpolation(_ fragment: SQL) {
            sql.append(fragment)
        }

        /// Inserts a name in double quotes, so that it can be nothing but one name.
        package mutating func appendInterpolation(identifier: String) {
            sql.append(text: SQL.quoted(identifier: identifier))
        }
    }

    /// A name in double quotes (PostgreSQL manual 4.1.1).
    static func quoted(identifier: String) -> String {
        "\"" + identifier.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }

    private mutating func append(text more: some StringProtocol) {
        guard let first = more.utf8.first else { return }
        // "$1" followed by a digit would name another parameter.
        if endsWithPlaceholder, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) { text.append(" ") }
        text.append(contentsOf: more)
    }

    private mutating func appendPlaceholder() {
        marks.append(text.utf8.count)
        text.append("$\(marks.count)")
    }

    private mutating func append(_ fragment: SQL) {
        let bytes = fragment.text.utf8
        var from = bytes.startIndex
        for (index, mark) in fragment.marks.enumerated() {
            let placeholder = bytes.index(bytes.startIndex, offsetBy: mark)
            append(text: fragment.text[from..<placeholder])
            appendPlaceholder()
            from = bytes.index(placeholder, offsetBy: Self.placeholderLength(index + 1))
        }
        append(text: fragment.text[from...])
        parameters.append(fragment.parameters)
    }

    private var endsWithPlaceholder: Bool {
        guard let last = marks.last else { return false }
        return last + Self.placeholderLength(marks.count) == text.utf8.count
    }

    private static func placeholderLength(_ number: Int) -> Int {
        var length = 2
        var rest = number / 10
        while rest > 0 {
            length += 1
            rest /= 10
        }
        return length
    }
}

/// The values of a statement, encoded, end to end in one buffer.
struct SQLParameters: Sendable {
    /// At most this many in one statement: the protocol counts them in 16 bits.
    static let countMax = 65_535

    private(set) var types: [PostgresType] = []
    /// The length of each value in bytes, -1 for NULL.
    private(set) var lengths: [Int32] = []
    private(set) var bytes: [UInt8] = []

    var count: Int { lengths.count }

    mutating func append<T: PostgresEncodable>(_ value: T) {
        types.append(T.postgresType)
        if value.isPostgresNull {
            lengths.append(-1)
        } else {
            let start = bytes.count
            value.encode(into: &bytes)
            lengths.append(Int32(truncatingIfNeeded: bytes.count - start))
        }
    }

    mutating func append(_ more: SQLParameters) {
        types += more.types
        lengths += more.lengths
        bytes += more.bytes
    }
}
