/// Something that must never be, and was.
///
/// Says which rule and where, never what the input held: the corpus is other people's messages.
package struct FuzzFinding: Error, Equatable, Sendable, CustomStringConvertible {
    package enum Rule: String, Sendable {
        /// A piece that `HL7Batch` gave is not what stands at its place, or is no message when divided again.
        case batch
        /// An acknowledgement that cannot be read back, or holds a byte that would break its framing.
        case acknowledgement
        /// A message without an event, or an answer that does not go with its disposition.
        case reading
        /// The same message read twice gave two things.
        case twice
        /// A payload that cannot be read back, or is not what its event would write.
        case payload
        /// A payload or stream that PostgreSQL could not hold.
        case storable
        /// A state that depends on the order of its events, or changes when they come again.
        case order
        /// A stored state that is not the same when read back.
        case state
        /// One execution took longer than it may.
        case time
        /// The process grew.
        case memory
    }

    package let rule: Rule
    /// Profile, event type, field: where to look.
    package let place: String

    package init(_ rule: Rule, _ place: String) {
        self.rule = rule
        self.place = place
    }

    package var description: String { "\(rule.rawValue): \(place)" }
}
