import Postgres
import Synchronization
import TestSupport
import Testing

/// What a shared connection promises.
@Suite struct ConnectionTests {
    @Test func `many tasks share a connection and each gets its own answer`() async throws {
        let database = try await PostgresFixture.emptyDatabase()
        let connection = try await PostgresConnection.connect(database.configuration())
        try await withThrowingTaskGroup(of: Void.self) { group in
            for task in 0..<50 {
                group.addTask {
                    for number in 0..<40 {
                        let value = Int64(task * 1000 + number)
                        let answer = try await connection.query("select \(value), 'x' || \("\(value)")")[0]
                        let (same, text) = try answer.decode(Int64.self, String.self)
                        #expect(same == value && text == "x\(value)")
                    }
                }
            }
            try await group.waitForAll()
        }
        await connection.close()
    }

    @Test func `one caller's error is not another's`() async throws {
        let database = try await PostgresFixture.emptyDatabase()
        let connection = try await PostgresConnection.connect(database.configuration())
        try await connection.query("create table t (n int8 primary key)")
        let outcomes = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<100 {
                group.addTask {
                    do {
                        // The odd ones begin a transaction and fail in it.
                        if number % 2 == 1 {
                            try await connection.pipeline([
                                "begin", "insert into t values (-1)", "select 1 / 0", "commit",
                            ])
                        } else {
                            try await connection.pipeline([
                                "begin", "insert into t values (\(Int64(number)))", "commit",
                            ])
                        }
                        return true
                    } catch {
                        return false
                    }
                }
            }
            return await group.reduce(into: [true: 0, false: 0]) { $0[$1, default: 0] += 1 }
        }
        #expect(outcomes == [true: 50, false: 50])
        #expect(try await connection.query("select count(*) from t where n >= 0")[0].decode(0, as: Int.self) == 50)
        #expect(try await connection.query("select count(*) from t where n < 0")[0].decode(0, as: Int.self) == 0)
        await connection.close()
    }

    @Test func `a transaction left open on a shared connection closes it`() async throws {
        let database = try await PostgresFixture.emptyDatabase()
        let connection = try await PostgresConnection.connect(database.configuration())
        // Not at the beginning, where it would be seen and undone.
        let error = await #expect(throws: PostgresError.self) { try await connection.pipeline(["select 1", "begin"]) }
        #expect(error?.code == .transactionLeftOpen)
        #expect(!connection.isOpen)
        await connection.close()
    }

    @Test func `a BEGIN sent alone is undone at once`() async throws {
        let database = try await PostgresFixture.emptyDatabase()
        let connection = try await PostgresConnection.connect(database.configuration())
        try await connection.query("begin")
        let error = await #expect(throws: PostgresError.self) {
            try await connection.query("savepoint outside_a_transaction")
        }
        #expect(error?.sqlState == "25P01")
        await connection.close()
    }

    @Test func `a transaction has the connection to itself`() async throws {
        let database = try await PostgresFixture.emptyDatabase()
        let connection = try await PostgresConnection.connect(database.configuration())
        try await connection.query("create table t (n int8)")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for task in 0..<20 {
                group.addTask {
                    try await connection.transaction { transaction in
                        let id = try await transaction.query("select pg_current_xact_id()::text")[0].decode(
                            0, as: String.self)
                        try await transaction.query("insert into t values (\(Int64(task)))")
                        let again = try await transaction.query("select pg_current_xact_id()::text")[0].decode(
                            0, as: String.self)
                        #expect(id == again)
                    }
                }
                group.addTask {
                    let status = try await connection.query("select pg_current_xact_id_if_assigned() is null")
                    #expect(try status[0].decode(0, as: Bool.self))
                }
            }
            try await group.waitForAll()
        }
        #expect(try await connection.query("select count(*) from t")[0].decode(0, as: Int.self) == 20)
        await connection.close()
    }

    @Test func `a transaction rolls back when its body throws or has swallowed an error`() async throws {
        let database = try await PostgresFixture.emptyDatabase()
        let connection = try await PostgresConnection.connect(database.configuration())
        try await connection.query("create table t (n int8)")
        await #expect(throws: CancellationError.self) {
            try await connection.transaction { transaction in
                try await transaction.query("insert into t values (1)")
                throw CancellationError()
            }
        }
        let swallowed = await #expect(throws: PostgresError.self) {
            try await connection.transaction { transaction in
                try await transaction.query("insert into t values (1)")
                _ = try? await transaction.query("select 1 / 0")
            }
        }
        #expect(swallowed?.code == .transactionAborted)
        #expect(try await connection.query("select count(*) from t")[0].decode(0, as: Int.self) == 0)
        await connection.close()
    }

    @Test func `a read only transaction refuses to write`() async throws {
        let database = try await PostgresFixture.emptyDatabase()
        let connection = try await PostgresConnection.connect(database.configuration())
        let error = await #expect(throws: PostgresError.self) {
            try await connection.transaction(.repeatableReadOnly) { try await $0.query("create table t (n int8)") }
        }
        #expect(error?.sqlState == "25006")
        await connection.close()
    }

    @Test func `what a lease leaves open is rolled back before the next turn`() async throws {
        let database = try await PostgresFixture.emptyDatabase()
        let connection = try await PostgresConnection.connect(database.configuration())
        try await connection.query("create table t (n int8)")
        try await connection.withLease { lease in
            try await lease.pipeline(["begin", "insert into t values (1)"])
        }
        #expect(try await connection.query("select count(*) from t")[0].decode(0, as: Int.self) == 0)
        await connection.close()
    }

    @Test func `a session request waits for its turn and may copy`() async throws {
        let database = try await PostgresFixture.emptyDatabase()
        let connection = try await PostgresConnection.connect(database.configuration())
        try await connection.query("create table t (n int8)")
        let rows = try await connection.withSession { session throws in
            try session.copyIn("copy t from stdin (format binary)") {
                for number in 0..<1000 { try $0.row(Int64(number)) }
            }
        }
        #expect(rows == 1000)
        try await connection.transaction { transaction in
            try await transaction.query("delete from t")
            _ = try await transaction.withSession { session throws in
                try session.copyIn("copy t from stdin (format binary)") { try $0.row(Int64(7)) }
            }
        }
        #expect(try await connection.query("select sum(n)::int8 from t")[0].decode(0, as: Int64.self) == 7)
        await connection.close()
    }

    @Test func `a deadline breaks the connection and fails all that was under way`() async throws {
        let database = try await PostgresFixture.emptyDatabase()
        let connection = try await PostgresConnection.connect(database.configuration())
        let first = Task { try await connection.query("select pg_sleep(600)", within: .milliseconds(200)) }
        let second = Task { try await connection.query("select 1") }
        let error = await #expect(throws: PostgresError.self) { _ = try await first.value }
        #expect(error?.code == .deadlineExceeded)
        // It came before the sleeping one and was answered, or behind it and was lost.
        let other = try? await second.value
        #expect(other == nil || other?.count == 1)
        #expect(!connection.isOpen)
        let late = await #expect(throws: PostgresError.self) { try await connection.query("select 1") }
        #expect(late?.isConnectionLost == true)
        try await database.withSession { try $0.execute("select pg_terminate_backend(\(connection.processID), 10000)") }
        await connection.close()
    }

    @Test func `a running statement is cancelled on request`() async throws {
        let database = try await PostgresFixture.emptyDatabase()
        let connection = try await PostgresConnection.connect(database.configuration())
        let sleeping = Task { try await connection.query("select pg_sleep(600)") }
        let process = connection.processID
        try await database.withSession { session throws in
            while try !session.isSleeping(process) {}
        }
        await connection.cancel()
        let error = await #expect(throws: PostgresError.self) { _ = try await sleeping.value }
        #expect(error?.sqlState == "57014")
        #expect(try await connection.query("select 1")[0].decode(0, as: Int32.self) == 1)
        await connection.close()
    }

    @Test func `a cancelled task takes back what has not been sent`() async throws {
        let database = try await PostgresFixture.emptyDatabase()
        let connection = try await PostgresConnection.connect(database.configuration())
        try await connection.query("create table t (n int8)")
        try await connection.withLease { lease in
            // Behind the lease it cannot be sent.
            let task = Task { try await connection.query("insert into t values (1)") }
            task.cancel()
            await #expect(throws: PostgresError.self) { _ = try await task.value }
            try await lease.query("select 1")
        }
        #expect(try await connection.query("select count(*) from t")[0].decode(0, as: Int.self) == 0)
        await connection.close()
    }

    @Test func `notifications reach each listener of their channel`() async throws {
        let database = try await PostgresFixture.emptyDatabase()
        let connection = try await PostgresConnection.connect(database.configuration())
        let first = try await connection.notifications(on: "Event log")
        let second = try await connection.notifications(on: "Event log")
        let other = try await connection.notifications(on: "other")
        let sender = try await PostgresConnection.connect(database.configuration())
        try await sender.query("select pg_notify('Event log', 'RXX')")
        try await sender.query("select pg_notify('other', 'end')")
        for stream in [first, second] {
            var iterator = stream.makeAsyncIterator()
            #expect(await iterator.next()?.payload == "RXX")
        }
        var iterator = other.makeAsyncIterator()
        #expect(await iterator.next()?.payload == "end")
        await connection.close()
        #expect(await iterator.next() == nil)
        await sender.close()
    }

    @Test func `a closed connection finishes what it has and refuses the rest`() async throws {
        let database = try await PostgresFixture.emptyDatabase()
        let connection = try await PostgresConnection.connect(database.configuration())
        try await connection.query("create table t (n int8)")
        // A lease that was begun runs to its end; closing waits for it.
        let closing = try await connection.withLease { lease in
            let closing = Task { await connection.close() }
            while connection.isOpen { await Task.yield() }
            for number in 0..<100 { try await lease.query("insert into t values (\(Int64(number)))") }
            return closing
        }
        await closing.value
        #expect(
            try await database.withSession { try $0.execute("select count(*) from t")[0].decode(0, as: Int.self) }
                == 100)
        let error = await #expect(throws: PostgresError.self) { try await connection.query("select 1") }
        #expect(error?.code == .closed)
    }

    @Test func `the cooperative pool goes on while statements run`() async throws {
        let database = try await PostgresFixture.emptyDatabase()
        // More sleeping statements than the pool has threads.
        let connections = try await withThrowingTaskGroup(of: PostgresConnection.self) { group in
            for _ in 0..<16 { group.addTask { try await PostgresConnection.connect(database.configuration()) } }
            return try await group.reduce(into: [PostgresConnection]()) { $0.append($1) }
        }
        let sleepers = connections.map { connection in Task { try await connection.query("select pg_sleep(600)") } }
        let watcher = try await PostgresConnection.connect(database.configuration())
        for connection in connections {
            let process = connection.processID
            while try await !watcher.query(
                "select exists (select from pg_stat_activity where pid = \(process) and wait_event = 'PgSleep')")[0]
                .decode(0, as: Bool.self)
            {}
        }
        // That we got here means that no thread of the pool was held.
        for connection in connections { await connection.cancel() }
        for sleeper in sleepers { await #expect(throws: PostgresError.self) { _ = try await sleeper.value } }
        for connection in connections { await connection.close() }
        await watcher.close()
    }
}
