/// Why a log could not promise to keep an entry.
///
/// The entry may or may not be stored; the sender tells it again, and the message's key settles which.
package enum LogUnavailable: Error, Sendable, Equatable {
    /// Storage failed: a SQLSTATE, or `connection`, or `deadline`.
    case storageFailed(code: String)
    /// Too much is waiting already.
    case overloaded
    /// The log is being shut down.
    case closing
}
