import EventLog
import EventSourcing
import Postgres
import Synchronization
import TestSupport
import Testing

/// Servers of their own that are killed, or that leave a commit in doubt (operations.md section 5, numbers 3, 4 and 8).
@Suite(.timeLimit(.minutes(3)))
struct ServerFaultTests {
    /// A migrated server of the test's own.
    private func server(
        durability: PrivateCluster.Durability, settings: [String: String] = [:]
    ) async throws -> PrivateCluster {
        let cluster = try await PostgresFixture.start(durability: durability, settings: settings)
        try await OwnThread.run(named: "migrate") {
            let session = try PostgresSession(PostgresConfiguration(connectionString: cluster.connectionString()))
            try Migrator(schemaDirectory: PostgresFixture.schemaDirectory).migrate(session)
            session.close()
        }
        return cluster
    }

    private func stored(_ cluster: PrivateCluster) async throws -> StoredLog {
        try await OwnThread.run(named: "stored") {
            let session = try PostgresSession(PostgresConfiguration(connectionString: cluster.connectionString()))
            defer { session.close() }
            return try StoredLog(Given.hospital, session)
        }
    }

    @Test func `each acknowledged entry is there once after kill -9 of PostgreSQL in mid stream`() async throws {
        let cluster = try await server(durability: .full)
        var limits = GroupCommit.Limits()
        limits.retryDelay = .milliseconds(10)
        let log = GroupCommit(
            configuration: PostgresConfiguration(
                connectionString: cluster.connectionString(user: "primary_conect_ingest")),
            limits: limits)
        log.start()
        let (counted, count) = AsyncStream.makeStream(of: Void.self)
        let acknowledged = Acknowledged()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for caller in 0..<12 {
                group.addTask {
                    for number in 0..<40 {
                        let id = "\(caller)-\(number)"
                        let receipt = try await log.append(Given.entry(id, eventCount: 1 + number % 2))
                        acknowledged.note(receipt, of: id)
                        count.yield()
                    }
                }
            }
            group.addTask {
                var seen = 0
                for await _ in counted {
                    seen += 1
                    if seen == 100 || seen == 300 {
                        try await OwnThread.run(named: "kill") {
                            cluster.kill()
                            try cluster.restart()
                        }
                    }
                    if seen == 480 { return }
                }
            }
            try await group.waitForAll()
        }
        await log.stop()
        let stored = try await stored(cluster)
        #expect(stored.isWhole)
        #expect(stored.rows.count == 12 * 60)
        let receipts = acknowledged.receipts
        #expect(receipts.count == 480)
        for (id, receipt) in receipts {
            let places = stored.rows.filter { $0.controlID == id }.map(\.position)
            #expect(places == Array(receipt.first.rawValue...receipt.last.rawValue))
            // Nobody sent it twice: what we had committed without learning of it is no duplicate.
            #expect(!receipt.isDuplicate)
        }
        cluster.destroy()
    }

    @Test func `a commit cut short in its wait for the standby is not acknowledged`() async throws {
        // Durability .none does not ask the standby, which is not there; the writer does whatever the server's default.
        let cluster = try await server(
            durability: .none,
            settings: [
                "synchronous_standby_names": "ghost", "wal_level": "replica", "max_wal_senders": "2",
            ])
        let pool = PostgresPool(PostgresConfiguration(connectionString: cluster.connectionString()))
        // What the connection asks for does not weaken the promise.
        let connection =
            cluster.connectionString(user: "primary_conect_ingest") + " options='-c synchronous_commit=off'"
        let log = GroupCommit(configuration: PostgresConfiguration(connectionString: connection))
        log.start()
        let acknowledged = Acknowledged()
        async let receipt = {
            let receipt = try await log.append(Given.entry("1"))
            acknowledged.note(receipt, of: "1")
            return receipt
        }()
        let first = try await waitingForStandby(pool, otherThan: 0)
        try await pool.query("select pg_cancel_backend(\(first))")
        // The server has answered success now, with a warning; the writer looks again over another session.
        let second = try await waitingForStandby(pool, otherThan: first)
        #expect(second != first)
        #expect(acknowledged.receipts.isEmpty)
        try await pool.query("alter system set synchronous_standby_names = ''")
        try await pool.query("select pg_reload_conf()")
        let given = try await receipt
        #expect(given.first == Position(1) && !given.isDuplicate)
        await log.stop()
        await pool.close()
        let stored = try await stored(cluster)
        #expect(stored.isWhole && stored.rows.count == 1)
        cluster.destroy()
    }

    /// The process that waits for a standby, once there is one.
    private func waitingForStandby(_ pool: PostgresPool, otherThan known: Int32) async throws -> Int32 {
        while true {
            let rows = try await pool.query(
                """
                select pid from pg_stat_activity
                where wait_event = 'SyncRep' and usename = 'primary_conect_ingest' and pid <> \(known)
                """)
            if let row = rows.first { return try row.decode(0) }
        }
    }
}

/// The receipts that callers were given, by control id.
private final class Acknowledged: Sendable {
    private let state = Mutex<[String: Receipt]>([:])

    var receipts: [String: Receipt] { state.withLock { $0 } }

    func note(_ receipt: Receipt, of id: String) {
        state.withLock { $0[id] = receipt }
    }
}
