/// Why the auditor got no answer.
///
/// Says where (log, position), never what stood there.
package enum AuditError: Error, Sendable, Hashable, CustomStringConvertible {
    /// There is no such log.
    case logUnknown(log: String)
    /// The log ends before this position.
    case positionBeyondLog(log: String, position: Int64, size: Int64)
    /// No checkpoint was signed of this log yet, or none of this size.
    case checkpointUnknown(log: String, size: Int64)
    /// The log ends before what was signed of it, or does not begin with it: nothing more is signed.
    case logForked(log: String, size: Int64)
    /// A stored checkpoint bears our name and not our signature.
    case checkpointUnsigned(log: String, size: Int64)
    /// There is nothing (any more) to take out at this position.
    case nothingToRedact(log: String, position: Int64)
    /// A row does not decode.
    case rowUnreadable(table: String, log: String, position: Int64)

    package var description: String {
        switch self {
        case .logUnknown(let log): "log-unknown: \(log)"
        case .positionBeyondLog(let log, let position, let size):
            "position-beyond-log: \(position) of \(log), which ends at \(size)"
        case .checkpointUnknown(let log, let size): "checkpoint-unknown: \(log) at size \(size)"
        case .logForked(let log, let size): "log-forked: \(log) is not what was signed at size \(size)"
        case .checkpointUnsigned(let log, let size): "checkpoint-unsigned: \(log) at size \(size)"
        case .nothingToRedact(let log, let position): "nothing-to-redact: position \(position) of \(log)"
        case .rowUnreadable(let table, let log, let position): "row-unreadable in \(table) at position \(position) of \(log)"
        }
    }
}
