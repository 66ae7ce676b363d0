import EventLog
import EventSourcing
import Postgres

/// The inner nodes that the database keeps for proofs, to be held against the tree as it is recomputed.
///
/// Each checkpoint is stored with the roots of the perfect subtrees that are full since the one before
/// (`event_log.append_checkpoint`), so that those within the greatest checkpoint must all be there, and no other.
enum KeptSubtrees {
    /// Those whose last leaf lies in a range of positions, by number.
    static func ending(in range: ClosedRange<Int64>, of log: LogName) -> SQL {
        """
        select number, hash from event_log.subtree
        where log = \(log) and number >= \(Subtrees.count(in: range.lowerBound - 1))
          and number < \(Subtrees.count(in: range.upperBound))
        """
    }

    static func read(_ result: PostgresResult) throws -> [Int64: Digest] {
        var roots: [Int64: Digest] = [:]
        for row in result { roots[try row.decode(0)] = try row.decode(1) }
        return roots
    }

    /// Where there is one that no checkpoint has; not all of very many.
    static func misplaced(in log: LogName) -> SQL {
        """
        select number from event_log.subtree
        where log = \(log) and (number < 0 or number >= (
            select coalesce(max(size), 0) / \(Subtrees.leafCount) from event_log.checkpoint where log = \(log)))
        order by number limit \(Int64(VerificationState.findingsMax))
        """
    }
}
