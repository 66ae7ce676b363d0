/// The place of an event in its log.
///
/// Positions count from 1 without gaps, in the order of commits; `origin` (0) is the place before the first event.
/// Positions of different logs have no order between them. The position of a stream's newest event is also the
/// version of that stream.
package struct Position: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The count itself, 0 for the origin.
    package let rawValue: Int64

    /// Makes the position with this count.
    package init(_ rawValue: Int64) {
        self.rawValue = rawValue
    }

    /// The place before the first event.
    package static let origin = Position(0)

    package var description: String { String(rawValue) }

    package static func < (lhs: Position, rhs: Position) -> Bool {
        lhs.rawValue < rhs.rawValue
    }
}
