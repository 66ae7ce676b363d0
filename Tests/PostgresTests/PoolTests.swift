import Postgres
import TestSupport
import Testing

/// What the pool promises, also while the server is away.
@Suite struct PoolTests {
    @Test func `single statements share the connections`() async throws {
        let database = try await PostgresFixture.emptyDatabase()
        let pool = PostgresPool(database.configuration(), connectionsMax: 2)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<500 {
                group.addTask {
                    let value = Int64(number)
                    let answer = try await pool.query("select \(value)")
                    #expect(try answer[0].decode(0, as: Int64.self) == value)
                }
            }
            try await group.waitForAll()
        }
        #expect(pool.connectionCount <= 2)
        await pool.close()
    }

    @Test func `transactions do not mix`() async throws {
        let database = try await PostgresFixture.emptyDatabase()
        let pool = PostgresPool(database.configuration(), connectionsMax: 3)
        try await pool.query("create table account (id int8 primary key, amount int8)")
        try await pool.query("insert into account values (1, 0)")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<60 {
                group.addTask {
                    try await pool.transaction { transaction in
                        let amount = try await transaction.query("select amount from account where id = 1 for update")[
                            0
                        ].decode(0, as: Int64.self)
                        try await transaction.query("update account set amount = \(amount + 1) where id = 1")
                    }
                }
                group.addTask { try await pool.query("select amount from account") }
            }
            try await group.waitForAll()
        }
        #expect(try await pool.query("select amount from account")[0].decode(0, as: Int64.self) == 60)
        await pool.close()
    }

    @Test func `who finds no connection waits, then fails with the code`() async throws {
        let database = try await PostgresFixture.emptyDatabase()
        let pool = PostgresPool(database.configuration(), connectionsMax: 1, waitMax: .milliseconds(150))
        try await pool.withConnection { lease in
            let start = ContinuousClock.now
            let error = await #expect(throws: PostgresError.self) { try await pool.query("select 1") }
            #expect(error?.code == .poolExhausted)
            #expect(ContinuousClock.now - start >= .milliseconds(150))
            let again = await #expect(throws: PostgresError.self) { try await pool.transaction { _ in } }
            #expect(again?.code == .poolExhausted)
            try await lease.query("select 1")
        }
        try await pool.query("select 1")
        await pool.close()
    }

    @Test func `who waits is served in turn`() async throws {
        let database = try await PostgresFixture.emptyDatabase()
        let pool = PostgresPool(database.configuration(), connectionsMax: 1, waitMax: .seconds(30))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<30 {
                group.addTask { try await pool.withConnection { _ = try await $0.query("select 1") } }
                group.addTask { try await pool.query("select 1") }
            }
            try await group.waitForAll()
        }
        await pool.close()
    }

    @Test func `a cancelled task stops waiting`() async throws {
        let database = try await PostgresFixture.emptyDatabase()
        let pool = PostgresPool(database.configuration(), connectionsMax: 1, waitMax: .seconds(60))
        try await pool.withConnection { _ in
            let task = Task { try await pool.query("select 1") }
            task.cancel()
            let error = await #expect(throws: PostgresError.self) { _ = try await task.value }
            #expect(error?.code == .cancelled)
        }
        await pool.close()
    }

    @Test func `a closed pool refuses`() async throws {
        let database = try await PostgresFixture.emptyDatabase()
        let pool = PostgresPool(database.configuration())
        try await pool.query("select 1")
        await pool.close()
        let error = await #expect(throws: PostgresError.self) { try await pool.query("select 1") }
        #expect(error?.code == .closed)
    }

    @Test func `where no server is the reason is told`() async throws {
        let configuration = PostgresConfiguration(
            connectionString: "host=/nonexistent user=nobody", connectDeadline: .seconds(1))
        let pool = PostgresPool(configuration, waitMax: .milliseconds(300))
        let error = await #expect(throws: PostgresError.self) { try await pool.query("select 1") }
        #expect(error?.code == .connectionFailed)
        await pool.close()
    }

    @Test func `a refusal to connect carries its SQLSTATE`() async throws {
        let database = try await PostgresFixture.emptyDatabase()
        let role = await #expect(throws: PostgresError.self) {
            try await PostgresConnection.connect(database.configuration(user: "nobody_here"))
        }
        #expect(role?.code == .connectionFailed && role?.sqlState == "28000")
        let absent = PostgresConfiguration(connectionString: database.cluster.connectionString(database: "absent"))
        let missing = await #expect(throws: PostgresError.self) { try await PostgresConnection.connect(absent) }
        #expect(missing?.sqlState == "3D000")
    }

    @Test func `the pool recovers when the server is killed and started again`() async throws {
        let cluster = try await PostgresFixture.start(durability: .full)
        let configuration = PostgresConfiguration(connectionString: cluster.connectionString())
        let pool = PostgresPool(configuration, connectionsMax: 2, waitMax: .seconds(30))
        let signals = pool.signals(on: "wake")
        var signal = signals.makeAsyncIterator()
        #expect(await signal.next() == .listening)
        try await pool.query("create table t (n int8)")
        try await pool.query("insert into t values (1)")
        let sleeping = Task { try await pool.query("select pg_sleep(600)") }
        let process = try await OwnThread.run(named: "watch") {
            let watcher = try PostgresSession(configuration)
            while true {
                let rows = try watcher.execute("select pid from pg_stat_activity where wait_event = 'PgSleep'")
                if let row = rows.first { return try row.decode(0, as: Int32.self) }
            }
        }
        #expect(process > 0)
        try await OwnThread.run(named: "kill") { cluster.kill() }
        let lost = await #expect(throws: PostgresError.self) { _ = try await sleeping.value }
        #expect(lost?.isConnectionLost == true)
        // Asked for while the server is away: it waits until it is back. A connection that idled may learn of the kill
        // only now; then it is asked once more.
        let waiting = Task {
            while true {
                do {
                    return try await pool.query("select n from t")
                } catch let error as PostgresError where error.isConnectionLost {
                    continue
                }
            }
        }
        try await OwnThread.run(named: "restart") { try cluster.restart() }
        #expect(try await waiting.value[0].decode(0, as: Int64.self) == 1)
        // The listener is back too, and is told that it may have missed something.
        #expect(await signal.next() == .listening)
        try await pool.query("select pg_notify('wake', 'again')")
        guard case .notified(let notification)? = await signal.next() else {
            Issue.record("no notification")
            return
        }
        #expect(notification.payload == "again")
        await pool.close()
        try await OwnThread.run(named: "destroy") { cluster.destroy() }
    }
}
