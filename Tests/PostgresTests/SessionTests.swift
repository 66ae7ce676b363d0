import Foundation
import Postgres
import TestSupport
import Testing

/// What one session promises, on a real server.
@Suite struct SessionTests {
    @Test func `statements are prepared once and found again`() async throws {
        let database = try await PostgresFixture.emptyDatabase()
        try await database.withSession { session throws in
            for number in 0..<50 {
                #expect(try session.execute("select \(Int64(number))")[0].decode(0, as: Int64.self) == Int64(number))
            }
            let prepared = try session.execute("select statement from pg_prepared_statements order by 1")
            #expect(
                try prepared.map { try $0.decode(0, as: String.self) } == [
                    "select $1", "select statement from pg_prepared_statements order by 1",
                ])
        }
    }

    @Test func `prepared statements are bounded`() async throws {
        let database = try await PostgresFixture.emptyDatabase()
        try await database.withSession { session throws in
            for number in 0..<(PostgresSession.statementsMax + 100) {
                let name = "c\(number)"
                #expect(
                    try session.execute("select \(Int64(number)) as \(identifier: name)")[0].decode(name, as: Int.self)
                        == number)
            }
            let count = try session.execute("select count(*) from pg_prepared_statements")[0].decode(0, as: Int.self)
            #expect(count <= PostgresSession.statementsMax + 1)
        }
    }

    @Test func `a statement survives a change of its table`() async throws {
        let database = try await PostgresFixture.emptyDatabase()
        try await database.withSession { session throws in
            try session.execute("create table t (a int8)")
            try session.execute("insert into t values (1)")
            #expect(try session.execute("select * from t").columnCount == 1)
            try session.execute("alter table t add b text default 'x'")
            #expect(try session.execute("select * from t").columnCount == 2)
            try session.script("deallocate all")
            #expect(try session.execute("select * from t").columnCount == 2)
        }
    }

    @Test func `a pipeline of a thousand is one round trip and keeps its order`() async throws {
        let database = try await PostgresFixture.emptyDatabase()
        try await database.withSession { session throws in
            try session.execute("create table t (n int8 primary key, text text)")
            let filler = String(repeating: "x", count: 2000)
            let inserted = try session.pipeline((1...1000).map { "insert into t values (\(Int64($0)), \(filler))" })
            #expect(inserted.count == 1000)
            let read = try session.pipeline((1...1000).map { "select n, text from t where n = \(Int64($0))" })
            #expect(try read.map { try $0[0].decode(0, as: Int64.self) } == Array(1...1000))
        }
    }

    @Test func `answers much greater than any buffer do not lock a pipeline up`() async throws {
        let database = try await PostgresFixture.emptyDatabase()
        try await database.withSession { session throws in
            let million = String(repeating: "y", count: 1_000_000)
            let results = try session.pipeline((0..<20).map { _ in "select \(million), repeat('z', 2000000)" })
            #expect(try results.allSatisfy { try $0[0].decode(1, as: String.self).utf8.count == 2_000_000 })
        }
    }

    @Test func `an error in the middle of a pipeline undoes all of it and leaves the session usable`() async throws {
        let database = try await PostgresFixture.emptyDatabase()
        try await database.withSession { session throws in
            try session.execute("create table t (n int8 primary key)")
            let error = #expect(throws: PostgresError.self) {
                try session.pipeline([
                    "insert into t values (1)", "insert into t values (2)", "insert into t values (1)",
                    "insert into t values (3)", "select count(*) from t where n = \(Int64(1))",
                ])
            }
            #expect(error?.isUniqueViolation == true)
            #expect(session.isOpen && !session.isInTransaction)
            #expect(try session.execute("select count(*) from t")[0].decode(0, as: Int.self) == 0)
            // Among them is a statement whose preparation the server never saw.
            #expect(try session.execute("select count(*) from t where n = \(Int64(1))")[0].decode(0, as: Int.self) == 0)
        }
    }

    @Test func `a transaction that a failed pipeline began is rolled back`() async throws {
        let database = try await PostgresFixture.emptyDatabase()
        try await database.withSession { session throws in
            try session.execute("create table t (n int8)")
            #expect(throws: PostgresError.self) {
                try session.pipeline(["begin", "insert into t values (1)", "select 1 / 0", "commit"])
            }
            #expect(!session.isInTransaction)
            try session.pipeline(["begin", "insert into t values (2)", "commit"])
            #expect(try session.execute("select count(*) from t")[0].decode(0, as: Int.self) == 1)
        }
    }

    @Test func `an error carries SQLSTATE and constraint and never the values`() async throws {
        let database = try await PostgresFixture.emptyDatabase()
        try await database.withSession { session throws in
            try session.execute("create table patient (number text constraint patient_number primary key, born date)")
            try session.execute("insert into patient values ('9991234567')")
            let violation = #expect(throws: PostgresError.self) {
                try session.execute("insert into patient values (\("9991234567"))")
            }
            #expect(violation?.sqlState == "23505")
            #expect(violation?.constraint == "patient_number")
            #expect(violation?.description.contains("9991234567") == false)
            let data = #expect(throws: PostgresError.self) { try session.execute("select \("9991234567 Smith")::date") }
            #expect(data?.sqlState == "22007" || data?.sqlState == "22008")
            #expect(data?.description.contains("Smith") == false)
        }
    }

    @Test func `a syntax error says where`() async throws {
        let database = try await PostgresFixture.emptyDatabase()
        try await database.withSession { session throws in
            let error = #expect(throws: PostgresError.self) { try session.execute("select nothing from nowhere") }
            #expect(error?.sqlState == "42P01" && error?.position == 21)
        }
    }

    @Test func `a transaction commits, or rolls back when its body throws`() async throws {
        let database = try await PostgresFixture.emptyDatabase()
        try await database.withSession { session throws in
            try session.execute("create table t (n int8)")
            try session.transaction { _ = try session.execute("insert into t values (1)") }
            #expect(throws: CancellationError.self) {
                try session.transaction {
                    try session.execute("insert into t values (2)")
                    throw CancellationError()
                }
            }
            let swallowed = #expect(throws: PostgresError.self) {
                try session.transaction { _ = try? session.execute("select 1 / 0") }
            }
            #expect(swallowed?.code == .transactionAborted)
            #expect(try session.execute("select array_agg(n) from t")[0].decode(0, as: [Int64].self) == [1])
        }
    }

    @Test func `warnings are kept until the next call`() async throws {
        let database = try await PostgresFixture.emptyDatabase()
        try await database.withSession { session throws in
            let result = try session.execute("rollback")
            #expect(session.warnings.map(\.sqlState) == ["25P01"])
            #expect(result.notices.map(\.severity) == ["WARNING"])
            #expect(!result.leavesCommitInDoubt)
            try session.execute("select 1")
            #expect(session.warnings.isEmpty)
            try session.script("do $$ begin raise warning 'odd' using errcode = '01000'; end $$")
            #expect(session.warnings.first?.leavesCommitInDoubt == true)
        }
    }

    @Test func `a passed deadline breaks the session and cancels nothing`() async throws {
        let database = try await PostgresFixture.emptyDatabase()
        let process = try await database.withSession { session throws in
            let process = session.processID
            let error = #expect(throws: PostgresError.self) {
                try session.execute("select pg_sleep(600)", within: .milliseconds(100))
            }
            #expect(error?.code == .deadlineExceeded)
            #expect(!session.isOpen)
            #expect(throws: PostgresError.self) { try session.execute("select 1") }
            return process
        }
        try await database.withSession { session throws in
            let state = try session.execute("select state, query from pg_stat_activity where pid = \(process)")
            #expect(state.count == 1)
            #expect(try state.first?.decode(0, as: String.self) == "active")
            try session.execute("select pg_terminate_backend(\(process), 10000)")
        }
    }

    @Test func `a cancelled statement fails and the session goes on`() async throws {
        let database = try await PostgresFixture.emptyDatabase()
        try await database.withSession { session throws in
            let (canceller, process) = (session.canceller, session.processID)
            try OwnThread.start(named: "cancel") {
                guard let watcher = try? PostgresSession(database.configuration()) else { return }
                // Asks until the server says that the statement runs.
                while (try? watcher.isSleeping(process)) == false {}
                canceller.cancel()
            }
            let error = #expect(throws: PostgresError.self) { try session.execute("select pg_sleep(600)") }
            #expect(error?.sqlState == "57014")
            #expect(try session.execute("select 1::int8")[0].decode(0, as: Int64.self) == 1)
            session.close()
            #expect(!canceller.cancel())
        }
    }

    @Test func `a session lost to the server says so`() async throws {
        let database = try await PostgresFixture.emptyDatabase()
        try await database.withSession { session throws in
            let other = try PostgresSession(database.configuration())
            try session.execute("select pg_terminate_backend(\(other.processID), 10000)")
            let error = #expect(throws: PostgresError.self) { try other.execute("select 1") }
            #expect(error?.isConnectionLost == true)
            #expect(error?.sqlState == "57P01")
            #expect(!other.isOpen)
        }
    }

    @Test func `a notification wakes the listener`() async throws {
        let database = try await PostgresFixture.emptyDatabase()
        try await database.withSession { listener in
            try listener.execute("listen wake")
            #expect(try listener.waitForNotification(until: .now + .milliseconds(20)) == nil)
            let other = try PostgresSession(database.configuration())
            try other.execute("select pg_notify('wake', 'RXX')")
            let notification = try listener.waitForNotification(until: .now + .seconds(20))
            #expect(notification?.channel == "wake" && notification?.payload == "RXX")
            #expect(notification?.processID == other.processID)
            #expect(listener.isOpen)
        }
    }

    @Test func `a session takes a whole script, and says in which line it fails`() async throws {
        let database = try await PostgresFixture.emptyDatabase()
        try await database.withSession { session throws in
            try session.script("create table a (n int8); insert into a values (1); select * from a;")
            let error = #expect(throws: PostgresError.self) {
                try session.script("insert into a values (2);\nselect nope;")
            }
            #expect(error?.sqlState == "42703" && error?.position == 34)
            #expect(try session.execute("select count(*) from a")[0].decode(0, as: Int.self) == 1)
        }
    }
}

extension PostgresSession {
    /// Whether another session is within pg_sleep.
    func isSleeping(_ process: Int32) throws -> Bool {
        try execute("select exists (select from pg_stat_activity where pid = \(process) and wait_event = 'PgSleep')")[0]
            .decode(0)
    }
}
