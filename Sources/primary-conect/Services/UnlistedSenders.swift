import EventSourcing
import Logging
import Synchronization

/// Tells an operator of senders that nobody listed: their messages are kept, but no practice sees them.
///
/// One warning an hour and facility, with the number of messages since the one before. A facility is told only if it
/// can be a code, for whoever sends decides what stands in MSH-4; all others count as `other`.
final class UnlistedSenders: Sendable {
    private struct Count {
        var toldAt: Instant?
        /// Since the last warning.
        var messages = 0
    }

    private let counts = Mutex<[String: Count]>([:])
    private let now: @Sendable () -> Instant
    private let logger: Logger

    private static let hourMicroseconds: Int64 = 3_600_000_000
    /// More facilities than any installation has senders: beyond, they count as `other`.
    private static let facilitiesMax = 100
    private static let other = "other"

    init(now: @escaping @Sendable () -> Instant, logger: Logger) {
        self.now = now
        self.logger = logger
    }

    /// Counts one message, and warns if it is time.
    ///
    /// - Parameter facility: MSH-4 as sent.
    func notice(_ facility: String) {
        let now = now()
        let shown = Self.shown(facility)
        let due: (facility: String, messages: Int)? = counts.withLock { counts in
            let key = counts[shown] == nil && counts.count >= Self.facilitiesMax ? Self.other : shown
            var count = counts[key, default: Count()]
            count.messages += 1
            defer { counts[key] = count }
            if let toldAt = count.toldAt, now.microseconds - toldAt.microseconds < Self.hourMicroseconds { return nil }
            let messages = count.messages
            count.toldAt = now
            count.messages = 0
            return (key, messages)
        }
        guard let due else { return }
        logger.warning(
            "ingest.sender-unlisted", metadata: ["facility": "\(due.facility)", "messages": "\(due.messages)"])
    }

    /// 1 to 12 of A-Z and 0-9, else `other`.
    static func shown(_ facility: String) -> String {
        let isCode =
            (1...12).contains(facility.utf8.count)
            && facility.utf8.allSatisfy {
                switch $0 {
                case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
                default: false
                }
            }
        return isCode ? facility : other
    }
}
