/// A moment as `timestamptz` holds it: microseconds since 1970-01-01T00:00:00Z.
///
/// On the wire PostgreSQL counts from 2000-01-01. Its `infinity` and `-infinity` are kept as `.infinity` and
/// `.minusInfinity`. What PostgreSQL cannot hold (before 4714 BC) it refuses with SQLSTATE 22008; its last thirty
/// years (from AD 294247) do not fit in our count and fail to decode.
package struct PostgresTimestamp: Hashable, Comparable, Sendable {
    package var microseconds: Int64

    package init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    package static let infinity = PostgresTimestamp(microseconds: .max)
    package static let minusInfinity = PostgresTimestamp(microseconds: .min)

    package static func < (left: PostgresTimestamp, right: PostgresTimestamp) -> Bool {
        left.microseconds < right.microseconds
    }

    /// Microseconds from 1970-01-01 to 2000-01-01.
    private static let epoch: Int64 = 946_684_800_000_000
}

extension PostgresTimestamp: PostgresScalar {
    package static var postgresType: PostgresType { .timestamptz }
    package static var postgresArrayType: PostgresType { .timestamptzArray }

    package func encode(into bytes: inout [UInt8]) {
        if self == .infinity || self == .minusInfinity { return bytes.appendBigEndian(microseconds) }
        let (value, overflow) = microseconds.subtractingReportingOverflow(Self.epoch)
        // Int64.min would mean -infinity; its neighbour is out of range, so the server refuses it instead of storing
        // it.
        bytes.appendBigEndian(overflow ? Int64.min + 1 : value)
    }

    package static func decode(_ bytes: RawSpan, type: PostgresType) throws(PostgresDecodingFailure)
        -> PostgresTimestamp
    {
        guard type == .timestamptz else { throw .unexpectedType }
        guard bytes.byteCount == 8, let value = bytes.bigEndian(at: 0, as: Int64.self) else { throw .malformed }
        if value == .max { return .infinity }
        if value == .min { return .minusInfinity }
        let (microseconds, overflow) = value.addingReportingOverflow(epoch)
        guard !overflow, microseconds != .max else { throw .outOfRange }
        return PostgresTimestamp(microseconds: microseconds)
    }
}
