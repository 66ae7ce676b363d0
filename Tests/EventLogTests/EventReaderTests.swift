import EventLog
import EventSourcing
import Postgres
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(2)))
struct EventReaderTests {
    /// A writer and a reader on one database.
    private struct Pair: Sendable {
        let database: TestDatabase
        let log: GroupCommit
        let pool: PostgresPool

        init() async throws {
            database = try await PostgresFixture.database()
            log = GroupCommit(configuration: database.configuration(user: "primary_conect_ingest"))
            log.start()
            pool = PostgresPool(database.configuration(user: "primary_conect_auditor"), connectionsMax: 2)
        }

        func close() async {
            await log.stop()
            await pool.close()
        }
    }

    private static let never: Duration = .seconds(3_600)

    @Test func `logs, heads and events are read in order`() async throws {
        let pair = try await Pair()
        let reader = EventReader(pool: pair.pool)
        #expect(try await reader.logs() == [])
        #expect(try await reader.head(of: Given.hospital) == .origin)
        _ = try await pair.log.append(Given.entry("1", in: Given.otherHospital))
        for number in 0..<5 { _ = try await pair.log.append(Given.entry("\(number)", eventCount: 2)) }
        #expect(try await reader.logs() == [Given.hospital, Given.otherHospital])
        #expect(try await reader.head(of: Given.hospital) == Position(10))
        let page = try await reader.events(in: Given.hospital, after: Position(3), limit: 4)
        #expect(page.map(\.position.rawValue) == [4, 5, 6, 7])
        #expect(try await reader.events(in: Given.hospital, after: Position(10), limit: 4).isEmpty)
        await pair.close()
    }

    @Test func `a stream is read alone`() async throws {
        let pair = try await Pair()
        let reader = EventReader(pool: pair.pool)
        for number in 0..<6 {
            _ = try await pair.log.append(Given.entry("\(number)", stream: "encounter:\(number % 2)"))
        }
        let events = try await reader.events(in: Given.hospital, stream: StreamName("encounter:1"))
        #expect(events.map(\.position.rawValue) == [2, 4, 6])
        let rest = try await reader.events(
            in: Given.hospital, stream: StreamName("encounter:1"), after: Position(2), limit: 1)
        #expect(rest.map(\.position.rawValue) == [4])
        #expect(try await reader.events(in: Given.otherHospital, stream: StreamName("encounter:1")).isEmpty)
        await pair.close()
    }

    @Test func `a message is found by its position, byte for byte`() async throws {
        let pair = try await Pair()
        let reader = EventReader(pool: pair.pool)
        var entry = Given.entry("1", eventCount: 2)
        entry.message.bytes = Array(0...255)
        entry.message.disposition = .quarantined
        entry.message.reason = "pid-missing"
        _ = try await pair.log.append(Given.entry("0"))
        let receipt = try await pair.log.append(entry)
        let stored = try #require(try await reader.message(in: Given.hospital, at: receipt.first))
        #expect(stored.message == entry.message)
        #expect((stored.first, stored.last) == (Position(2), Position(3)))
        #expect(stored.recordedAt == receipt.recordedAt)
        #expect(try await reader.message(in: Given.hospital, at: Position(3)) == nil)
        await pair.close()
    }

    @Test func `a subscription catches up and is woken by each commit`() async throws {
        let pair = try await Pair()
        let reader = EventReader(pool: pair.pool, pollInterval: Self.never)
        for number in 0..<1_500 / 50 { _ = try await pair.log.append(Given.entry("\(number)", eventCount: 50)) }
        var seen: [Int64] = []
        var next = 0
        for try await events in reader.subscribe(to: Given.hospital, after: Position(10)) {
            seen += events.map(\.position.rawValue)
            guard seen.last ?? 0 >= 1_500 else { continue }
            if next == 20 { break }
            next += 1
            _ = try await pair.log.append(Given.entry("new \(next)"))
        }
        #expect(seen == Array(11...1_520))
        await pair.close()
    }

    @Test func `a subscription is woken from its sleep`() async throws {
        let pair = try await Pair()
        let reader = EventReader(pool: pair.pool, pollInterval: Self.never)
        let (followed, follow) = AsyncStream.makeStream(of: Int64.self)
        let follower = Task {
            for try await events in reader.subscribe(to: Given.hospital, after: .origin) {
                for event in events { follow.yield(event.position.rawValue) }
            }
        }
        var received = followed.makeAsyncIterator()
        for number in 1...30 {
            _ = try await pair.log.append(Given.entry("\(number)"))
            #expect(await received.next() == Int64(number))
        }
        follower.cancel()
        _ = await follower.result
        await pair.close()
    }

    @Test func `a subscription survives the loss of its listening connection`() async throws {
        let pair = try await Pair()
        let reader = EventReader(pool: pair.pool, pollInterval: Self.never)
        let (followed, follow) = AsyncStream.makeStream(of: Int64.self)
        let follower = Task {
            for try await events in reader.subscribe(to: Given.hospital, after: .origin) {
                for event in events { follow.yield(event.position.rawValue) }
            }
        }
        var received = followed.makeAsyncIterator()
        for number in 1...3 {
            _ = try await pair.log.append(Given.entry("\(number)"))
            #expect(await received.next() == Int64(number))
            let ended = try await pair.database.withSession { session in
                var ended = 0
                while ended == 0 {
                    ended = try session.execute(
                        """
                        select pg_terminate_backend(pid) from pg_stat_activity
                        where datname = current_database() and query like 'listen%'
                        """
                    ).count
                }
                return ended
            }
            #expect(ended == 1)
        }
        _ = try await pair.log.append(Given.entry("4"))
        #expect(await received.next() == 4)
        follower.cancel()
        _ = await follower.result
        await pair.close()
    }

    @Test func `the slow poll finds what nobody notified`() async throws {
        let pair = try await Pair()
        let reader = EventReader(pool: pair.pool, pollInterval: .milliseconds(20))
        _ = try await pair.log.append(Given.entry("1"))
        var subscription = reader.subscribe(to: Given.hospital, after: .origin).makeAsyncIterator()
        #expect(try await subscription.next()?.count == 1)
        try await pair.database.withSession { session in
            // Not by the append function, so without a notification.
            try session.execute(
                """
                insert into event_log.event (log, position, recorded_at, stream, type, leaf_hash, salt, payload)
                select log, 2, recorded_at, stream, type, leaf_hash, salt, payload from event_log.event
                """)
        }
        #expect(try await subscription.next()?.map(\.position) == [Position(2)])
        await pair.close()
    }

    @Test func `cancelling ends a subscription without an error`() async throws {
        let pair = try await Pair()
        let reader = EventReader(pool: pair.pool, pollInterval: Self.never)
        let follower = Task {
            for try await _ in reader.subscribe(to: Given.hospital, after: .origin) {}
        }
        follower.cancel()
        try await follower.value
        await pair.close()
    }
}
