package import EventSourcing

/// Something in a log that is not as it was when it was written.
///
/// Says where and what kind of thing, never what stands there.
package struct Finding: Hashable, Sendable, CustomStringConvertible {
    /// What is wrong; where several hold at one position, the first of these is told.
    package enum Code: String, Sendable, CaseIterable {
        /// No event stands at a position before the end of the log.
        case positionMissing = "position-missing"
        /// The log ends before a size for which a checkpoint was signed.
        case tailMissing = "tail-missing"
        /// The event hashes to its leaf at another position, of another event that is wrong too.
        case positionSwapped = "position-swapped"
        /// The message's bytes do not have their digest; what its events commit to cannot be checked.
        case messageChanged = "message-changed"
        /// The message that an event names does not exist.
        case messageMissing = "message-missing"
        /// A message stands where no event of it does, or does not have the events it says.
        case messageMisplaced = "message-misplaced"
        /// The event was recorded at another time than its message or out of order, and so does not hash to its leaf.
        case timeChanged = "time-changed"
        /// Payload, time, stream, type or message of the event are not those that its leaf commits to.
        case eventChanged = "event-changed"
        /// Bytes are gone, and no redaction says so.
        case redactionUntold = "redaction-untold"
        /// Events stand behind the end of the log.
        case beyondHead = "beyond-head"
        /// The head row does not say what the events say.
        case headChanged = "head-changed"
        /// All rows fit each other, and not a checkpoint that was signed of them: they were written anew.
        case logRewritten = "log-rewritten"
        /// An inner node that is kept for proofs is not what the leaves under it come to.
        case subtreeChanged = "subtree-changed"
        /// An inner node that was kept with a checkpoint is not there.
        case subtreeMissing = "subtree-missing"
        /// An inner node is kept where no checkpoint has one.
        case subtreeMisplaced = "subtree-misplaced"
        /// A stored checkpoint is not signed by the key, or its row is not what the note says.
        case checkpointUnsigned = "checkpoint-unsigned"
    }

    /// What is wrong.
    package let code: Code
    /// Where; for a log that was rewritten the first position at which it can have begun.
    package let position: Position
    /// The position at or before which it was rewritten; of an inner node the last position under it; `position` for all
    /// else.
    package let through: Position

    init(_ code: Code, at position: Int64, through: Int64? = nil) {
        self.code = code
        self.position = Position(position)
        self.through = Position(through ?? position)
    }

    /// Of an inner node that is kept for proofs.
    init(_ code: Code, atSubtree number: Int64) {
        let positions = Subtrees.positions(under: number)
        self.init(code, at: positions.lowerBound, through: positions.upperBound)
    }

    /// Which inner node it is of, by its level (that of the leaves is 0) and its index in it from 0; `nil` for all else.
    package var node: (level: Int, index: Int64)? {
        switch code {
        case .subtreeChanged, .subtreeMissing, .subtreeMisplaced:
            (Subtrees.level, (position.rawValue - 1) / Subtrees.leafCount)
        default: nil
        }
    }

    package var description: String {
        if let node {
            return "\(code.rawValue) at level \(node.level) index \(node.index), positions \(position) to \(through)"
        }
        return position == through
            ? "\(code.rawValue) at position \(position)"
            : "\(code.rawValue) at or before position \(through), behind \(position.rawValue - 1)"
    }

    /// Which of two is told where both hold at one position.
    static func isFirst(_ one: Code, before other: Code) -> Bool {
        let order = Code.allCases
        return (order.firstIndex(of: one) ?? 0) < (order.firstIndex(of: other) ?? 0)
    }
}
