package import EventSourcing
package import Logging
package import Postgres
import Synchronization

/// Counts polls that were answered "nothing new" without the database, and notes them in the audit trail in batches.
///
/// Such an answer shows no patient, so it need not wait for its record; but it is given only while records get through.
/// The pool logs in as `primary_conect_service`.
package final class PollLedger: Sendable {
    /// The most kinds of poll (who, for which practice, which route) between two flushes.
    package static let kindsMax = 10_000
    /// How old the oldest poll that is not noted may be before no more are taken.
    static let unnotedMax: Duration = .seconds(10)
    /// Between two flushes.
    static let interval: Duration = .seconds(1)

    private struct Kind: Hashable {
        let practice: String
        let subject: String
        let role: String
        let client: String
        let route: String
    }

    private struct Count {
        var polls: Int64
        var first: Instant
        var last: Instant

        mutating func add(_ other: Count) {
            polls += other.polls
            first = min(first, other.first)
            last = max(last, other.last)
        }
    }

    private let pool: PostgresPool
    private let logger: Logger
    private let counts = Mutex<[Kind: Count]>([:])

    /// An empty ledger.
    package init(pool: PostgresPool, logger: Logger) {
        self.pool = pool
        self.logger = logger
    }

    /// Counts a poll; `false` if it cannot be taken now, and must be answered, and recorded, in full.
    package func note(_ access: AccessRequest, at moment: Instant) -> Bool {
        let kind = Kind(
            practice: access.practice, subject: access.subject, role: access.role, client: access.client,
            route: access.route)
        return counts.withLock { counts in
            if var count = counts[kind] {
                guard moment - count.first <= Self.unnotedMax else { return false }
                count.add(Count(polls: 1, first: moment, last: moment))
                counts[kind] = count
                return true
            }
            guard counts.count < Self.kindsMax else { return false }
            counts[kind] = Count(polls: 1, first: moment, last: moment)
            return true
        }
    }

    /// Writes what has been counted, each second, until the task is cancelled, and then once more.
    package func run() async {
        // Cancelled while asleep: the loop ends by its condition.
        while (try? await Task.sleep(for: Self.interval)) != nil { await flush() }
        // In a task of its own, for this one is cancelled.
        await Task { await self.flush() }.value
    }

    /// Writes what has been counted so far; what cannot be written stays for the next time.
    package func flush() async {
        let taken = counts.withLock { counts in
            defer { counts = [:] }
            return counts
        }
        guard !taken.isEmpty else { return }
        let kinds = Array(taken.keys)
        let amounts = kinds.compactMap { taken[$0] }
        do {
            _ = try await pool.query(
                """
                select audit.note_polls(\(kinds.map(\.practice)), \(kinds.map(\.subject)), \(kinds.map(\.role)), \
                \(kinds.map(\.client)), \(kinds.map(\.route)), \(amounts.map(\.polls)), \(amounts.map(\.first)), \
                \(amounts.map(\.last)))
                """)
        } catch {
            counts.withLock { counts in counts.merge(taken) { new, old in
                var sum = new
                sum.add(old)
                return sum
            } }
            logger.error("polls not noted", metadata: ["error": "\(error.code.rawValue)"])
        }
    }
}
