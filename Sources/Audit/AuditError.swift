/// Why the auditor got no answer.
///
/// Says where (log, position), never what stood there.
package enum AuditError: Error, Sendable, Hashable, CustomStringConvertible {
    /// There is no such log.
    case logUnknown(log: String)
    /// The log ends before this position.
    case positionBeyondLog(log: String, position: Int64, size: Int64)
    /// A row does not decode.
    case rowUnreadable(table: String, log: String, position: Int64)

    package var description: String {
        switch self {
        case .logUnknown(let log): "log-unknown: \(log)"
        case .positionBeyondLog(let log, let position, let size):
            "position-beyond-log: \(position) of \(log), which ends at \(size)"
        case .rowUnreadable(let table, let log, let position): "row-unreadable in \(table) at position \(position) of \(log)"
        }
    }
}
