import EventLog
import EventSourcing
import Postgres
import TestSupport
import Testing

/// The logs that must keep the contract of `MessageLog`.
enum LogSubject: String, CaseIterable, CustomTestStringConvertible, Sendable {
    case memory
    case postgres

    var testDescription: String { rawValue }

    /// A fresh log.
    func open(now: @escaping @Sendable () -> Instant = WallClock.now) async throws -> OpenLog {
        switch self {
        case .memory:
            let log = MemoryLog(now: now)
            return OpenLog(log: log, events: { log.events(in: $0) }, close: {})
        case .postgres:
            let database = try await PostgresFixture.database()
            let log = GroupCommit(configuration: database.configuration(user: "primary_conect_ingest"), now: now)
            log.start()
            let pool = PostgresPool(database.configuration(user: "primary_conect_auditor"), connectionsMax: 1)
            let reader = EventReader(pool: pool)
            return OpenLog(
                log: log, events: { try await reader.events(in: $0, after: .origin, limit: 10_000) },
                close: {
                    await log.stop()
                    await pool.close()
                    withExtendedLifetime(database) {}
                })
        }
    }

    /// Runs `body` with a fresh log and closes it.
    func withLog(
        now: @escaping @Sendable () -> Instant = WallClock.now, _ body: (OpenLog) async throws -> Void
    ) async throws {
        let open = try await open(now: now)
        do {
            try await body(open)
        } catch {
            await open.close()
            throw error
        }
        await open.close()
    }
}

/// A log under test.
struct OpenLog: Sendable {
    let log: any MessageLog
    /// All events of one log, in order.
    let events: @Sendable (LogName) async throws -> [RecordedEvent]
    let close: @Sendable () async -> Void

    /// Appends all at once, each from a task of its own; receipts in the order of the entries.
    func appendAll(_ entries: [Entry]) async throws -> [Receipt] {
        try await withThrowingTaskGroup(of: (Int, Receipt).self) { group in
            for (index, entry) in entries.enumerated() {
                group.addTask { (index, try await log.append(entry)) }
            }
            var receipts: [Int: Receipt] = [:]
            for try await (index, receipt) in group { receipts[index] = receipt }
            return receipts.sorted { $0.key < $1.key }.map(\.value)
        }
    }
}
