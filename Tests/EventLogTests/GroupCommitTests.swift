import EventLog
import EventSourcing
import Postgres
import Synchronization
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(2)))
struct GroupCommitTests {
    private func makeLog(_ database: TestDatabase, _ limits: GroupCommit.Limits = .init()) -> GroupCommit {
        GroupCommit(configuration: database.configuration(user: "primary_conect_ingest"), limits: limits)
    }

    @Test func `two writers on one database leave no gap and lose nothing`() async throws {
        let database = try await PostgresFixture.database()
        let writers = [makeLog(database), makeLog(database)]
        for writer in writers { writer.start() }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for caller in 0..<24 {
                let writer = writers[caller % 2]
                group.addTask {
                    for number in 0..<20 {
                        // Each message is told to both writers, at nearly the same time.
                        let receipt = try await writer.append(
                            Given.entry("\(caller / 2)-\(number)", eventCount: 1 + number % 3))
                        #expect(receipt.last.rawValue - receipt.first.rawValue == Int64(number % 3))
                    }
                }
            }
            try await group.waitForAll()
        }
        for writer in writers { await writer.stop() }
        let stored = try await database.stored()
        #expect(stored.isWhole)
        #expect(Set(stored.rows.map(\.controlID)).count == 240)
        #expect(stored.rows.count == 468)
    }

    @Test func `one batch carries several logs`() async throws {
        let database = try await PostgresFixture.database()
        let log = makeLog(database)
        let logs = ["ZX901", "ZX902", "ZX903"].compactMap(LogName.init)
        // Queued before the start, so that all of it is one batch.
        async let receipts = OpenLog(log: log, events: { _ in [] }, close: {}).appendAll(
            (0..<30).map { Given.entry("\($0)", in: logs[$0 % 3]) })
        log.start()
        #expect(try await receipts.map(\.first.rawValue).max() == 10)
        await log.stop()
        for name in logs {
            let stored = try await database.stored(name)
            #expect(stored.isWhole)
            #expect(stored.rows.count == 10)
        }
    }

    @Test func `the tree is that of the stored rows`() async throws {
        let database = try await PostgresFixture.database()
        let first = makeLog(database)
        first.start()
        for number in 0..<10 { _ = try await first.append(Given.entry("\(number)", eventCount: 1 + number % 4)) }
        await first.stop()
        // Another process goes on where the first one stopped.
        let second = makeLog(database)
        second.start()
        for number in 0..<13 { _ = try await second.append(Given.entry("b\(number)")) }
        await second.stop()
        let stored = try await database.stored()
        #expect(stored.isWhole)
        #expect(stored.rows.count == 23 + 13)
    }

    @Test func `what cannot be stored fails alone`() async throws {
        let database = try await PostgresFixture.database()
        let log = makeLog(database)
        var poison = Given.entry("poison")
        poison.events[0].payload = [0xFF]
        let entries = (0..<10).map { Given.entry("\($0)") } + [poison] + (10..<20).map { Given.entry("\($0)") }
        let answers = await withTaskGroup(of: (String, Bool).self) { group in
            for entry in entries {
                group.addTask {
                    do throws(LogUnavailable) {
                        _ = try await log.append(entry)
                        return (entry.message.controlID, true)
                    } catch {
                        #expect(error == .storageFailed(code: "22021"))
                        return (entry.message.controlID, false)
                    }
                }
            }
            log.start()
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        await log.stop()
        #expect(answers.filter { !$0.value }.map(\.key) == ["poison"])
        let stored = try await database.stored()
        #expect(stored.isWhole)
        #expect(stored.rows.count == 20)
    }

    @Test func `stop commits what is queued and refuses what comes later`() async throws {
        let database = try await PostgresFixture.database()
        let log = makeLog(database)
        log.start()
        async let receipts = OpenLog(log: log, events: { _ in [] }, close: {}).appendAll(
            (0..<50).map { Given.entry("\($0)") })
        #expect(try await receipts.count == 50)
        await log.stop()
        await #expect(throws: LogUnavailable.closing) { _ = try await log.append(Given.entry("late")) }
        await log.stop()
        #expect(try await database.stored().rows.count == 50)
    }

    @Test func `a log that never started refuses what waits when it is stopped`() async throws {
        let log = GroupCommit(configuration: PostgresConfiguration(connectionString: "host=/nowhere"))
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<5 {
                group.addTask {
                    await #expect(throws: LogUnavailable.closing) { _ = try await log.append(Given.entry("\(number)")) }
                }
            }
            await log.stop()
        }
    }

    @Test func `a full queue says so at once`() async throws {
        var limits = GroupCommit.Limits()
        limits.queueMessagesMax = 3
        let log = GroupCommit(configuration: PostgresConfiguration(connectionString: "host=/nowhere"), limits: limits)
        let overloaded = await withTaskGroup(of: LogUnavailable?.self) { group in
            for number in 0..<8 {
                group.addTask {
                    do throws(LogUnavailable) { _ = try await log.append(Given.entry("\(number)")) } catch {
                        return error
                    }
                    return nil
                }
            }
            var overloaded = 0
            for await error in group where error == .overloaded {
                overloaded += 1
                // The others wait until there is a writer, or none any more.
                if overloaded == 5 { await log.stop() }
            }
            return overloaded
        }
        #expect(overloaded == 5)
    }

    @Test func `without a server an entry waits for its deadline and is not acknowledged`() async throws {
        var limits = GroupCommit.Limits()
        limits.appendDeadline = .milliseconds(300)
        limits.retryDelay = .milliseconds(10)
        let log = GroupCommit(configuration: PostgresConfiguration(connectionString: "host=/nowhere"), limits: limits)
        log.start()
        let began = ContinuousClock.now
        await #expect(throws: LogUnavailable.storageFailed(code: "connection")) {
            _ = try await log.append(Given.entry("1"))
        }
        #expect(ContinuousClock.now - began >= .milliseconds(300))
        await log.stop()
    }

    @Test func `a commit that hangs is given up, and counts once however it ended`() async throws {
        let database = try await PostgresFixture.database()
        var limits = GroupCommit.Limits()
        limits.appendDeadline = .milliseconds(500)
        limits.commitDeadline = .milliseconds(100)
        limits.retryDelay = .milliseconds(10)
        let log = makeLog(database, limits)
        log.start()
        _ = try await log.append(Given.entry("1"))
        let pool = PostgresPool(database.configuration(), connectionsMax: 1)
        try await pool.transaction { transaction in
            try await transaction.query("select from event_log.head for update")
            await #expect(throws: LogUnavailable.storageFailed(code: "deadline")) {
                _ = try await log.append(Given.entry("2"))
            }
        }
        let again = try await log.append(Given.entry("2"))
        #expect(again.first == Position(2))
        await log.stop()
        await pool.close()
        let stored = try await database.stored()
        #expect(stored.isWhole)
        #expect(stored.rows.map(\.controlID) == ["1", "2"])
    }

    @Test func `the writer comes back when its session is ended`() async throws {
        let database = try await PostgresFixture.database()
        let log = makeLog(database)
        log.start()
        _ = try await log.append(Given.entry("1"))
        try await database.withSession { session in
            try session.execute(
                """
                select pg_terminate_backend(pid) from pg_stat_activity
                where usename = 'primary_conect_ingest' and datname = current_database()
                """
            )
        }
        let receipt = try await log.append(Given.entry("2"))
        #expect(receipt.first == Position(2))
        await log.stop()
        #expect(try await database.stored().isWhole)
    }
}
